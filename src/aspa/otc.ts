import { type Asn, requireAsn } from '../inet/index.js';
import { requireNeighborRole } from './procedure-choice.js';
import type { NeighborRole } from './terms.js';

/** What the ingress procedure makes of a route. `otc` is the attribute value the route has afterwards. */
export type OtcIngress =
  | { readonly action: 'ineligible'; readonly reason: 'route-leak'; readonly otc: Asn }
  | { readonly action: 'keep'; readonly otc: Asn | undefined }
  | { readonly action: 'add'; readonly otc: Asn }
  | { readonly action: 'not-run'; readonly otc: Asn | undefined };

/**
 * OTC ingress procedure (RFC 9234 §5) for an IPv4 or IPv6 unicast route from outside the confederation: `applicability`
 * is the gate of both. Reported beside the ASPA verdict, never merged into it (draft-28 §8.4). Without a role (complex
 * neighbour) it does not run.
 *
 * @param otc value of the OTC attribute (type 35), undefined where the route has none.
 * @throws {TypeError} for what is no role or no number; {@link RangeError} for a number that is no ASN.
 */
export function otcIngress(neighborRole: NeighborRole, neighborAs: Asn, otc: Asn | undefined): OtcIngress {
  requireNeighborRole(neighborRole);
  requireAsn(neighborAs, 'neighborAs');
  if (otc !== undefined) requireAsn(otc, 'otc');
  if (neighborRole === 'complex') return { action: 'not-run', otc };
  if (otc !== undefined) {
    // Step 1: an OTC route from a customer or RS-client.
    const fromBelow = neighborRole === 'customer' || neighborRole === 'rs-client';
    // Step 2: from a peer, marked by another AS than the peer.
    const fromPeer = neighborRole === 'peer' && otc !== neighborAs;
    return fromBelow || fromPeer
      ? { action: 'ineligible', reason: 'route-leak', otc }
      : { action: 'keep', otc };
  }
  // Step 3: mark a route from a provider, peer or route server.
  return neighborRole === 'customer' || neighborRole === 'rs-client'
    ? { action: 'keep', otc }
    : { action: 'add', otc: neighborAs };
}

/** What the egress procedure makes of a route towards one neighbour. */
export type OtcEgress =
  | { readonly action: 'do-not-advertise'; readonly reason: 'route-leak' }
  | { readonly action: 'advertise'; readonly otc: Asn | undefined }
  | { readonly action: 'add'; readonly otc: Asn }
  | { readonly action: 'not-run'; readonly otc: Asn | undefined };

/**
 * OTC egress procedure (RFC 9234 §5) towards a neighbour of the given role; `applicability` is its gate, too. It does not
 * keep what came from RS-clients from going up (docs/decisions/aspa.md D-otc-rs-client-routes).
 *
 * @param localAs the ASN presented on that session; the confederation identifier on egress from a confederation.
 * @throws as {@link otcIngress}.
 */
export function otcEgress(neighborRole: NeighborRole, localAs: Asn, otc: Asn | undefined): OtcEgress {
  requireNeighborRole(neighborRole);
  requireAsn(localAs, 'localAs');
  if (otc !== undefined) requireAsn(otc, 'otc');
  switch (neighborRole) {
    case 'complex':
      return { action: 'not-run', otc };
    case 'customer':
    case 'rs-client':
      // Step 1. Once set, the value never changes.
      return otc === undefined ? { action: 'add', otc: localAs } : { action: 'advertise', otc };
    case 'peer':
      // Steps 2 and 1.
      return otc === undefined
        ? { action: 'add', otc: localAs }
        : { action: 'do-not-advertise', reason: 'route-leak' };
    case 'provider':
    case 'rs':
      // Step 2.
      return otc === undefined
        ? { action: 'advertise', otc }
        : { action: 'do-not-advertise', reason: 'route-leak' };
  }
}
