import { encodeBgpsecPath, pathAttribute } from 'pathsec/bgp';
import { fromHex, toHex } from 'pathsec/bytes';
import type { Session } from '../mutants/question.js';
import { hops } from './notation.js';
import {
  announced,
  type Fields,
  join,
  keyOf,
  LOCAL,
  nlriOf,
  pathOf,
  reach,
  signedAttribute,
  u32,
  update,
  withSignature,
} from './world.js';

/** Members of a question as `../facts/send.json` writes them; its notes say what they mean. */
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

interface Received {
  readonly path?: string;
  readonly prefix?: string;
  readonly suites?: readonly number[];
  readonly spoilt?: { readonly block: number; readonly signature: number };
  readonly altered?: string;
  readonly value?: string;
  readonly nlri?: string;
  readonly field?: string;
  readonly origin?: string;
  readonly with?: readonly string[];
}

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
    ...(received !== undefined && { message: updateOf(received, target) }),
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

/** An attribute of words: flags in hexadecimal, type, value in hexadecimal. */
export function attributeOf(text: string): { flags: number; type: number; value: string } {
  const [flags = '', type, value = ''] = text.split(' ');
  return { flags: Number.parseInt(flags, 16), type: Number(type), value };
}

/** The private key of an AS as a request lists it. */
function privateKey(key: number | KeyFields): Fields {
  const { asn, ...more } = typeof key === 'number' ? { asn: key } : key;
  const { scalar, ski } = keyOf(asn);
  return { asn, scalar: toHex(scalar()), ski: toHex(ski), ...more };
}

/** The good route with its changes, as the UPDATE that comes in. */
function updateOf(received: Received, target: number): string {
  const { field = '', nlri, origin = '00', path = '64499 64496', prefix, with: others = [] } = received;
  const route = announced(prefix);
  const attributes = others.map(attributeOf);
  return toHex(
    update(
      [
        reach(nlri ?? nlriOf(route), route.prefix.afi),
        pathAttribute(1, fromHex(origin)),
        ...attributes.map(({ flags, type, value }) => ({ flags, code: type, value: fromHex(value) })),
        ...(path === '' ? [] : [signedAttribute(pathValue({ ...received, path }, target))]),
      ],
      field,
    ),
  );
}

function pathValue(received: Received & { readonly path: string }, target: number): Uint8Array {
  const { altered, path, prefix, spoilt, suites, value } = received;
  if (value !== undefined) return fromHex(value);
  const good = pathOf(hops(path).reverse(), target, announced(prefix), suites);
  const sent =
    spoilt === undefined
      ? good
      : withSignature(good, spoilt.signature, (one) => ({ ...one, signature: fromHex('00') }), spoilt.block);
  const octets = encodeBgpsecPath(sent);
  return altered === undefined ? octets : withSecurePath(octets, altered);
}

/** The octets of BGPsec_PATH with another Secure_Path in front of the same signatures. */
function withSecurePath(octets: Uint8Array, text: string): Uint8Array {
  const [high = 0, low = 0] = octets;
  const segments = hops(text).map(({ pCount, flags, asn }) => join(Uint8Array.of(pCount, flags), u32(asn)));
  const length = 2 + 6 * segments.length;
  return join(Uint8Array.of(length >> 8, length), ...segments, octets.subarray((high << 8) | low));
}
