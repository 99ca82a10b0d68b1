import {
  BgpError,
  decodeUpdate,
  type PathAttribute,
  type PeerKind,
  passedOnAttributes,
} from '../bgp/index.js';
import {
  type BgpsecSession,
  decoderOptions,
  type Peer,
  type RouterPrivateKey,
  type RouteToSend,
  receiveUpdate,
  routerPrivateKey,
  type SignatureEngine,
  type Speaker,
  unicast,
} from '../bgpsec/index.js';
import { equalOctets, toHex } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';
import {
  isPresent,
  member,
  optional,
  type Place,
  readAsn,
  readFields,
  readFlag,
  readList,
  readNumber,
  readOctets,
  readOneOf,
  readPrefix,
  readSession,
} from '../questions/index.js';
import { isNonce, signWithNonce } from './bgpsec-nonce.js';
import { KINDS, readConfederation, readSuite, readSuites } from './bgpsec-session.js';
import { RequestError } from './request.js';
import { inField } from './request-fields.js';
import type { Request } from './vector.js';

/** One signature that was made. */
export interface Signed {
  readonly asn: Asn;
  readonly suite: number;
  readonly octets: Uint8Array;
  readonly digest: Uint8Array;
  readonly signature: Uint8Array;
}

/** Makes the engines of a speaker: they keep what was signed, and use the nonces of the request. */
export interface Recorder {
  readonly signed: readonly Signed[];
  readonly engineFor: (suite: number) => SignatureEngine;
  /** Remembers which AS a key signs for. */
  readonly register: (key: RouterPrivateKey, asn: Asn) => void;
}

/** The per-message secret number of ECDSA for the signatures of an AS and suite. */
export interface Nonce {
  readonly asn: Asn;
  readonly suite: number;
  readonly k: Uint8Array;
}

/** A {@link Recorder} over `engine`, with these nonces. */
export function recordingEngine(engine: SignatureEngine, nonces: readonly Nonce[]): Recorder {
  const owners: { readonly key: RouterPrivateKey; readonly asn: Asn }[] = [];
  const signed: Signed[] = [];
  return {
    signed,
    register: (key, asn) => void owners.push({ key, asn }),
    engineFor: (suite) => ({
      ...engine,
      sign: (key, octets) => {
        const asn = owners.find((owner) => owner.key === key)?.asn ?? 0;
        const nonce = nonces.find((one) => one.asn === asn && one.suite === suite);
        const signature = nonce
          ? inField('nonces', () => signWithNonce(key, octets, nonce.k))
          : engine.sign(key, octets);
        signed.push({ asn, suite, octets, digest: engine.digest(octets), signature });
        return signature;
      },
    }),
  };
}

/** The nonces of a request: `{ asn, suite?, k }` each; none where there is no such member. */
export function readNonces(place: Place): readonly Nonce[] {
  return optional(place, (list) => readList(list, readOwnedNonce), []);
}

function readOwnedNonce(place: Place): Nonce {
  const fields = readFields(place, ['asn', 'suite', 'k']);
  const at = (name: string): Place => member(fields, name, place.path);
  const k = readNonce(at('k'));
  return { asn: readAsn(at('asn')), suite: optional(at('suite'), readSuite, 1), k };
}

/** A per-message secret number. */
export function readNonce(place: Place): Uint8Array {
  const k = readOctets(place, 32);
  if (!isNonce(k)) throw new RequestError(place.path, 'must lie in 1..n-1');
  return k;
}

/** The router that sends: `speaker`, its private `keys` and the `suites` it supports. */
export function readSpeaker(request: Request, recorder: Recorder): Speaker {
  const place = member(request, 'speaker');
  const fields = readFields(place, ['asn', 'confederation', 'originSuites']);
  const at = (name: string): Place => member(fields, name, place.path);
  const keys = optional(member(request, 'keys'), (list) => readList(list, readPrivateKey), []);
  for (const { key, asn } of keys) recorder.register(key, asn);
  const supported = readSuites(request, recorder.engineFor(1)).keys();
  return {
    asn: readAsn(at('asn')),
    ...readConfederation(at('confederation')),
    ...(isPresent(at('originSuites')) && { originSuites: readList(at('originSuites'), readSuite) }),
    signer: {
      suites: new Map([...supported].map((suite) => [suite, recorder.engineFor(suite)])),
      keyOf: (asn, suite) => keys.find((one) => one.asn === asn && one.suite === suite)?.key,
    },
  };
}

