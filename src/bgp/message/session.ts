import type { AsnSize } from '../attribute/attr-02-as-path.js';
import type { Family } from '../capability/cap-01-multiprotocol.js';
import { type OpenMessage, openCapabilities } from './open.js';

/** Where the peer is: outside the own confederation, in another Member-AS of it, or in the own (Member-)AS. */
export type PeerKind = 'external' | 'confed-external' | 'internal';

/** What the reading of a received message depends on. Every member may be absent: captures often lack the OPENs. */
export interface SessionOptions {
  /** Octets per AS number in AS_PATH and AGGREGATOR (RFC 6793 §4.1). Default 4. */
  readonly asnSize?: AsnSize;
  /** Families whose routes come with Path Identifiers (RFC 7911 §5). Default none. */
  readonly addPath?: readonly Family[];
  /** Whether this side announced Extended Message, so that it accepts 65535 octets (RFC 8654 §4). Default true. */
  readonly extendedMessages?: boolean;
  /** Absent: no rule that depends on it is applied. */
  readonly peer?: PeerKind;
  /** Whether BGPsec is received from the peer: internal ones then send own routes without AS_PATH (RFC 8205 §4.1). */
  readonly bgpsecReceived?: boolean;
  /**
   * Read attribute 30 as BGPsec_PATH where there is no 33 (docs/decisions/bgpsec.md D-bgpsec-type-30). Default false.
   */
  readonly printedBgpsecType?: boolean;
  /**
   * What an MP attribute costs whose routes cannot be found (RFC 7606 §3 j, §7.11). Default session-reset
   * (docs/decisions/bgp.md D-mp-fault).
   */
  readonly mpFault?: 'session-reset' | 'afi-safi-disable';
}

/**
 * What the two OPENs of a session say about the messages that the `own` side receives.
 * RFC 4271 §4.2, RFC 5492 §3.
 */
export function sessionOfOpens(
  own: OpenMessage,
  peer: OpenMessage,
): Required<Pick<SessionOptions, 'asnSize' | 'addPath' | 'extendedMessages'>> {
  const mine = openCapabilities(own);
  const theirs = openCapabilities(peer);
  const fourOctets = [mine, theirs].every((list) => list.some(({ name }) => name === 'four-octet-as'));
  const tuples = (list: typeof mine) =>
    list.flatMap((capability) => (capability.name === 'add-path' ? capability.families : []));
  return {
    asnSize: fourOctets ? 4 : 2,
    addPath: tuples(mine)
      .filter(({ mode }) => mode !== 'send')
      .filter(({ afi, safi }) =>
        tuples(theirs).some((other) => other.afi === afi && other.safi === safi && other.mode !== 'receive'),
      )
      .map(({ afi, safi }) => ({ afi, safi })),
    extendedMessages: mine.some(({ name }) => name === 'extended-message'),
  };
}

/** Whether routes of the family carry Path Identifiers on the session. */
export function usesAddPath(session: SessionOptions, afi: number, safi: number): boolean {
  return session.addPath?.some((family) => family.afi === afi && family.safi === safi) ?? false;
}
