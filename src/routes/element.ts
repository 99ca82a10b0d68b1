import type { AsPath, Route } from '../bgp/index.js';
import type { Asn, Prefix } from '../inet/index.js';

/** A BGP peer of the collector. Readers hand out one object per peer, so its identity may serve as a key. */
export interface Peer {
  /** 4 or 16 octets; empty where the input does not tell. */
  readonly address: Uint8Array;
  readonly asn: Asn;
}

interface ElementBase {
  /**
   * Seconds since 1970 of the record (docs/decisions/routes.md D-mrt-record-time) or line; 0 where the input does not
   * tell.
   */
  readonly time: number;
  /** Microseconds within the second, where the input has them. */
  readonly microseconds: number | undefined;
  readonly peer: Peer;
  readonly peerAs: Asn;
  /** The message was sent by the collector to the peer (the _LOCAL subtypes): there is no neighbour to verify. */
  readonly local: boolean;
}

/** A route: an entry of a RIB dump or an announcement. */
export interface RouteElement extends ElementBase, Route {
  readonly kind: 'route';
  /** Whether it is a RIB entry (bgpdump kind `B`) rather than an announcement (`A`). */
  readonly rib: boolean;
  /** Path Identifier of ADD-PATH (RFC 7911). */
  readonly pathId: number | undefined;
  /** False for a RIB entry without any path attribute, a route of the dumping router itself; `asPath` is then empty. */
  readonly hasAsPath: boolean;
  /**
   * The route came with a BGPsec_PATH: `asPath` is the one that its Secure_Path stands for (RFC 8205 §4.4). Whether the
   * signatures hold is another question. Text forms do not tell, and have false.
   */
  readonly signed: boolean;
  /** The input does not keep segment borders (text and JSON forms); `asPath` has as few segments as fit it. */
  readonly bordersLost: boolean;
}

/** A withdrawal, also one that stands for an announcement with a fault whose treatment is treat-as-withdraw. */
export interface WithdrawalElement extends ElementBase {
  readonly kind: 'withdrawal';
  readonly prefix: Prefix;
  readonly pathId: number | undefined;
}

/** A change of the collector's session state: 1 Idle .. 6 Established (RFC 4271 §8.2.2); 7 and 8 as Quagga writes them. */
export interface StateElement extends ElementBase {
  readonly kind: 'state';
  readonly oldState: number;
  readonly newState: number;
}

/** A path alone, of a plain line of text, with the role of the neighbour where the line names one. */
export interface PathElement {
  readonly kind: 'path';
  readonly asPath: AsPath;
  readonly role: string | undefined;
}

/**
 * What a reader delivers: fresh values, which may be kept. With `reuse: true` elements are reused: they, and the octets
 * of their prefix, are then valid only during the call that delivers them (`copyElement` keeps one). Equal paths and
 * peers are one object either way.
 */
export type Element = RouteElement | WithdrawalElement | StateElement | PathElement;

const copyPrefix = ({ afi, octets, length }: Prefix): Prefix => ({ afi, octets: octets.slice(), length });

/** A copy of `element` that stays valid. */
export function copyElement<E extends Element>(element: E): E {
  return 'prefix' in element ? { ...element, prefix: copyPrefix(element.prefix) } : { ...element };
}
