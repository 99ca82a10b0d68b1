import { SeededHash, type SeedOptions } from '../tables/index.js';
import type { HeldPayloads } from './client/client.js';
import { ERROR_CODE } from './pdu/error-code.js';
import {
  type AspaLayout,
  HEADER_LENGTH,
  isRtrVersion,
  MAX_PDU_LENGTH,
  type RtrVersion,
} from './pdu/format.js';
import { Framer } from './pdu/framer.js';
import { checkHeader, PDU_TYPE, type RtrHeader, readHeader } from './pdu/header.js';
import { decodeCheckedPdu, type Pdu } from './pdu/pdu.js';
import { RtrError } from './pdu/rtr-error.js';
import { type PayloadChanges, type PayloadStore, type PayloadTransaction, RTR } from './rtr-kinds.js';

/** Who sends in a session. */
export type RtrSpeaker = 'router' | 'cache';

/** What a session that was listened to shows. */
export type TranscriptEvent =
  /** A response is complete, and the payloads are those that the router then had. */
  | {
      readonly kind: 'update';
      readonly changes: PayloadChanges;
      readonly version: RtrVersion;
      readonly sessionId: number;
      readonly serial: number;
      /** Whether the whole database was sent. */
      readonly reset: boolean;
    }
  /**
   * A response that changes what was not seen: `rtr-unseen-base`; one that nobody asked for, as far as was seen:
   * `rtr-unseen-query`; octets that are missing or in no order: `rtr-unseen-octets`, or the code of the fault. What was complete
   * before stays, and is older than what the router has.
   */
  | { readonly kind: 'fault'; readonly code: string; readonly message: string };

/** How a session is listened to. */
export interface TranscriptOptions extends SeedOptions {
  /** Layout of ASPA PDUs in version 2; default `current`. Never guessed. */
  readonly aspaLayout?: AspaLayout;
  /** As `limits.maxPayloads` of a client; default 4,000,000. Beyond it the session is not followed further. */
  readonly maxPayloads?: number;
}

/** A session of RTR as somebody between its ends hears it (RFC 6810, RFC 8210, 8210bis), without I/O. */
export interface RtrTranscript {
  /** The next octets of one end, in the order in which they were heard. Never throws, whatever they are. */
  heard(speaker: RtrSpeaker, octets: Uint8Array): TranscriptEvent[];
  /** Octets of one end were not heard: the session can be followed again from its next complete database. */
  missed(speaker: RtrSpeaker): TranscriptEvent[];
  /** Whether the whole database was heard, and every change since. */
  readonly current: boolean;
  /** Whether the whole database was heard at all: {@link payloads} then are those of some moment. */
  readonly complete: boolean;
  /** Records of the last complete response, live. */
  readonly store: PayloadStore;
  /** The payloads of the last complete response; VRPs are made one at a time. */
  payloads(): HeldPayloads;
}

/** What the router asked for last. */
type Query = 'reset' | { readonly sessionId: number; readonly serial: number };

/**
 * Whether octets begin like what one end of a session sends, and which: a header that can be right (8210bis §5).
 * Undefined for anything else, and for an Error Report, which both send.
 */
export function rtrSpeakerOf(head: Uint8Array): RtrSpeaker | undefined {
  if (head.length < HEADER_LENGTH) return undefined;
  const header = readHeader(head, 0);
  if (!isRtrVersion(header.version) || header.type === PDU_TYPE.errorReport) return undefined;
  for (const aspaLayout of ['current', '8210bis-10'] as const) {
    try {
      checkHeader(header, { version: header.version, aspaLayout });
      const asks = header.type === PDU_TYPE.serialQuery || header.type === PDU_TYPE.resetQuery;
      return asks ? 'router' : 'cache';
    } catch (error) {
      if (!(error instanceof RtrError)) throw error;
    }
  }
  return undefined;
}

