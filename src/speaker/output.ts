import type {
  BgpFaultCode,
  BgpRole,
  BgpsecNegotiation,
  Family,
  Fault,
  Nlri,
  Notification,
  OpenMessage,
  PeerKind,
  SessionOptions,
  Update,
} from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { SpeakerEvent, SpeakerState } from './events.js';

/** What can be wrong with an UPDATE that is well formed but does not belong on the session. */
export type SpeakerFaultCode =
  /** Routes of a family that was not negotiated: they are passed over (RFC 4760 §8). */
  | 'family-not-negotiated'
  /** A BGPsec_PATH where receiving was not negotiated (docs/decisions/bgpsec.md D-bgpsec-not-negotiated). */
  | 'bgpsec-not-negotiated'
  /** ROUTE-REFRESH for a family that was not offered: it is ignored (RFC 2918 §4). */
  | 'route-refresh-family';

/** A fault of a message, with what was done about it. */
export type SpeakerFault = Fault<BgpFaultCode | SpeakerFaultCode>;

/** Routes of one family. */
export interface FamilyRoutes extends Family {
  readonly routes: readonly Nlri[];
}

/** What the two OPENs of a session have settled. */
export interface Negotiated {
  readonly peerAs: Asn;
  readonly peerId: number;
  readonly peerKind: PeerKind;
  readonly peerOpen: OpenMessage;
  /** Seconds; 0: neither HoldTimer nor KEEPALIVEs (RFC 4271 §4.2). */
  readonly holdTime: number;
  /** Families that both sides offered. */
  readonly families: readonly Family[];
  /** The role of the neighbour (RFC 9234 §4.2): of an external peer, where one is configured here. */
  readonly neighborRole: BgpRole | undefined;
  /** The role that the peer sent, whatever is configured here; a number that has no name as itself. */
  readonly receivedRole: BgpRole | number | undefined;
  /** How what comes is to be read. */
  readonly receiving: SessionOptions;
  /** Families in which routes may be sent with Path Identifiers (RFC 7911 §4). */
  readonly addPathSend: readonly Family[];
  /** Octets per AS number in what is sent. */
  readonly asnSize: 2 | 4;
  /** Whether the peer takes messages of 65535 octets (RFC 8654). */
  readonly extendedMessagesSend: boolean;
  readonly bgpsec: BgpsecNegotiation;
}

/** Why a session ended, or could not begin. */
export type SessionEnd =
  | { readonly code: 'stopped' | 'collision' | 'hold-timer' | 'send-hold-timer' | 'fsm-error' }
  | { readonly code: 'fault'; readonly fault: SpeakerFault }
  | {
      readonly code: 'open-refused';
      readonly reason: 'peer-as' | 'bgp-identifier' | 'role-mismatch' | 'conflicting-roles' | 'role-missing';
    }
  | { readonly code: 'notification'; readonly notification: Notification }
  | { readonly code: 'connection'; readonly cause?: string };

/** What a session wants done, and what happened in it. */
export type SpeakerOutput =
  /** Open a TCP connection to the peer; what there was of one is given up. */
  | { readonly kind: 'connect' }
  /** Send these octets, in this order. */
  | { readonly kind: 'send'; readonly octets: Uint8Array }
  /** Close the connection, or what is being opened of it: behind what was sent, or at once where the peer reads nothing. */
  | { readonly kind: 'disconnect'; readonly abort: boolean }
  | SpeakerReport;

/** What happened in a session. */
export type SpeakerReport =
  | {
      readonly kind: 'state';
      readonly state: SpeakerState;
      readonly was: SpeakerState;
      readonly event: SpeakerEvent;
      /** Where the new state is Idle, or a connection was lost. */
      readonly end?: SessionEnd;
    }
  /** The OPEN of the peer was accepted: the owner looks for collisions now (RFC 4271 §6.8). */
  | { readonly kind: 'open'; readonly negotiated: Negotiated }
  | {
      readonly kind: 'update';
      /** The whole message. */
      readonly octets: Uint8Array;
      readonly update: Update;
      /** What it announces, after RFC 7606 was acted upon. */
      readonly announced: readonly FamilyRoutes[];
      /** What it withdraws, treat-as-withdraw included. */
      readonly withdrawn: readonly FamilyRoutes[];
    }
  /** Every fault of a received message, once, with the treatment that was given to it. */
  | { readonly kind: 'fault'; readonly fault: SpeakerFault }
  | ({ readonly kind: 'end-of-rib' } & Family)
  /** 0 asks for the routes of the family, 1 and 2 enclose an answer (RFC 7313 §4). */
  | ({ readonly kind: 'route-refresh'; readonly subtype: number } & Family)
  | {
      readonly kind: 'notification-sent' | 'notification-received';
      readonly notification: Notification;
      /** The Shutdown Communication in it (RFC 9003): text of a stranger, to be escaped where it is printed. */
      readonly communication?: string;
    }
  /** After `send` refused octets: it takes some again. */
  | { readonly kind: 'writable' };

/** The address families of which the session takes signed routes. */
export function signedAfis({ bgpsec }: Pick<Negotiated, 'bgpsec'>): (1 | 2)[] {
  return [
    ...(bgpsec.ipv4.receive.negotiated ? [1 as const] : []),
    ...(bgpsec.ipv6.receive.negotiated ? [2 as const] : []),
  ];
}
