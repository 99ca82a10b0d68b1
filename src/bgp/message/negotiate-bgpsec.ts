import type { BgpsecCapability } from '../capability/cap-07-bgpsec.js';
import type { Capability } from '../capability/capability.js';
import { type OpenMessage, openCapabilities } from './open.js';

/** One of the two speakers of a session. */
export type Side = 'own' | 'peer';

/** A condition of RFC 8205 §2.2 that is not met. */
export interface UnmetCondition {
  readonly side: Side;
  /** What that side did not announce: BGPsec for the direction and family, Multiprotocol for it, 4-octet AS numbers. */
  readonly missing: 'bgpsec-send' | 'bgpsec-receive' | 'multiprotocol' | 'four-octet-as';
}

/** Whether BGPsec_PATH may be sent in one direction for one family. */
export interface BgpsecDirection {
  readonly negotiated: boolean;
  /** Empty exactly when negotiated. */
  readonly unmet: readonly UnmetCondition[];
}

/** The result for one address family. */
export interface BgpsecFamily {
  readonly send: BgpsecDirection;
  readonly receive: BgpsecDirection;
}

/** Something about the announcements that the operator should know; it changes no result. */
export interface NegotiationNote {
  readonly side: Side;
  /**
   * `capability-length`, `version-unknown`, `afi-unknown`: an instance that is ignored. `multiprotocol-missing`,
   * `four-octet-as-missing`: BGPsec announced without what RFC 8205 §2.2 demands. `extended-message-missing`: BGPsec
   * announced, but messages to this side end at 4096 octets, about 40 hops.
   */
  readonly code:
    | 'capability-length'
    | 'version-unknown'
    | 'afi-unknown'
    | 'multiprotocol-missing'
    | 'four-octet-as-missing'
    | 'extended-message-missing';
  /** Address family it is about, where it is about one. */
  readonly afi?: number;
}

/** What {@link negotiateBgpsec} finds. */
export interface BgpsecNegotiation {
  readonly ipv4: BgpsecFamily;
  readonly ipv6: BgpsecFamily;
  readonly notes: readonly NegotiationNote[];
}

/**
 * What two OPENs negotiate (RFC 8205 §2.2), as the `own` side sees it. BGPsec version 0 and AFI 1 and 2 only. A
 * session configured as BGPsec-only can be refused with NOTIFICATION 2/7 on this ground.
 */
export function negotiateBgpsec(own: OpenMessage, peer: OpenMessage): BgpsecNegotiation {
  const ours = openCapabilities(own);
  const theirs = openCapabilities(peer);
  const family = (afi: number): BgpsecFamily => ({
    send: direction(unmetConditions(ours, 'own', theirs, 'peer', afi)),
    receive: direction(unmetConditions(theirs, 'peer', ours, 'own', afi)),
  });
  return { ipv4: family(1), ipv6: family(2), notes: [...notesOn(ours, 'own'), ...notesOn(theirs, 'peer')] };
}

function direction(unmet: readonly UnmetCondition[]): BgpsecDirection {
  return { negotiated: unmet.length === 0, unmet };
}

/** What keeps `sender` from sending BGPsec_PATH to `receiver` for the family. */
function unmetConditions(
  sender: readonly Capability[],
  senderSide: Side,
  receiver: readonly Capability[],
  receiverSide: Side,
  afi: number,
): UnmetCondition[] {
  const unmet: UnmetCondition[] = [];
  // 1. The sender announced {version 0, send, AFI}.
  if (!announces(sender, 'send', afi)) unmet.push({ side: senderSide, missing: 'bgpsec-send' });
  // 2. The receiver announced {version 0, receive, AFI}.
  if (!announces(receiver, 'receive', afi)) unmet.push({ side: receiverSide, missing: 'bgpsec-receive' });
  for (const [list, side] of [
    [sender, senderSide],
    [receiver, receiverSide],
  ] as const) {
    // 3. Both announced Multiprotocol for the AFI; otherwise the BGPsec instance counts as absent.
    if (!hasMultiprotocol(list, afi)) unmet.push({ side, missing: 'multiprotocol' });
    // 4. Both announced 4-octet AS numbers (also RFC 8205 §7.1).
    if (!hasFourOctetAs(list)) unmet.push({ side, missing: 'four-octet-as' });
  }
  return unmet;
}

/** docs/decisions/bgpsec.md D-bgpsec-capability-faults: faulty instances are ignored and reported. */
function notesOn(list: readonly Capability[], side: Side): NegotiationNote[] {
  const notes: NegotiationNote[] = [];
  for (const capability of list) {
    if (capability.name === 'opaque' && capability.code === 7)
      notes.push({ side, code: 'capability-length' });
  }
  const instances = list.filter(isBgpsec);
  for (const { version, afi } of instances) {
    if (version !== 0) notes.push({ side, code: 'version-unknown', afi });
    else if (afi !== 1 && afi !== 2) notes.push({ side, code: 'afi-unknown', afi });
  }
  for (const afi of [1, 2]) {
    if (instances.some((one) => one.version === 0 && one.afi === afi) && !hasMultiprotocol(list, afi)) {
      notes.push({ side, code: 'multiprotocol-missing', afi });
    }
  }
  if (instances.length > 0) {
    if (!hasFourOctetAs(list)) notes.push({ side, code: 'four-octet-as-missing' });
    if (!list.some(({ name }) => name === 'extended-message')) {
      notes.push({ side, code: 'extended-message-missing' });
    }
  }
  return notes;
}

function isBgpsec(capability: Capability): capability is BgpsecCapability {
  return capability.name === 'bgpsec';
}

function announces(list: readonly Capability[], direction: 'send' | 'receive', afi: number): boolean {
  return list
    .filter(isBgpsec)
    .some((one) => one.version === 0 && one.direction === direction && one.afi === afi);
}

function hasMultiprotocol(list: readonly Capability[], afi: number): boolean {
  return list.some((capability) => capability.name === 'multiprotocol' && capability.afi === afi);
}

function hasFourOctetAs(list: readonly Capability[]): boolean {
  return list.some(({ name }) => name === 'four-octet-as');
}
