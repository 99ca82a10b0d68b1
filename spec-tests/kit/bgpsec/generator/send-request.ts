import { toHex } from 'pathsec/bytes';
import type { Session } from '../mutants/question.js';
import { type Change as Received, updateOf } from './receive-update.js';
import { type Fields, keyOf, LOCAL } from './world.js';

/** Members of a question as `../facts/send.json` writes them (`../facts/README.md`). */
export interface Change {
  readonly op?: string;
  readonly nextHop?: string;
  readonly prefix?: string;
  readonly suites?: readonly number[];
  readonly aggregated?: boolean;
  readonly session?: string;
  readonly speaker?: string | Fields;
  readonly keys?: readonly (number | KeyFields)[];
  readonly peer?: Fields;
  readonly received?: Received;
}

type KeyFields = Fields & { readonly asn: number };

/** Sessions and speakers by name. */
export interface Names {
  readonly sessions: Readonly<Record<string, Session>>;
  readonly speakers: Readonly<Record<string, Fields>>;
}

/** The members of a question that a change stands for, in its order; a route is received in `session`. */
export function membersOf(change: Change, names: Names, session = change.session): Fields {
  const { keys, peer, received, session: own, speaker, ...others } = change;
  const target = session === undefined ? LOCAL : entry(names.sessions, session).localAs;
  const members: Fields = {
    ...others,
    ...(own !== undefined && { session: { ...entry(names.sessions, own) } }),
    ...(speaker !== undefined && {
      speaker: typeof speaker === 'string' ? entry(names.speakers, speaker) : speaker,
    }),
    ...(keys !== undefined && { keys: keys.map(privateKey) }),
    ...(peer !== undefined && { peer: { peerAs: 0, kind: 'external', bgpsec: true, ...peer } }),
    ...(received !== undefined && { message: toHex(updateOf(received, target)) }),
  };
  const order = Object.keys(change).map((name) => (name === 'received' ? 'message' : name));
  return Object.fromEntries(order.map((name) => [name, entry(members, name)]));
}

/** What a table has under a name. */
export function entry<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = table[name];
  if (found === undefined) throw new Error(`no such name: ${name}`);
  return found;
}

/** The private key of an AS as a request lists it. */
export function privateKey(key: number | KeyFields): Fields {
  const { asn, ...more } = typeof key === 'number' ? { asn: key } : key;
  const { scalar, ski } = keyOf(asn);
  return { asn, scalar: toHex(scalar()), ski: toHex(ski), ...more };
}
