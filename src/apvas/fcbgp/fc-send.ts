import type { BgpRole } from '../../bgp/index.js';
import type { RouterPrivateKey, SignatureEngine } from '../../bgpsec/index.js';
import { type Asn, isAsn, type Prefix, requirePrefix, sayValue } from '../../inet/index.js';
import { FC_ECDSA_P256_SHA256, FC_FLAG, type FcPath, type FcSegment } from './attr-255-fc-path.js';
import { requireKind, requireRole } from './fc-arguments.js';
import { directionFlag } from './fc-checks.js';
import { fcOctets } from './fc-octets.js';

/** Who signs. NON-STANDARD. */
export interface FcSpeaker {
  readonly asn: Asn;
  readonly key: RouterPrivateKey;
  readonly engine: SignatureEngine;
  /** Default 1, ECDSA P-256 with SHA-256 (draft §4.1). */
  readonly algorithm?: number;
  /** A route server that stands in no AS_PATH: its segments have Flags-RS. Default false. */
  readonly routeServer?: boolean;
}

/** To whom a route goes. */
export interface FcPeer {
  readonly asn: Asn;
  readonly kind: 'external' | 'internal';
  /** The role that the peer has for the speaker (RFC 9234 §4.1). Absent: neither Flags-P2C nor Flags-P2P is set. */
  readonly role?: BgpRole;
}

/** A route to send, received or own. */
export interface FcRouteToSend {
  readonly prefix: Prefix;
  /** The AS from which it came, a route server included; 0 for an own route. */
  readonly previousAs: Asn;
  /** As received; absent where there was none. */
  readonly path?: FcPath;
  /** The speaker stands in the AS_PATH more than once. Default false. */
  readonly prepended?: boolean;
}

/** What happens to a route: sent with these segments (without any), or not sent. */
export type FcSending =
  | { readonly send: true; readonly path?: FcPath }
  | { readonly send: false; readonly reason: 'route-leak' };

const SENT_DOWN = FC_FLAG.providerToCustomer | FC_FLAG.peerToPeer;

/** The role of the speaker on a session, by that of the peer (RFC 9234 §4.2). */
const OPPOSITE: Readonly<Record<BgpRole, BgpRole>> = {
  provider: 'customer',
  customer: 'provider',
  rs: 'rs-client',
  'rs-client': 'rs',
  peer: 'peer',
};

/**
 * The segment that `speaker` makes for one neighbour AS (draft-wang-sidrops-fcbgp-protocol §4.1).
 *
 * @throws {RangeError} for an AS that cannot stand in its field, flags that are no octet, or a key that is certified for
 * other ASes; {@link TypeError} for what is no prefix.
 */
export function signFcSegment(
  { asn, key, engine, algorithm = FC_ECDSA_P256_SHA256 }: FcSpeaker,
  { previousAs, nextAs, flags }: Pick<FcSegment, 'previousAs' | 'nextAs' | 'flags'>,
  prefix: Prefix,
): FcSegment {
  requirePrefix(prefix, 'the prefix');
  for (const number of [asn, nextAs]) {
    if (!isAsn(number) || number === 0)
      throw new RangeError(`AS ${sayValue(number)} neither signs nor is signed to`);
  }
  if (!isAsn(previousAs)) throw new RangeError(`AS ${sayValue(previousAs)} is not an ASN`);
  for (const [name, value] of Object.entries({ flags, algorithm })) {
    if (!Number.isInteger(value) || value < 0 || value > 255) {
      throw new RangeError(`${name} ${sayValue(value)} is not in 0..255`);
    }
  }
  if (key.asns !== undefined && !key.asns.includes(asn)) {
    throw new RangeError(`the key is certified for AS ${key.asns.join(', ')}, not ${asn}`);
  }
  const unsigned = { previousAs, asn, nextAs, ski: key.ski, algorithm, flags };
  return { ...unsigned, signature: engine.sign(key, fcOctets(unsigned, prefix)) };
}

/**
 * What goes to `peer` of a route (draft §4.2, §4.4). Internal peers get the segments as they are; a received route without
 * any gets none. A route that was sent down or to a peer goes to customers and clients alone.
 *
 * @throws as {@link signFcSegment}, and {@link TypeError} for a kind or role that there is not.
 */
export function propagateFc(route: FcRouteToSend, speaker: FcSpeaker, peer: FcPeer): FcSending {
  requireKind(peer.kind, 'a peer');
  requireRole(peer.role);
  const { path, previousAs, prefix, prepended = false } = route;
  if (peer.kind === 'internal') return path === undefined ? { send: true } : { send: true, path };
  const own = previousAs === 0;
  if (!own && path === undefined) return { send: true };
  const direction = peer.role === undefined ? 0 : directionFlag(OPPOSITE[peer.role]);
  const upOrAcross = peer.role !== undefined && (direction & FC_FLAG.providerToCustomer) === 0;
  const sentDown = ((path?.segments[0]?.flags ?? 0) & SENT_DOWN) !== 0;
  if (upOrAcross && sentDown) return { send: false, reason: 'route-leak' };
  const flags =
    direction |
    (speaker.routeServer === true ? FC_FLAG.routeServer : 0) |
    (prepended ? FC_FLAG.asPathPrepending : 0);
  const segment = signFcSegment(speaker, { previousAs, nextAs: peer.asn, flags }, prefix);
  return { send: true, path: { segments: [segment, ...(path?.segments ?? [])] } };
}
