import type { AsPath, BgpsecPath, PeerKind } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { BgpsecSession, OwnConfederation } from './session.js';
import type { SignedPrefix } from './signed-prefix.js';
import type { Signer } from './signer.js';

/** The router that sends. */
export interface Speaker {
  /** Its AS number; in a confederation the Confederation Identifier. */
  readonly asn: Asn;
  readonly confederation?: OwnConfederation;
  readonly signer: Signer;
  /**
   * Suites of the blocks of own routes, one or two, in this order (docs/decisions/bgpsec.md D-bgpsec-block-order);
   * default suite 1.
   */
  readonly originSuites?: readonly number[];
}

/** To whom it sends. */
export interface Peer {
  /** The AS that the peer announced in its OPEN: the target of the new signature. */
  readonly peerAs: Asn;
  readonly kind: PeerKind;
  /** Whether the peer may be sent BGPsec_PATH for the family (RFC 8205 §2.2). */
  readonly bgpsec: boolean;
  /** The AS announced to this peer where it is not the speaker's: the old number of a migration (RFC 8206). */
  readonly localAs?: Asn;
  /** 1..255 repetitions of the own AS; 0 from a transparent route server only. Default 1. */
  readonly pCount?: number;
  /** The speaker is a transparent route server to this peer and may use pCount 0. */
  readonly routeServer?: boolean;
}

/** What it sends: a signed route that was received, a received unsigned one, or (with neither path) one that begins here. */
export type RouteToSend = SignedRouteToSend | UnsignedRouteToSend;

/** A route received with BGPsec_PATH, and the session it came over: the checks of RFC 8205 §5.2 need both. */
export interface SignedRouteToSend {
  readonly announced: SignedPrefix;
  /** As received; for routes from internal peers as they distributed it. */
  readonly bgpsecPath: BgpsecPath;
  /**
   * Its `localAs` is the AS the newest signature was made for: the Member-AS for what comes from inside a confederation,
   * the old number of a migration. The confederation is the speaker's, whatever stands here.
   */
  readonly session: BgpsecSession;
  /** An AS_PATH that came beside it: an error (§5.2 item 4). */
  readonly asPath?: AsPath;
  /** The route would carry an AS_SET without BGPsec, as proxy aggregation makes it. */
  readonly aggregated?: boolean;
}

/** A route received without BGPsec_PATH, or one that begins here. */
export interface UnsignedRouteToSend {
  readonly announced: SignedPrefix;
  readonly bgpsecPath?: undefined;
  readonly session?: BgpsecSession | undefined;
  /** As received. Empty or absent: the route began in the own AS. */
  readonly asPath?: AsPath;
  readonly aggregated?: boolean;
}

/** What goes on the wire: one of the two path attributes, or neither (an own route to an internal BGPsec peer). */
export type Sending =
  | { readonly form: 'signed'; readonly bgpsecPath: BgpsecPath }
  | { readonly form: 'unsigned'; readonly asPath: AsPath; readonly why: UnsignedWhy }
  | { readonly form: 'no-path' };

/** Why a route goes out without signatures. */
export type UnsignedWhy = 'peer-without-bgpsec' | 'received-unsigned' | 'as-set' | 'no-supported-suite';
