import { setTimeout } from 'node:timers/promises';
import { AS_SEQUENCE, type AsPath } from '../../bgp/index.js';
import { VERDICT_VALUE } from '../../conformance/index.js';
import { type Afi, type Asn, formatPrefix, type Prefix, parsePrefix } from '../../inet/index.js';
import type { AspaPayload, Payloads, Vrp } from '../../payload/index.js';
import type { Lab, LabSession } from './lab.js';

/** Routes whose verdicts tell on which table a router rests. */
export interface Probes {
  /**
   * Gives the router a table and waits until its verdicts rest on it: the table is fetched as one serial; a second one, which a
   * router asks for when it has done with the first, then turns the verdicts of the probes round. A router that does not follow is
   * given the second one again, with a record more or less (docs/decisions/conformance.md D-router-waiting).
   *
   * @returns why it did not come to that; undefined where it did.
   */
  enforce(payloads: Pick<Payloads, 'vrps' | 'aspas'>): Promise<string | undefined>;
  /** How often a change was given again before the verdicts followed it: RFC 6811 §4 asks that each one is followed. */
  readonly repeated: number;
  /** Waits until the verdicts rest on the table that was given last: a router that was started again fetches it anew. */
  check(): Promise<string | undefined>;
}

/** ASes for private use that no case may have (docs/decisions/conformance.md D-router-ases). */
export const PROBE_ASES = [4_242_420_000, 4_242_420_001] as const;
export const STRANGER_AS: Asn = 4_242_420_002;
/** Prefixes for benchmarks (RFC 2544, RFC 5180), which no case uses. */
export const PROBE_PREFIXES = [parsePrefix('198.19.255.0/24'), parsePrefix('2001:2:0:ffff::/64')] as const;
/** Milliseconds between two probes; each is a question that the router answers at once. */
const BETWEEN = 100;
/** For which part of the patience a table may show no effect before it is given once more; the last time for all of it. */
const PARTS = [1 / 8, 1 / 4, 1 / 2, 1] as const;

/** Why a probe does not have the verdict that the table gives it. */
interface Wrong {
  readonly why: string;
  /** Whether it has another verdict, and nothing else is wrong. */
  readonly isLate: boolean;
}

/**
 * Probes on `session`.
 *
 * @param kinds the marks that turn with the table (`VERDICT_KIND`); those of ASPA have to be of the upstream procedure.
 */
export function createProbes(
  lab: Pick<Lab, 'announce' | 'fetched' | 'patience' | 'seen' | 'serve'>,
  session: LabSession,
  kinds: readonly number[],
  afis: readonly Afi[],
): Probes {
  /** Which of the two origins is right. */
  let turn: 0 | 1 = 0;
  let repeated = 0;
  const prefixes = PROBE_PREFIXES.filter(({ afi }) => afis.includes(afi));
  /** A table with what judges the probes; `more` are records that change no verdict. */
  const withProbes = ({ vrps, aspas }: Pick<Payloads, 'vrps' | 'aspas'>, more = false): Partial<Payloads> => {
    const origins = more ? [PROBE_ASES[turn], STRANGER_AS] : [PROBE_ASES[turn]];
    const own = origins.flatMap((asn) =>
      prefixes.map((prefix): Vrp => ({ prefix, maxLength: prefix.length, asn })),
    );
    const attested = PROBE_ASES.map(
      (customer, i): AspaPayload => ({
        customer,
        providers: [i === turn ? session.neighbor.as : STRANGER_AS],
      }),
    );
    if (more) attested.push({ customer: STRANGER_AS, providers: [session.neighbor.as] });
    return { vrps: [...vrps, ...own], aspas: [...aspas, ...attested] };
  };
  const isRight = (prefix: Prefix): boolean => {
    const marks = lab.seen.get(formatPrefix(prefix))?.marks ?? [];
    return kinds.every((kind) =>
      marks.some(([of, verdict]) => of === kind && verdict === VERDICT_VALUE.valid),
    );
  };
  /** Asks about one probe until the verdict is right; what is wrong where it does not get so in a part of the patience. */
  const ask = async (prefix: Prefix, part: number): Promise<Wrong | undefined> => {
    const { patience, seen } = lab;
    const name = formatPrefix(prefix);
    const asPath: AsPath = [{ type: AS_SEQUENCE, asns: [session.neighbor.as, PROBE_ASES[turn]] }];
    const giveUp = performance.now() + 1000 * patience.seconds * part;
    for (;;) {
      if (!(await patience.until(() => session.connection !== undefined)))
        return { why: `the session of the probe ${name} is down`, isLate: false };
      const { ups } = session;
      const [token] = await lab.announce(session, [{ prefix, asPath }]);
      const isBack = (): boolean => seen.get(name)?.token === token;
      const isLost = (): boolean => session.connection === undefined || session.ups !== ups;
      if (!(await patience.until(() => isBack() || isLost())))
        return { why: `the probe ${name} did not come back`, isLate: false };
      if (isBack() && isRight(prefix)) return undefined;
      if (performance.now() > giveUp)
        return { why: `the verdict of the probe ${name} did not follow the table`, isLate: true };
      await setTimeout(BETWEEN);
    }
  };
  const askAll = async (part: number): Promise<Wrong | undefined> => {
    for (const prefix of prefixes) {
      const wrong = await ask(prefix, part);
      if (wrong) return wrong;
    }
    return undefined;
  };
  const fetched = (payloads: Partial<Payloads>): Promise<boolean> => {
    const serial = lab.serve(payloads);
    return lab.patience.until(() => lab.fetched === serial);
  };
  return {
    get repeated() {
      return repeated;
    },
    async check() {
      return (await askAll(1))?.why;
    },
    async enforce(payloads) {
      if (!(await fetched(withProbes(payloads)))) return 'the router did not fetch the table';
      turn = turn === 0 ? 1 : 0;
      let wrong: Wrong | undefined;
      for (const [times, part] of PARTS.entries()) {
        const table = withProbes(payloads, times % 2 === 1);
        if (!(await fetched(table))) return 'the router did not fetch the change of the table';
        wrong = await askAll(part);
        if (!wrong) repeated += times;
        if (!wrong?.isLate) break;
      }
      return wrong?.why;
    },
  };
}
