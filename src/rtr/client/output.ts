import type { RtrVersion } from '../pdu/format.js';
import type { Timing } from '../pdu/timing.js';
import type { PayloadChanges } from '../rtr-kinds.js';

/** What the owner of the transport has to do, in the order given. */
export type ClientCommand =
  | { readonly kind: 'connect' }
  | { readonly kind: 'send'; readonly octets: Uint8Array }
  /** Close the transport once everything is sent. `closed` need not be reported back. */
  | { readonly kind: 'disconnect' };

/** What the owner of the payloads may want to know. */
export type ClientEvent =
  /** Cache and client agreed on a version (8210bis §7). */
  | { readonly kind: 'version'; readonly version: RtrVersion }
  /** A response is complete and applied; `changes` may be empty. */
  | {
      readonly kind: 'update';
      readonly changes: PayloadChanges;
      readonly version: RtrVersion;
      readonly sessionId: number;
      readonly serial: number;
      /** Whether the whole database was sent. */
      readonly reset: boolean;
      readonly timing: Timing;
      /** PDUs out of the order of 8210bis §11.2; always 0 in versions 0 and 1, which have none. */
      readonly orderViolations: number;
    }
  /** All data of the cache is gone; `changes` is empty where they were complete but without a record. */
  | { readonly kind: 'flush'; readonly changes: PayloadChanges; readonly reason: 'fatal-error' | 'expired' }
  | {
      readonly kind: 'error-sent' | 'error-received';
      readonly errorCode: number;
      /** The stable code of the fault that was found, or of the kind of report that came. */
      readonly code: string;
      readonly text: string;
    }
  /** The cache cannot tell the changes; the whole database is asked for. */
  | { readonly kind: 'cache-reset' }
  /** No complete answer within the bound; the connection is given up, the data kept. */
  | { readonly kind: 'stalled' }
  /** No version was agreed on; the next attempt comes after the retry interval, save for one in version 1. */
  | { readonly kind: 'no-common-version' }
  /** The transport ended or could not be opened; `cause` is what its owner knows of it. */
  | { readonly kind: 'connection-lost'; readonly cause?: string };

/** What a client session answers to octets, ticks and the fate of its transport. */
export type ClientOutput = ClientCommand | ClientEvent;
