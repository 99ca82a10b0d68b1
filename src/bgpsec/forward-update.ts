import { type AsPath, type PathAttribute, passedOnAttributes, type Update } from '../bgp/index.js';
import { SAFI_UNICAST } from '../inet/index.js';
import { arrivalSession } from './check-received.js';
import { propagate } from './propagate.js';
import { originOf } from './reasons.js';
import { receiveUpdate } from './receive.js';
import type { BgpsecResult } from './result.js';
import type { Peer, RouteToSend, Speaker, UnsignedWhy } from './route-to-send.js';
import type { BgpsecSession } from './session.js';
import { encodeSignedUpdate } from './signed-update.js';

/** What {@link forwardUpdate} may be told besides. */
export interface ForwardOptions {
  /** Of the message that goes out; default as received (RFC 4271 §5.1.3 says where that is allowed). */
  readonly nextHop?: Uint8Array;
  /** Path Identifier of the message that goes out (RFC 7911 §3: never the received one). */
  readonly pathId?: number;
  /** Whether the peer announced Extended Messages (RFC 8654). Default false. */
  readonly extendedMessages?: boolean;
}

/** What becomes of a received UPDATE on its way to one peer. */
export type Forwarding =
  /** The checks of RFC 8205 §5.2 do not let it pass, or (`verdict` unsigned) it announces no route. */
  | { readonly form: 'refused'; readonly result: BgpsecResult }
  /** The whole UPDATE; `no-path` for a route of the own AS to an internal peer. */
  | { readonly form: 'signed' | 'no-path'; readonly message: Uint8Array }
  /** It goes out without signatures: AS_PATH, and the other attributes. */
  | {
      readonly form: 'unsigned';
      readonly why: UnsignedWhy;
      readonly asPath: AsPath;
      readonly attributes: readonly PathAttribute[];
    };

/**
 * A received UPDATE as it goes to a peer: the checks of RFC 8205 §5.2 as in {@link receiveUpdate}, the path as in
 * {@link propagate}, the other attributes by RFC 4271 §5 as in `passedOnAttributes` of `pathsec/bgp`. Faults that cost
 * an attribute only do not stop it. Signatures are not verified: a route that is Not Valid and chosen all the same is
 * signed (§8.2).
 *
 * @param update read with `decoderOptions` of the session.
 * @throws {SigningError} as {@link propagate} and {@link encodeSignedUpdate}; {@link RangeError} for a session that makes
 * no sense.
 */
export function forwardUpdate(
  update: Update,
  session: BgpsecSession,
  speaker: Speaker,
  peer: Peer,
  options: ForwardOptions = {},
): Forwarding {
  const { route, result } = routeOf(update, arrivalSession(session, speaker));
  if (route === undefined) return { form: 'refused', result };
  const sending = propagate(route, speaker, peer);
  const attributes = passedOnAttributes(update, peer.kind);
  if (sending.form === 'unsigned') {
    return { form: 'unsigned', why: sending.why, asPath: sending.asPath, attributes };
  }
  const { announced } = route;
  const { extendedMessages = false, pathId } = options;
  const { mpReach, nextHop: plain = new Uint8Array(0) } = update.values;
  const nextHop = options.nextHop ?? mpReach?.nextHop ?? plain;
  const path = sending.form === 'signed' && { bgpsecPath: sending.bgpsecPath };
  const parts = { announced, ...path, nextHop, attributes, ...(pathId !== undefined && { pathId }) };
  return { form: sending.form, message: encodeSignedUpdate(parts, extendedMessages) };
}

/** The route that the UPDATE announces; a result where it announces none that may be passed on. */
function routeOf(
  update: Update,
  session: BgpsecSession,
):
  | { readonly route: RouteToSend; readonly result?: undefined }
  | { readonly route?: undefined; readonly result: BgpsecResult } {
  const { result, route } = receiveUpdate(update, session);
  if (route !== undefined) return { route: { announced: route.announced, bgpsecPath: route.path, session } };
  if (result.verdict !== 'unsigned' || result.prefix === undefined) return { result };
  // §4.1: one UPDATE for each prefix; the caller splits what an internal peer sent together.
  const count = update.nlri.length + (update.values.mpReach?.nlri?.length ?? 0);
  if (count > 1) {
    const reason = 'nlri-count';
    return { result: { ...result, verdict: 'treat-as-withdraw', reason, ...originOf(reason) } };
  }
  const safi = update.values.mpReach?.safi ?? SAFI_UNICAST;
  return { route: { announced: { prefix: result.prefix, safi }, asPath: result.asPath ?? [] } };
}
