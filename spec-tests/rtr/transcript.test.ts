import fc from 'fast-check';
import { concatOctets } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import {
  createCacheSession,
  createRtrCache,
  createRtrClient,
  createRtrTranscript,
  encodePdu,
  type Pdu,
  type RtrSpeaker,
  type RtrTranscript,
  type RtrVersion,
  rtrSpeakerOf,
  type TranscriptEvent,
} from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { arbitraryPayloads, lines } from './harness.js';

const vrp = (prefix: string, announce = true): Pdu => ({
  type: 'ipv4-prefix',
  announce,
  vrp: { prefix: parsePrefix(prefix), maxLength: 24, asn: 64496 },
});
const RESET: Pdu = { type: 'reset-query' };
const serial = (number: number, sessionId = 5): Pdu => ({ type: 'serial-query', sessionId, serial: number });
const response = (sessionId = 5): Pdu => ({ type: 'cache-response', sessionId });
const end = (number: number, sessionId = 5): Pdu => ({
  type: 'end-of-data',
  sessionId,
  serial: number,
  timing: { refresh: 3600, retry: 600, expire: 7200 },
});

const octets = (pdus: readonly Pdu[], version: RtrVersion = 1): Uint8Array =>
  concatOctets(pdus.map((pdu) => encodePdu(pdu, version)));
const shown = (events: readonly TranscriptEvent[]): string[] =>
  events.map((event) =>
    event.kind === 'fault'
      ? event.code
      : `v${event.version} ${event.sessionId}/${event.serial} ${event.reset}`,
  );

/** A transcript, and what is heard in it in words. */
function listening(options = {}) {
  const transcript = createRtrTranscript(options);
  const hear =
    (speaker: RtrSpeaker) =>
    (...pdus: readonly Pdu[]): string[] =>
      shown(transcript.heard(speaker, octets(pdus)));
  return { transcript, router: hear('router'), cache: hear('cache') };
}

const held = (transcript: RtrTranscript): string[] => lines(transcript.payloads());

