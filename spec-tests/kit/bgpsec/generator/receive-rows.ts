import { toHex } from 'pathsec/bytes';
import type { Fields, VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import { mistakeOf } from '../../mutant.js';
import { kit, sha256 } from '../mutants/kit.js';
import { bgpsecKit } from '../mutants/mutants.js';
import { rebuild, rebuildKit } from '../mutants/rebuild-kit.js';
import { readQuestion } from '../mutants/request.js';
import { hashed, receive } from '../mutants/run.js';
import { type Change, updateOf } from './receive-update.js';
import { namedKey, publicKey, withLocalPref } from './world.js';

/** A case of `verify-update`: a change of the good UPDATE and the verdict (`facts/README.md`). */
export interface Row extends Change {
  readonly name: string;
  readonly title?: string;
  readonly sections?: readonly string[];
  readonly session?: Fields;
  readonly keys?: readonly KeyText[];
  readonly suites?: readonly number[];
  readonly options?: Fields;
  /** The whole UPDATE, where it is not made from the good one. */
  readonly message?: string;
  readonly flags?: readonly string[];
  readonly verdict?: string;
  readonly acceptable?: Readonly<Record<string, string>>;
  readonly requirements?: readonly string[];
}

/** A router key: that of an AS, those of a run of ASes, or one put together. */
export type KeyText =
  | number
  | string
  | { readonly asn: number; readonly key?: string; readonly ski?: string; readonly spki?: string };

export interface RowGroup {
  readonly title: string;
  readonly session: Fields;
  readonly keys: readonly KeyText[];
  /** What the details show of the octets to be hashed: their digests unless said otherwise. */
  readonly details?: 'octets' | 'none';
  /** What holds for each row that says nothing else. */
  readonly all?: Omit<Row, 'name'>;
  readonly rows: readonly Row[];
}

export function verifyGroup({ all, rows, ...group }: RowGroup): VectorGroup {
  const { session, title } = group;
  const keys = group.keys.flatMap(keysOf);
  return {
    title,
    shared: { op: 'verify-update', session, keys },
    cases: rows.map((row) => verifyCase({ session, keys }, { ...all, ...row }, group.details)),
  };
}

function verifyCase(shared: Shared, row: Row, details: RowGroup['details']): VectorCase {
  const { acceptable, flags = [], keys, message, name, options, requirements, sections = [], ...more } = row;
  const { session: own, suites, title = mistakeTitle(row.mistake), verdict: text = '', ...change } = more;
  const [verdict = '', reason = 'ok'] = text.split(': ');
  const session = sessionOf({ ...shared.session, ...own });
  const made = message ?? toHex(updateOf(change, Number(session.localAs)));
  const fields: Fields = {
    op: 'verify-update',
    message: withLocalPref({ session, message: made }).message ?? '',
    ...(own && { session }),
    ...(keys && { keys: keys.flatMap(keysOf) }),
    ...(suites && { suites: [...suites] }),
    ...options,
  };
  const decided = details !== 'none' && ['valid', 'not-valid'].includes(verdict);
  return {
    id: `bgpsec/${name}`,
    title,
    sections,
    flags: [...flags, ...(acceptable ? ['decision'] : []), ...(suites?.includes(0xf7) ? ['two-suites'] : [])],
    input: fields,
    expected: { verdict },
    ...(acceptable && {
      acceptable: Object.entries(acceptable).map(([other, why]) => ({ expected: { verdict: other }, why })),
    }),
    detail: { reason, ...(decided ? evidence({ ...shared, ...fields }, details === 'octets') : {}) },
    ...(requirements && { requirements }),
  };
}

interface Shared {
  readonly session: Fields;
  readonly keys: readonly Fields[];
}

/** A session without the members that are null. */
const sessionOf = (session: Fields): Fields =>
  Object.fromEntries(Object.entries(session).filter(([, value]) => value !== null));

const mistakeTitle = (mistake = ''): string =>
  `signed by an implementation that ${mistakeOf(bgpsecKit, `bgpsec-${mistake}`).text}`;

/** The router keys that a row names. */
export function keysOf(text: KeyText): readonly Fields[] {
  if (typeof text === 'number') return [publicKey(text)];
  if (typeof text === 'string') {
    const [first = 0, last = 0] = text.split('..').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => publicKey(first + i));
  }
  const { asn, key = String(asn), ski, spki } = text;
  const named = publicKey(asn, namedKey(key));
  const own = ski === undefined || ski.length === 40 ? ski : toHex(namedKey(ski).ski);
  return [{ ...named, ...(own !== undefined && { ski: own }), ...(spki !== undefined && { spki }) }];
}

/** Path and octets to be hashed, as the kit makes them. */
function evidence(request: Fields, octets: boolean): Fields {
  const question = readQuestion(request);
  const segments = receive(kit, question)?.path.segments ?? [];
  const asPath = rebuild(rebuildKit, segments);
  const blocks = hashed(kit, question);
  return {
    asPath: asPath.map(({ type, asns }) => ({ type, asns })),
    pathLength: rebuildKit.pathLength(segments, asPath),
    ...(octets && { octetsHashed: blocks.map((block) => block.octets.map((one) => one.toString('hex'))) }),
    digests: blocks.map((block) => block.octets.map((one) => sha256(one).toString('hex'))),
  };
}