/** A session of which nothing was heard. It asks for nothing and answers nothing (docs/decisions/rtr.md D-rtr-transcript). */
export function createRtrTranscript(options: TranscriptOptions = {}): RtrTranscript {
  const { aspaLayout = 'current', maxPayloads = 4_000_000, seed } = options;
  let store = RTR.create(new SeededHash(seed));
  let session:
    | { readonly version: RtrVersion; readonly sessionId: number; readonly serial: number }
    | undefined;
  let current = false;
  let query: Query | undefined;
  let transaction: PayloadTransaction | undefined;
  let baseUnits = 0;
  let responseId: number | undefined; // of the Cache Response under way
  let events: TranscriptEvent[] = [];
  const lost = { router: false, cache: false };

  const fault = (code: string, message: string): void => {
    current = false;
    transaction = undefined;
    events.push({ kind: 'fault', code, message });
  };
  const begin = (header: RtrHeader, sessionId: number): void => {
    const version = header.version as RtrVersion;
    const asked = query;
    query = undefined;
    responseId = sessionId;
    transaction = undefined;
    if (asked === undefined) {
      fault('rtr-unseen-query', 'a response whose query was not heard');
      return;
    }
    const reset = asked === 'reset';
    const fits =
      reset ||
      (current &&
        session !== undefined &&
        session.version === version &&
        session.sessionId === asked.sessionId &&
        session.serial === asked.serial);
    if (!fits) {
      fault('rtr-unseen-base', 'a response with changes of data that were not heard');
      return;
    }
    const context = {
      reset,
      version,
      aspaLayout,
      zeroProvider: 'error' as const,
      maxProviders: Number.POSITIVE_INFINITY,
      hash: store.hash,
      order: undefined,
    };
    transaction = RTR.begin(store, context);
    baseUnits = reset ? 0 : RTR.units(store);
  };
  const take = (header: RtrHeader, octets: Uint8Array, start: number): void => {
    if (RTR.isPayload(header.type)) {
      if (transaction === undefined) return;
      transaction.units += RTR.unitsOfPdu(header);
      if (transaction.units + baseUnits > maxPayloads) {
        throw new RtrError(
          ERROR_CODE.internalError,
          'rtr-too-many-payloads',
          `more than ${maxPayloads} payloads`,
        );
      }
      transaction.take(header, octets, start);
      return;
    }
    const pdu: Pdu = decodeCheckedPdu(header, octets, start, { aspaLayout });
    switch (pdu.type) {
      case 'reset-query':
        query = 'reset';
        return;
      case 'serial-query':
        query = { sessionId: pdu.sessionId, serial: pdu.serial };
        return;
      case 'cache-response':
        begin(header, pdu.sessionId);
        return;
      case 'end-of-data': {
        if (transaction === undefined) return;
        const { sessionId, serial } = pdu;
        if (sessionId !== responseId) {
          fault('rtr-session-id', `session ID ${sessionId} is not the one of the response`);
          return;
        }
        const { reset } = transaction;
        const done = transaction.commit(store);
        transaction = undefined;
        store = done.store;
        session = { version: header.version as RtrVersion, sessionId, serial };
        current = true;
        events.push({ kind: 'update', changes: done.changes, reset, ...session });
        return;
      }
      case 'error-report':
        transaction = undefined;
        query = undefined;
        return;
      default:
        return; // a Serial Notify or a Cache Reset changes nothing that is held
    }
  };
  const framerOf = (speaker: RtrSpeaker): Framer =>
    new Framer({
      header(header) {
        const { version } = header;
        if (!isRtrVersion(version)) {
          throw new RtrError(ERROR_CODE.unsupportedProtocolVersion, 'rtr-version', `version ${version}`);
        }
        checkHeader(header, { version, aspaLayout }, MAX_PDU_LENGTH);
      },
      pdu: take,
      open: () => !lost[speaker],
    });
  const framers = { router: framerOf('router'), cache: framerOf('cache') };
  const end = (): TranscriptEvent[] => {
    const done = events;
    events = [];
    return done;
  };
  return {
    heard(speaker, octets) {
      if (lost[speaker]) {
        // Nothing but a new packet says where a PDU begins.
        if (rtrSpeakerOf(octets) !== speaker) return [];
        lost[speaker] = false;
      }
      try {
        framers[speaker].feed(octets);
      } catch (error) {
        if (!(error instanceof RtrError)) throw error;
        lost[speaker] = true;
        framers[speaker].clear();
        fault(error.code, error.message);
      }
      return end();
    },
    missed(speaker) {
      framers[speaker].clear();
      lost[speaker] = true;
      if (speaker === 'router') query = undefined;
      fault('rtr-unseen-octets', `octets of the ${speaker} were not heard`);
      return end();
    },
    get current() {
      return current;
    },
    get complete() {
      return session !== undefined;
    },
    get store() {
      return store;
    },
    payloads: () => RTR.payloads(store, Number.POSITIVE_INFINITY) as HeldPayloads,
  };
}
