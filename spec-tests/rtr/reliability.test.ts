import fc from 'fast-check';
import { makePrefix } from 'pathsec/inet';
import type { Payloads } from 'pathsec/payload';
import {
  createRtrCache,
  createRtrClient,
  MISBEHAVIOURS,
  type Misbehaviour,
  misbehaviourNamed,
  type RtrCache,
  type RtrVersion,
  storeSize,
} from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { type Citation, requirement } from '../kit/citation.js';
import { only } from '../payload/arbitrary-payloads.js';
import { arbitraryPayloads, createPair, expectedOf, lines, note, nothingSeen, type Pair } from './harness.js';

const START: Payloads = only({
  vrps: [1, 2, 3].map((octet) => ({
    prefix: makePrefix(1, Uint8Array.of(10, octet, 0, 0), 24),
    maxLength: 24,
    asn: 64496,
  })),
  aspas: [{ customer: 64500, providers: [64501, 64502] }],
  routerKeys: [{ asn: 64496, ski: new Uint8Array(20).fill(1), spki: new Uint8Array(91).fill(2) }],
});
const MORE: Partial<Payloads> = {
  vrps: [{ prefix: makePrefix(2, new Uint8Array(16).fill(0x20), 48), maxLength: 64, asn: 64497 }],
  aspas: [{ customer: 64500, providers: [64503] }],
};

type Outcome = { readonly code: string } | 'ignored' | 'lost' | 'stalled' | 'received' | 'accepted';

/** The outcome of each misbehaviour: error code that the client reports, or what else ends the session; what that shows. */
const EXPECTED: Readonly<Record<string, readonly [Outcome, (readonly Citation[])?]>> = {
  garbage: [
    { code: 'rtr-version' },
    requirement('!8210bis:7:unknown-version-router', '8210bis:12:fatal-flush'),
  ],
  'unknown-type': [{ code: 'rtr-pdu-type' }, requirement('8210bis:12:error-5-type')],
  'wrong-version': [{ code: 'rtr-version' }, requirement('!8210bis:7:other-version-router')],
  'short-length': [{ code: 'rtr-length' }],
  'long-length': [{ code: 'rtr-length' }],
  'huge-length': [{ code: 'rtr-length' }, requirement('!8210bis:5.1:length')],
  'half-pdu': ['lost'],
  close: ['lost'],
  'foreign-notify': [{ code: 'rtr-session-id' }, requirement('!8210bis:5.1:session-mismatch-router')],
  'notify-flood': ['ignored', requirement('!8210bis:8.2:exchange')],
  'payload-outside-response': [{ code: 'rtr-out-of-place' }, requirement('!8210bis:8.1:sequence')],
  'end-outside-response': [{ code: 'rtr-out-of-place' }, requirement('!8210bis:8.1:sequence')],
  'query-from-cache': [{ code: 'rtr-out-of-place' }, requirement('!8210bis:8.1:sequence')],
  'lying-error-report': [
    { code: 'rtr-error-report' },
    requirement('!8210bis:5.8:no-answer-router', '!8210bis:5.8:broken-dropped', '8210bis:5.8:broken-logged'),
  ],
  'corrupt-data': ['received'],
  'no-data': ['ignored', requirement('!8210bis:8.4:no-data')],
  'cache-restart': ['received', requirement('8210bis:8.5:restart-logged')],
  'cache-shutdown': ['received', requirement('8210bis:8.6:shutdown-logged')],
  stall: [
    'stalled',
    requirement(
      '!8210bis:4:null-answer',
      '8210bis:9:stall',
      '8210bis:11.4:bounded-wait',
      '8210bis:12:fatal-flush-stall',
    ),
  ],
  'close-in-response': ['lost', requirement('!8210bis:11.3:at-end', '8210bis:11.3:revert')],
  'foreign-end': [
    { code: 'rtr-session-id' },
    requirement('!8210bis:5.1:session-mismatch-router', '!8210bis:5.7:same-session'),
  ],
  'extreme-timing': ['accepted'],
  'duplicate-announcement': [{ code: 'rtr-duplicate' }, requirement('8210bis:5.9:duplicate')],
  'unknown-withdrawal': [
    { code: 'rtr-unknown-withdrawal' },
    requirement('8210bis:12:error-6-unknown-record'),
  ],
  'long-prefix': [
    { code: 'rtr-prefix-length' },
    requirement('!8210bis:5.9:layout', '8210bis:12:error-0-corrupt-data'),
  ],
  'host-bits': [{ code: 'rtr-host-bits' }, requirement('!8210bis:5.9:host-bits-router')],
  'short-max-length': [{ code: 'rtr-max-length' }, requirement('!8210bis:5.1:max-length-router')],
  'wrong-order': ['accepted'],
  'empty-router-key': [{ code: 'rtr-length' }, requirement('!8210bis:5.11:layout')],
  'aspa-empty': [
    { code: 'rtr-aspa-empty' },
    requirement('!8210bis:5.12:not-empty-router', '8210bis:12:error-9-providers'),
  ],
  'aspa-zero-among-others': [
    { code: 'rtr-aspa-zero' },
    requirement('!8210bis:5.12:zero-router', '8210bis:12:error-9-providers'),
  ],
  'aspa-descending': [
    { code: 'rtr-aspa-order' },
    requirement('!8210bis:5.12:ascending', '8210bis:12:error-9-providers'),
  ],
  'aspa-provider-twice': [{ code: 'rtr-aspa-order' }, requirement('!8210bis:5.12:unique')],
  'aspa-withdrawal-with-providers': [
    { code: 'rtr-aspa-withdrawal' },
    requirement('!8210bis:5.12:withdrawal-providers'),
  ],
  'aspa-unknown-withdrawal': [{ code: 'rtr-unknown-withdrawal' }],
  'aspa-customer-zero': [{ code: 'rtr-aspa-customer' }],
  'aspa-customer-twice': [
    { code: 'rtr-duplicate' },
    requirement('!8210bis:5.12:one-per-customer', '!8210bis:5.12:complete'),
  ],
  'aspa-odd-length': [{ code: 'rtr-length' }],
  'aspa-old-layout': [
    { code: 'rtr-aspa-old-layout' },
    requirement('8210bis:12:error-9-providers', '!8210bis:5.12:old-layout'),
  ],
};

