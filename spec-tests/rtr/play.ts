import { makePrefix } from 'pathsec/inet';
import type { Vrp } from 'pathsec/payload';
import {
  type ClientEvent,
  createRtrClient,
  encodePdu,
  type Pdu,
  type RtrClient,
  type RtrVersion,
} from 'pathsec/rtr';
import { note, nothingSeen, type Seen } from './harness.js';

export const VRP: Vrp = { prefix: makePrefix(1, Uint8Array.of(192, 0, 2, 0), 24), maxLength: 24, asn: 64496 };
export const OTHER: Vrp = {
  prefix: makePrefix(1, Uint8Array.of(198, 51, 100, 0), 24),
  maxLength: 24,
  asn: 64497,
};
export const TIMING = { refresh: 100, retry: 50, expire: 600 };
export const SKI = new Uint8Array(20).fill(1);

export const prefix = (vrp: Vrp, announce = true): Pdu => ({ type: 'ipv4-prefix', announce, vrp });
export const end = (serial: number, sessionId = 7): Pdu => ({
  type: 'end-of-data',
  sessionId,
  serial,
  timing: TIMING,
});
export const response = (sessionId = 7): Pdu => ({ type: 'cache-response', sessionId });
export const report = (errorCode: number): Pdu => ({
  type: 'error-report',
  errorCode,
  erroneousPdu: new Uint8Array(0),
  text: '',
});

/** A client played against PDUs that the test writes by hand. */
export function play(options: Parameters<typeof createRtrClient>[0] = {}): {
  client: RtrClient;
  seen: Seen;
  open(now: number): void;
  give(now: number, version: RtrVersion, ...pdus: Pdu[]): void;
  kinds(): string[];
  last<K extends ClientEvent['kind']>(kind: K): Extract<ClientEvent, { kind: K }>;
} {
  const client = createRtrClient(options);
  const seen = nothingSeen();
  return {
    client,
    seen,
    open(now) {
      note(seen, client.tick(now));
      note(seen, client.opened(now));
    },
    give(now, version, ...pdus) {
      for (const pdu of pdus) note(seen, client.received(encodePdu(pdu, version), now));
    },
    kinds: () => seen.events.map(({ kind }) => kind),
    last: <K extends ClientEvent['kind']>(kind: K) => {
      const event = seen.events.findLast((one) => one.kind === kind);
      if (!event) throw new Error(`no ${kind}`);
      return event as Extract<ClientEvent, { kind: K }>;
    },
  };
}