describe('a session of RTR that is listened to', () => {
  it('has what the router has: the whole database, then its changes', () => {
    const { transcript, router, cache } = listening();
    expect([transcript.complete, transcript.current]).toEqual([false, false]);
    expect(router(RESET)).toEqual([]);
    expect(cache(response(), vrp('192.0.2.0/24'), vrp('198.51.100.0/24'))).toEqual([]);
    expect(held(transcript)).toEqual([]);
    expect(cache(end(1))).toEqual(['v1 5/1 true']);
    expect(held(transcript)).toHaveLength(2);
    expect(cache({ type: 'serial-notify', sessionId: 5, serial: 2 })).toEqual([]);
    expect(router(serial(1))).toEqual([]);
    expect(cache(response(), vrp('192.0.2.0/24', false), end(2))).toEqual(['v1 5/2 false']);
    expect(held(transcript)).toHaveLength(1);
    router(serial(2));
    cache({ type: 'cache-reset' });
    router(RESET);
    expect(cache(response(9), end(7, 9))).toEqual(['v1 9/7 true']);
    expect([held(transcript), transcript.complete, transcript.current]).toEqual([[], true, true]);
  });

  it('that began before changes what was not heard, until the whole database comes', () => {
    const { transcript, router, cache } = listening();
    expect(cache(response(), vrp('192.0.2.0/24'), end(3))).toEqual(['rtr-unseen-query']);
    router(serial(3));
    expect(cache(response(), vrp('192.0.2.0/24'), end(4))).toEqual(['rtr-unseen-base']);
    expect([held(transcript), transcript.complete]).toEqual([[], false]);
    router(RESET);
    cache(response(), vrp('192.0.2.0/24'), end(5));
    expect([held(transcript).length, transcript.current]).toEqual([1, true]);
    router(serial(4));
    expect(cache(response(), end(6))).toEqual(['rtr-unseen-base']);
    router(serial(5, 6));
    expect(cache(response(6), end(6, 6))).toEqual(['rtr-unseen-base']);
    expect([held(transcript).length, transcript.complete, transcript.current]).toEqual([1, true, false]);
  });

  it('of which octets are missing keeps what was complete, and is followed again from the next database', () => {
    const { transcript, router, cache } = listening();
    router(RESET);
    cache(response(), vrp('192.0.2.0/24'), end(1));
    router(serial(1));
    cache(response());
    expect(shown(transcript.missed('cache'))).toEqual(['rtr-unseen-octets']);
    expect(transcript.heard('cache', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9))).toEqual([]);
    expect(cache(vrp('198.51.100.0/24'), end(2))).toEqual([]);
    expect([held(transcript).length, transcript.current]).toEqual([1, false]);
    router(RESET);
    expect(cache(response(), vrp('198.51.100.0/24'), end(2))).toEqual(['v1 5/2 true']);
    expect(shown(transcript.missed('router'))).toEqual(['rtr-unseen-octets']);
    expect(cache(response(), end(3))).toEqual(['rtr-unseen-query']);
  });

  it.each<[string, Uint8Array, string]>([
    ['a version that does not exist', Uint8Array.of(9, 3, 0, 0, 0, 0, 0, 8), 'rtr-version'],
    ['a length that cannot be', Uint8Array.of(1, 4, 0, 0, 0, 0, 0, 21), 'rtr-length'],
    ['a withdrawal of what is not there', octets([vrp('203.0.113.0/24', false)]), 'rtr-unknown-withdrawal'],
    ['another session in the end', octets([end(1, 6)]), 'rtr-session-id'],
  ])('is lost by %s', (_name, wrong, code) => {
    const { transcript, router, cache } = listening();
    router(RESET);
    cache(response(), vrp('192.0.2.0/24'), end(1));
    router(serial(1));
    cache(response());
    const [event] = shown(transcript.heard('cache', wrong));
    expect(event).toBe(code);
    expect([held(transcript).length, transcript.current]).toEqual([1, false]);
  });

  it('holds no more payloads than it may', () => {
    const { transcript, router, cache } = listening({ maxPayloads: 2 });
    router(RESET);
    const many = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'].map((prefix) => vrp(prefix));
    expect(cache(response(), ...many, end(1))).toEqual(['rtr-too-many-payloads']);
    expect(transcript.complete).toBe(false);
  });

  it('ends a response by an Error Report', () => {
    const { transcript, router, cache } = listening();
    router(RESET);
    cache(response(), vrp('192.0.2.0/24'));
    cache({ type: 'error-report', errorCode: 1, erroneousPdu: new Uint8Array(0), text: 'x' });
    expect(cache(end(1))).toEqual([]);
    expect(transcript.complete).toBe(false);
  });

  it('shows the same as a client holds, whatever the cache has, in pieces of any size', () => {
    const states = fc.array(arbitraryPayloads, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        states,
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom(0, 1, 2),
        (list, chunk, version) => {
          const cache = createRtrCache({ sessionId: 7 });
          const transcript = createRtrTranscript();
          const client = createRtrClient({ highestVersion: version as RtrVersion });
          const session = createCacheSession(cache, { notifySeconds: 0 });
          const toCache: Uint8Array[] = [];
          const toRouter: Uint8Array[] = [];
          const keep = (
            into: Uint8Array[],
            outputs: readonly { kind: string; octets?: Uint8Array }[],
          ): void => {
            for (const output of outputs)
              if (output.kind === 'send' && output.octets) into.push(output.octets);
          };
          const settle = (now: number): void => {
            while (toCache.length + toRouter.length > 0) {
              const [query] = toCache.splice(0, 1);
              if (query) {
                transcript.heard('router', query);
                keep(toRouter, session.received(query, now));
              }
              const [answer = new Uint8Array(0)] = toRouter.splice(0, 1);
              for (let at = 0; at < answer.length; at += chunk) {
                const piece = answer.slice(at, at + chunk);
                const events = transcript.heard('cache', piece);
                expect(events.filter(({ kind }) => kind === 'fault')).toEqual([]);
                keep(toCache, client.received(piece, now));
              }
            }
          };
          client.tick(0);
          for (const [i, payloads] of list.entries()) {
            cache.replace(payloads);
            if (i === 0) keep(toCache, client.opened(0));
            else keep(toRouter, session.changed(100 * i));
            settle(100 * i);
            expect(held(transcript)).toEqual(lines(client.payloads()));
            expect(transcript.current).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('who sends', () => {
  it.each<[string, Uint8Array, RtrSpeaker | undefined]>([
    ['a query', octets([RESET]), 'router'],
    ['a query for changes', octets([serial(1)], 0), 'router'],
    ['a response', octets([response()]), 'cache'],
    ['an ASPA of draft 10', Uint8Array.of(2, 11, 0, 0, 0, 0, 0, 16), 'cache'],
    ['an Error Report', Uint8Array.of(1, 10, 0, 0, 0, 0, 0, 16), undefined],
    ['a version that does not exist', Uint8Array.of(3, 2, 0, 0, 0, 0, 0, 8), undefined],
    ['a length that cannot be', Uint8Array.of(1, 2, 0, 0, 0, 0, 0, 9), undefined],
    ['too little', Uint8Array.of(1, 2, 0, 0, 0, 0, 0), undefined],
  ])('%s', (_name, head, expected) => {
    expect(rtrSpeakerOf(head)).toBe(expected);
  });
});
