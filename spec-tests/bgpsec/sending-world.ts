import { type BgpsecPath, formatAsPath } from 'pathsec/bgp';
import {
  type BgpsecSession,
  type Peer,
  type Sending,
  type SignedRouteToSend,
  SigningError,
  type Speaker,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { announced, messageOf, signer, verifierOf } from './world.js';

const ASES = [64496, 64499, 64500, 64505, 64510, 65001, 65002, 64501];
export const verifier = verifierOf(ASES);
export const speakerOf = (asn: number): Speaker => ({ asn, signer });
export const to = (peerAs: number, more: Partial<Peer> = {}): Peer => ({
  peerAs,
  kind: 'external',
  bgpsec: true,
  ...more,
});

/** A route received with `bgpsecPath`, from the AS that the path names, by a session of `localAs`. */
export function received(
  bgpsecPath: BgpsecPath,
  localAs: number,
  more: Partial<BgpsecSession> = {},
): SignedRouteToSend {
  const peerAs = bgpsecPath.segments[0]?.asn ?? 0;
  return { announced, bgpsecPath, session: { localAs, peerAs, kind: 'external', ...more } };
}

/** The same from an internal peer. */
export const inside = (bgpsecPath: BgpsecPath, localAs: number): SignedRouteToSend =>
  received(bgpsecPath, localAs, { peerAs: localAs, kind: 'internal' });

/** The Secure_Path as the design's tables write it: `65001c 64500:0c 64496`. */
export function shape(path: BgpsecPath): string {
  return path.segments
    .map(({ asn, pCount, flags }) => `${asn}${pCount === 1 ? '' : `:${pCount}`}${flags === 0x80 ? 'c' : ''}`)
    .join(' ');
}

export function signed(sending: Sending): BgpsecPath {
  if (sending.form !== 'signed') throw new Error(`${sending.form}`);
  return sending.bgpsecPath;
}

export function verdictAt(path: BgpsecPath, session: BgpsecSession): string {
  const { verdict, asPath, reason, pathLength } = verifyUpdate(messageOf(path), session, verifier);
  return `${verdict} ${asPath ? `${formatAsPath(asPath)} (${pathLength})` : reason}`;
}

/** The code of the SigningError that `body` throws. */
export function refusal(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof SigningError) return error.code;
    throw error;
  }
  return 'nothing thrown';
}