/** A session at rest, then the misbehaviour, where it belongs into a response together with a real change. */
function suffer(
  misbehaviour: Misbehaviour,
  version: RtrVersion,
  afterFatal: 'flush' | 'keep',
): { cache: RtrCache; pair: Pair; before: string[] } {
  const cache = createRtrCache({ sessionId: 3 });
  cache.replace(START);
  const pair = createPair(cache, {
    client: { highestVersion: version, afterFatal, limits: { responseSeconds: 30 } },
    server: { notifySeconds: 0 },
    chunk: 13,
  });
  pair.tick(0);
  const before = lines(pair.client.payloads());
  pair.carry(pair.session?.inject(misbehaviour) ?? [], 1);
  if (misbehaviour.where === 'response') {
    cache.change(MORE, {});
    pair.notify(2);
    pair.tick(40);
  }
  return { cache, pair, before };
}

describe('RTR client against every named misbehaviour: the last complete transaction, or what the text demands', () => {
  it('knows an outcome for each', () => {
    expect(MISBEHAVIOURS.map(({ name }) => name).sort()).toEqual(Object.keys(EXPECTED).sort());
    expect(new Set(MISBEHAVIOURS.map(({ name }) => name)).size).toBe(39);
  });

  for (const [name, [expected]] of Object.entries(EXPECTED)) {
    const misbehaviour = misbehaviourNamed(name);
    it(`${name}: ${misbehaviour.what}`, () => {
      for (const version of ([0, 1, 2] as const).filter((one) => one >= misbehaviour.since)) {
        const { cache, pair, before } = suffer(misbehaviour, version, 'keep');
        const held = lines(pair.client.payloads());
        const kinds = pair.seen.events.map(({ kind }) => kind);
        if (expected === 'ignored') {
          expect(held).toEqual(before);
          expect(pair.client.status.phase).toBe('established');
        } else if (expected === 'accepted') {
          expect(held).not.toEqual(before);
          expect(pair.client.status.session?.serial).toBe(cache.serial);
        } else {
          expect(held).toEqual(before);
          expect(pair.client.status.phase).toBe('idle');
          if (expected === 'lost') expect(kinds.at(-1)).toBe('connection-lost');
          else if (expected === 'stalled') expect(kinds.at(-1)).toBe('stalled');
          else if (expected === 'received') expect(kinds).toContain('error-received');
          else expect(pair.seen.events.at(-1)).toMatchObject({ kind: 'error-sent', code: expected.code });
        }
        // The session recovers by itself once the cache behaves.
        pair.tick(20_000);
        expect(lines(pair.client.payloads())).toEqual(expectedOf(cache, version));
        if (version === 2) {
          const strict = suffer(misbehaviour, version, 'flush');
          const after = lines(strict.pair.client.payloads());
          const demandsFlush =
            typeof expected === 'object' ||
            misbehaviour.name === 'corrupt-data' ||
            misbehaviour.name === 'cache-shutdown';
          if (demandsFlush) expect(after).toEqual([]);
          else expect(after).toEqual(held);
        }
      }
    });
  }

  it('shows wrong order as a count, and restores intervals out of range', () => {
    requirement('!8210bis:6:ranges', '!8210bis:11.4:verify-order', '!8210bis:12:error-11-order');
    const { pair } = suffer(misbehaviourNamed('wrong-order'), 2, 'flush');
    expect(pair.seen.events.at(-1)).toMatchObject({ kind: 'update', orderViolations: 1 });
    const timing = suffer(misbehaviourNamed('extreme-timing'), 1, 'flush');
    expect(timing.pair.seen.events).toContainEqual(
      expect.objectContaining({ kind: 'update', timing: { refresh: 1, retry: 7200, expire: 172_800 } }),
    );
  });
});