/** A private key, and what it signs for. */
export interface PrivateKey {
  readonly asn: Asn;
  readonly suite: number;
  readonly key: RouterPrivateKey;
}

/** `{ asn, scalar, suite?, certifiedAsns? }`; `ski` may be given and must then be the key's. */
export function readPrivateKey(place: Place): PrivateKey {
  const fields = readFields(place, ['asn', 'scalar', 'ski', 'suite', 'certifiedAsns']);
  const at = (name: string): Place => member(fields, name, place.path);
  const scalar = readOctets(at('scalar'), 32);
  const asns = optional(at('certifiedAsns'), (list) => readList(list, readAsn), undefined);
  const key = inField(`${place.path}.scalar`, () => routerPrivateKey(scalar, asns));
  const ski = optional(at('ski'), (one) => readOctets(one, 20), undefined);
  if (ski !== undefined && !equalOctets(ski, key.ski)) {
    throw new RequestError(`${place.path}.ski`, `must be ${toHex(key.ski)}`);
  }
  return { asn: readAsn(at('asn')), suite: optional(at('suite'), readSuite, 1), key };
}

export const PEER_MEMBERS = [
  'peerAs',
  'kind',
  'bgpsec',
  'localAs',
  'pCount',
  'routeServer',
  'extendedMessages',
] as const;

/** To whom: `{ peerAs, kind, bgpsec, localAs?, pCount?, routeServer? }`. */
export function readPeer(place: Place): Peer {
  const fields = readFields(place, PEER_MEMBERS);
  const at = (name: string): Place => member(fields, name, place.path);
  return {
    peerAs: readNumber(at('peerAs')),
    kind: readOneOf(at('kind'), KINDS),
    bgpsec: readFlag(at('bgpsec')),
    pCount: optional(at('pCount'), (one) => readNumber(one, 0, 0xffff), 1),
    routeServer: optional(at('routeServer'), readFlag, false),
    ...(isPresent(at('localAs')) && { localAs: readAsn(at('localAs')) }),
  };
}

/** A route to send, with the other attributes of the message it came in. */
export interface ReceivedRoute {
  readonly route: RouteToSend;
  /** Absent for a route that begins here. */
  readonly attributes?: readonly PathAttribute[];
}

/** The route: received in `message` over `session` and to be sent to a peer of kind `to`, or beginning here with `prefix`. */
export function readReceivedRoute(
  request: Request,
  to: PeerKind,
): ReceivedRoute | { readonly refused: string } {
  const aggregated = optional(member(request, 'aggregated'), readFlag, false);
  if (request.op === 'originate') {
    return { route: { announced: unicast(readPrefix(member(request, 'prefix'))), aggregated } };
  }
  const session = readSession(member(request, 'session'));
  const octets = readOctets(member(request, 'message'));
  const found = received(octets, session, to);
  return 'refused' in found ? found : { ...found, route: { ...found.route, aggregated } };
}

function received(
  octets: Uint8Array,
  session: BgpsecSession,
  to: PeerKind,
): ReceivedRoute | { readonly refused: string } {
  try {
    const update = decodeUpdate(octets, decoderOptions(session));
    const attributes = passedOnAttributes(update, to);
    const { result, route } = receiveUpdate(update, session);
    if (route !== undefined) {
      return { route: { announced: route.announced, bgpsecPath: route.path, session }, attributes };
    }
    if (result.verdict !== 'unsigned') return { refused: result.reason };
    if (result.prefix === undefined) throw new RequestError('message', 'must announce a prefix');
    return { route: { announced: unicast(result.prefix), asPath: update.asPath ?? [] }, attributes };
  } catch (error) {
    if (error instanceof BgpError) return { refused: error.code };
    return inField('message', () => {
      throw error;
    });
  }
}
