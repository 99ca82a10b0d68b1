import type { PathAttribute } from '../bgp/index.js';
import {
  createSigner,
  encodeSignedUpdate,
  type RouteOfHops,
  type RouterPrivateKey,
  type SignatureEngine,
  SigningError,
  signHops,
  suite1,
} from '../bgpsec/index.js';
import type { Asn } from '../inet/index.js';

/** A route, who signs it, and what its UPDATE has besides. */
export interface RouteToSign extends RouteOfHops {
  readonly nextHop: Uint8Array;
  readonly attributes: readonly PathAttribute[];
}

/** For whom UPDATEs are. */
export interface SignedFor {
  readonly peerAs: Asn;
  readonly extendedMessages: boolean;
}

/**
 * The UPDATEs of routes that every AS on their way has signed, one each (RFC 8205 §4.1); undefined for one that fits into no message.
 *
 * @throws {SigningError} as `signHops`, `key-missing` where `keyOf` has none.
 */
export function signRoutes(
  routes: readonly RouteToSign[],
  { peerAs, extendedMessages }: SignedFor,
  engine: SignatureEngine,
  keyOf: (asn: Asn) => RouterPrivateKey | undefined,
): (Uint8Array | undefined)[] {
  const paths = signHops(routes, peerAs, { ...createSigner(suite1(engine), []), keyOf });
  return routes.map(({ announced, attributes, nextHop }, i) => {
    const bgpsecPath = paths[i];
    if (!bgpsecPath) return undefined;
    try {
      return encodeSignedUpdate({ announced, bgpsecPath, nextHop, attributes }, extendedMessages);
    } catch (error) {
      if (error instanceof SigningError && error.code === 'message-too-long') return undefined;
      throw error;
    }
  });
}