describe('RTR sessions against random octets', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    // Headers that are nearly right come further.
    fc
      .tuple(
        fc.constantFrom(0, 1, 2),
        fc.integer({ min: 0, max: 12 }),
        fc.nat(40),
        fc.uint8Array({ maxLength: 40 }),
      )
      .map(([version, type, length, body]) => Uint8Array.of(version, type, 0, 5, 0, 0, 0, length, ...body)),
    fc
      .tuple(fc.constantFrom(0, 1, 2), fc.constantFrom([3, 8], [8, 8], [7, 24], [4, 20], [6, 32]))
      .map(([version, [type = 0, length = 0]]) => {
        const octets = new Uint8Array(length);
        octets.set([version, type, 0, 5, 0, 0, 0, length]);
        return octets;
      }),
  );

  it('the client never throws, holds nothing but complete transactions, and keeps one PDU at most', () => {
    requirement('8210bis:11.3:at-end');
    fc.assert(
      fc.property(
        fc.array(noise, { maxLength: 12 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom<RtrVersion>(0, 1, 2),
        (parts, chunk, version) => {
          const client = createRtrClient({ highestVersion: version });
          const seen = nothingSeen();
          note(seen, client.tick(0));
          note(seen, client.opened(0));
          const octets = Buffer.concat(parts);
          let updates = 0;
          for (let at = 0; at < octets.length; at += chunk) {
            const before = lines(client.payloads());
            const outputs = client.received(octets.subarray(at, at + chunk), 1);
            note(seen, outputs);
            const changed = outputs.filter(({ kind }) => kind === 'update' || kind === 'flush').length;
            updates += changed;
            if (changed === 0) expect(lines(client.payloads())).toEqual(before);
          }
          expect(storeSize(client.store)).toBeLessThanOrEqual(updates * 12);
          expect(client.nextWake()).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('the cache never throws and goes on serving others', () => {
    const cache = createRtrCache({ sessionId: 3 });
    cache.replace(START);
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 6 }), fc.integer({ min: 1, max: 50 }), (parts, chunk) => {
        const pair = createPair(cache);
        pair.tick(0);
        const octets = Buffer.concat(parts);
        let closed = 0;
        for (let at = 0; at < octets.length; at += chunk) {
          const outputs = pair.session?.received(octets.subarray(at, at + chunk), 1) ?? [];
          closed += outputs.filter(({ kind }) => kind === 'disconnect').length;
        }
        expect(closed).toBeLessThanOrEqual(1);
        const next = createPair(cache);
        next.tick(2);
        expect(lines(next.client.payloads())).toEqual(expectedOf(cache, 2));
      }),
      { numRuns: 300 },
    );
  });

  it('a good stream in any chunks is the same as in one', () => {
    fc.assert(
      fc.property(arbitraryPayloads, fc.integer({ min: 1, max: 9 }), (payloads, chunk) => {
        const cache = createRtrCache({ sessionId: 3 });
        cache.replace(payloads);
        const whole = createPair(cache);
        const parts = createPair(cache, { chunk });
        whole.tick(0);
        parts.tick(0);
        expect(lines(parts.client.payloads())).toEqual(lines(whole.client.payloads()));
      }),
    );
  });
});
