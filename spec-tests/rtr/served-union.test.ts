import fc from 'fast-check';
import { createPayloadSet, type Payloads } from 'pathsec/payload';
import { createRtrCache, packPayloads, type RtrClient } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { createServedUnion } from '../../src/cli/shared/served-union.js';
import { arbitraryPayloads, createPair, expectedOf } from './harness.js';

const providers = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 10);
const aspa = (count: number): Partial<Payloads> => ({
  aspas: [{ customer: 1, providers: providers(count) }],
});

/** Two caches that are followed, and a cache that serves their union with a file. */
function world() {
  const upstream = [1, 2].map((sessionId) => createRtrCache({ sessionId }));
  const options = {
    server: { notifySeconds: 0 },
    client: { limits: { maxProviders: Number.POSITIVE_INFINITY } },
  };
  const pairs = upstream.map((cache) => createPair(cache, options));
  const cache = createRtrCache({ sessionId: 9 });
  const told: number[] = [];
  const served = createServedUnion(cache, 0, ({ customer }) => told.push(customer));
  const file: { payloads: Payloads } = { payloads: createPayloadSet() };
  served.addFile(file);
  for (const { client } of pairs) served.add(client);
  const filled = new Set<RtrClient>();
  const held = (): Payloads[] => [file.payloads, ...[...filled].map((client) => client.payloads())];
  const read = [0, 0];
  let followed = 0;
  return {
    cache,
    told,
    file,
    fill: () => served.fill(held(), undefined),
    get followed() {
      return followed;
    },
    /** An upstream cache has other data, and its client hears of it. */
    move(which: 0 | 1, payloads: Partial<Payloads>, now: number) {
      upstream[which]?.replace(payloads);
      const pair = pairs[which];
      if (!pair) throw new Error('two pairs');
      if (pair.session && pair.client.status.session) pair.notify(now);
      else pair.tick(now * 1000);
      for (const event of pair.seen.events.slice(read[which])) {
        if (event.kind !== 'update') continue;
        const had = filled.has(pair.client);
        filled.add(pair.client);
        const count = had ? served.follow(pair.client, event.changes) : undefined;
        if (count === undefined) served.fill(held(), undefined);
        else followed++;
      }
      read[which] = pair.seen.events.length;
    },
    /** What a cache that is filled with everything at once serves. */
    atOnce() {
      const fresh = createRtrCache({ sessionId: 9 });
      createServedUnion(fresh, 0, () => {}).fill(held(), undefined);
      return fresh;
    },
  };
}

describe('a cache that serves the union of others', () => {
  it('has after each change what it would have if it were filled at once', () => {
    let followed = 0;
    fc.assert(
      fc.property(
        arbitraryPayloads,
        fc.array(fc.tuple(fc.constantFrom(0, 1, 2), arbitraryPayloads), { minLength: 1, maxLength: 8 }),
        (inFile, history) => {
          const one = world();
          one.file.payloads = createPayloadSet(inFile);
          for (const [now, [which, payloads]] of history.entries()) {
            if (which === 2) {
              one.file.payloads = createPayloadSet(payloads);
              one.fill();
            } else one.move(which as 0 | 1, payloads, now);
            expect(expectedOf(one.cache, 2)).toEqual(expectedOf(one.atOnce(), 2));
          }
          followed += one.followed;
        },
      ),
      { numRuns: 100 },
    );
    expect(followed).toBeGreaterThan(50);
  });

  it('tells a customer above the limit once, and again when it was below it meanwhile', () => {
    const one = world();
    one.move(0, {}, 0);
    one.move(1, {}, 0);
    for (const [now, count] of [10_001, 10_002, 3, 10_001].entries()) one.move(0, aspa(count), now + 1);
    expect(one.told).toEqual([1, 1]);
    expect(one.cache.store.aspas.size).toBe(0);
    one.move(0, {}, 7);
    one.move(0, aspa(10_001), 8);
    expect(one.told).toEqual([1, 1, 1]);
    one.move(0, aspa(3), 9);
    expect(one.cache.store.aspas.size).toBe(1);
    expect(one.followed).toBe(7);
  });

  it('is filled again after a filling that failed', () => {
    const one = world();
    one.move(0, aspa(3), 0);
    const spki = new Uint8Array(65_536);
    one.file.payloads = createPayloadSet({ routerKeys: [{ asn: 1, ski: new Uint8Array(20), spki }] });
    expect(() => one.fill()).toThrow(RangeError);
    expect(() => packPayloads(one.file.payloads)).toThrow(RangeError);
    one.file.payloads = createPayloadSet({ aspas: [{ customer: 2, providers: [3] }] });
    one.move(0, aspa(4), 1);
    expect(one.followed).toBe(0);
    expect(expectedOf(one.cache, 2)).toEqual(expectedOf(one.atOnce(), 2));
  });
});
