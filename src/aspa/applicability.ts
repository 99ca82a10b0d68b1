import { AFI_IPV4, AFI_IPV6, requireObject, SAFI_UNICAST, sayValue } from '../inet/index.js';

/** Where a route came from: an eBGP session, an iBGP session, or one between members of a confederation. */
export type SessionKind = 'ebgp' | 'ibgp' | 'confederation-internal';

export interface ReceivedOn {
  /** Address Family Identifier of the NLRI; an UPDATE can carry several, each has its own answer. */
  readonly afi: number;
  readonly safi: number;
  readonly session: SessionKind;
  /** Whether the local speaker is four-octet AS number capable (RFC 6793). Default true. */
  readonly fourOctetAs?: boolean;
}

/** `not-applicable` is no outcome of ASPA: it is reported beside the three. */
export type Applicability =
  | { readonly applies: true }
  | {
      readonly applies: false;
      readonly outcome: 'not-applicable';
      readonly reason: 'address-family' | 'ibgp' | 'confederation' | 'two-octet-speaker';
    };

/**
 * Whether the procedures apply to a received route: draft-28 §6.2 (IPv4 and IPv6 unicast MUST, other families MUST NOT by
 * default; iBGP and sessions inside a confederation NOT RECOMMENDED) and §5.1 (four-octet speakers only). RFC 9234 §5 sets
 * the same limits of family and confederation to the OTC procedures.
 *
 * @throws {TypeError} for a session that is none of the three kinds.
 */
export function applicability(received: ReceivedOn): Applicability {
  requireObject(received, 'what was received', '{afi, safi, session}');
  const { afi, safi, session, fourOctetAs = true } = received;
  if (session !== 'ebgp' && session !== 'ibgp' && session !== 'confederation-internal') {
    throw new TypeError(`session ${sayValue(session)} is none of ebgp, ibgp, confederation-internal`);
  }
  const family = (afi === AFI_IPV4 || afi === AFI_IPV6) && safi === SAFI_UNICAST;
  if (!family) return { applies: false, outcome: 'not-applicable', reason: 'address-family' };
  if (session === 'ibgp') return { applies: false, outcome: 'not-applicable', reason: 'ibgp' };
  if (session === 'confederation-internal') {
    return { applies: false, outcome: 'not-applicable', reason: 'confederation' };
  }
  if (!fourOctetAs) return { applies: false, outcome: 'not-applicable', reason: 'two-octet-speaker' };
  return { applies: true };
}
