import type { TlsOptions } from 'node:tls';
import type { CacheSessionOptions, Misbehaviour } from '../rtr/index.js';
import type { AdmissionLimits } from './admission.js';
import type { SessionEvent, SessionLimits } from './rtr-session-socket.js';

/** Where and how a cache server listens. */
export interface RtrListenOptions
  extends CacheSessionOptions,
    Partial<AdmissionLimits>,
    Partial<SessionLimits> {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /**
   * TLS with these settings. `requestCert` and `rejectUnauthorized` make routers show certificates, which must name
   * the address that they connect from (iPAddress; 8210bis §9.2).
   */
  readonly tls?: TlsOptions;
  /** Connections at once, handshakes included; more are refused. Default 4,096. */
  readonly maxSessions?: number;
  /** Connections at once from one address; default: no limit of its own. */
  readonly maxSessionsPerAddress?: number;
  /** Seconds from the connection to the first query, the TLS handshake included; default 60. */
  readonly idleSeconds?: number;
  /** Seconds without reading after which a router is dropped; default: three retry intervals (8210bis §9). */
  readonly stallSeconds?: number;
  /** Seconds for a whole answer, however it is read; default: three retry intervals. */
  readonly answerSeconds?: number;
  /** Queries that may wait for their answers in one session; default 16. */
  readonly maxWaiting?: number;
  /** What happens to a connection, numbered from 1 in order of arrival. */
  readonly onEvent?: (session: number, event: RtrServerEvent) => void;
}

/** What a connection to a server reports. `address` is the router's, without port. */
export type RtrServerEvent =
  | SessionEvent
  | { readonly kind: 'connected' | 'closed'; readonly address: string }
  /** Turned away before a session began, at a limit or for a certificate that does not name the address. */
  | {
      readonly kind: 'refused';
      readonly reason: 'sessions' | 'sessions-per-address' | 'certificate-address';
      readonly address: string;
    }
  | { readonly kind: 'handshake-failed'; readonly cause: string; readonly address: string };

/** A cache server that listens. */
export interface RtrServer {
  readonly port: number;
  /** Routers connected now, handshakes under way not counted. */
  readonly sessions: number;
  /** To be called after every change of the cache's data. */
  notify(): void;
  inject(misbehaviour: Misbehaviour): void;
  /** Stops listening and ends all sessions, with Cache Restart (12) or Cache Shutdown (13) in version 2. */
  close(errorCode?: 12 | 13): Promise<void>;
}
