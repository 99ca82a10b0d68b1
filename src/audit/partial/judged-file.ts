import type { AspaTable } from '../../aspa/index.js';
import type { AspaPayload, Vrp } from '../../payload/index.js';
import type { RovTable } from '../../rov/index.js';
import type { InvalidPair } from '../invalid-origins.js';
import type { AuditOptions, InputFacts, TimedAuditOptions } from '../options.js';
import type { AuditPart } from '../part.js';
import type { PayloadContents, PayloadTimeline } from '../timeline.js';

/**
 * What came of one input, and what of the payloads its report needs: enough to make the report of many files without
 * payloads and without the files.
 */
export interface JudgedFile {
  /** As it was named. */
  readonly name: string;
  /** SHA-256 of the octets of the file as they are stored, hexadecimal; null where it could not be opened. */
  readonly sha256: string | null;
  readonly facts: Required<InputFacts>;
  readonly part: AuditPart;
  /** Of payloads of many times: what judged each of the sets of the part, in their order. `aspas` and `vrps` are then empty. */
  readonly sets?: readonly JudgedSet[];
  /** Of the attested customers, those on paths of this file, ascending; an AS0 ASPA has the provider 0. */
  readonly aspas: readonly AspaPayload[];
  /** The VRPs that cover its invalid origins. */
  readonly vrps: readonly Vrp[];
}

/** The payloads of a time, and those of them that the report of a file needs. */
export interface JudgedSet extends Pick<JudgedFile, 'aspas' | 'vrps'> {
  /** Seconds since 1970 UTC. */
  readonly time: number;
  readonly contents: PayloadContents;
}

/** A judged input with what its report needs of the payloads that it was judged by. */
export function judgedFileOf(
  { name, sha256, facts, part }: Pick<JudgedFile, 'name' | 'sha256' | 'facts' | 'part'>,
  options: AuditOptions | TimedAuditOptions,
): JudgedFile {
  const evidence =
    'timeline' in options
      ? timedEvidenceOf(part, options.timeline)
      : evidenceOf(part, options.aspa, options.rov);
  return { name, facts, part, sha256, ...evidence };
}

/** As {@link evidenceOf}, of payloads of many times. */
export function timedEvidenceOf(
  part: AuditPart,
  timeline: PayloadTimeline,
): Pick<JudgedFile, 'aspas' | 'vrps'> & Required<Pick<JudgedFile, 'sets'>> {
  const origins = new Map<number | undefined, InvalidPair[]>();
  for (const pair of part.invalidOrigins) {
    const pairs = origins.get(pair.set);
    if (pairs) pairs.push(pair);
    else origins.set(pair.set, [pair]);
  }
  const sets = (part.sets ?? []).map((set) => {
    const { time } = set;
    const judged = { ...set, invalidOrigins: origins.get(time) ?? [] };
    const evidence = evidenceOf(judged, timeline.aspa(time), timeline.rov(time));
    return { time, contents: timeline.contents(time), ...evidence };
  });
  return { sets, aspas: [], vrps: [] };
}

/** What the report of a part needs of the payloads that it was judged by. */
export function evidenceOf(
  part: Pick<AuditPart, 'asns' | 'mixed' | 'invalidOrigins'>,
  aspa: AspaTable,
  rov: RovTable,
): Pick<JudgedFile, 'aspas' | 'vrps'> {
  const customers = new Set<number>();
  const note = (asn: number): void => {
    if (aspa.has(asn)) customers.add(asn);
  };
  const { asns: all } = part;
  for (let i = 0; i < all.length; i++) {
    const asn = all[i] as number;
    if (i === 0 || asn !== all[i - 1]) note(asn);
  }
  for (const { asPath } of part.mixed) for (const { asns } of asPath) for (const asn of asns) note(asn);
  const aspas = [...customers]
    .sort((a, b) => a - b)
    .map((customer) => {
      const providers = aspa.providers(customer) ?? [];
      return { customer, providers: providers.length === 0 ? [0] : providers };
    });
  const vrps = part.invalidOrigins.flatMap(({ prefix }) =>
    rov
      .covering(prefix)
      .map(({ prefix: covering, maxLength, asn }) => ({ prefix: covering, maxLength, asn })),
  );
  return { aspas, vrps: [...new Map(vrps.map((vrp) => [keyOfVrp(vrp), vrp])).values()] };
}

const keyOfVrp = ({ prefix, maxLength, asn }: Vrp): string =>
  `${prefix.octets.join('.')}/${prefix.length}-${maxLength} ${asn}`;

/** What tells files apart: their content, or the name where there is none. */
export function fileKey({ sha256, name }: Pick<JudgedFile, 'sha256' | 'name'>): string {
  return sha256 ?? `name ${name}`;
}
