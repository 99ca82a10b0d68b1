import fc from 'fast-check';
import { createPayloadSet } from 'pathsec/payload';
import { applyPayloadChanges, createCacheUnion, createRtrCache } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryPayloads, createPair, lines } from './harness.js';

describe('several caches (8210bis §4, §10)', () => {
  requirement('8210bis:4:effective');
  it('a record counts from the first cache that has it to the last; 0 yields to other providers', () => {
    requirement('!8210bis:10:right-data', '8210bis:10:retain', '8210bis:10:as-zero');
    const caches = [createRtrCache({ sessionId: 1 }), createRtrCache({ sessionId: 2 })];
    const [first, second] = caches.map((cache) => createPair(cache, { server: { notifySeconds: 0 } }));
    if (!first || !second) throw new Error('two pairs');
    const union = createCacheUnion();
    union.add(first.client);
    union.add(second.client);
    const aspas = (providers: number[]) => ({
      vrps: [],
      routerKeys: [],
      aspas: [{ customer: 9, providers }],
    });
    caches[0]?.replace(aspas([0]));
    caches[1]?.replace(aspas([5]));
    const net: unknown[] = [];
    const merge = (pair: typeof first): void => {
      const event = pair.seen.events.at(-1);
      if (event?.kind === 'update') net.push(union.merge(pair.client, event.changes).aspas);
    };
    first.tick(0);
    merge(first);
    second.tick(0);
    merge(second);
    caches[1]?.replace({ vrps: [], routerKeys: [], aspas: [] });
    second.notify(1);
    merge(second);
    expect(net).toMatchObject([
      [{ after: { providers: [0] } }],
      [{ before: { providers: [0] }, after: { providers: [5] } }],
      [{ before: { providers: [5] }, after: { providers: [0] } }],
    ]);
    const stranger = createPair(createRtrCache({ sessionId: 3 }));
    const event = first.seen.events.at(-1);
    if (event?.kind !== 'update') throw new Error('an update');
    expect(() => union.merge(stranger.client, event.changes)).toThrowError(RangeError);
  });

  it('net changes lead to the union of all caches after every random history', () => {
    requirement('8210bis:10:marked', '8210bis:10:no-distinction');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2), arbitraryPayloads), { minLength: 1, maxLength: 10 }),
        (history) => {
          const caches = [1, 2, 3].map((sessionId) => createRtrCache({ sessionId }));
          const pairs = caches.map((cache) => createPair(cache, { server: { notifySeconds: 0 } }));
          const union = createCacheUnion();
          for (const { client } of pairs) union.add(client);
          const followed = createPayloadSet();
          const read = [0, 0, 0];
          for (const [now, [which, payloads]] of history.entries()) {
            caches[which]?.replace(payloads);
            const pair = pairs[which];
            if (!pair) throw new Error('three pairs');
            if (pair.session && pair.client.status.session) pair.notify(now);
            else pair.tick(now * 1000);
            for (const event of pair.seen.events.slice(read[which])) {
              if (event.kind === 'update')
                applyPayloadChanges(followed, union.merge(pair.client, event.changes));
            }
            read[which] = pair.seen.events.length;
            const all = pairs.map(({ client }) => client.payloads());
            const expected = createPayloadSet({
              vrps: all.flatMap(({ vrps }) => [...vrps]),
              aspas: all.flatMap(({ aspas }) => aspas),
              routerKeys: all.flatMap(({ routerKeys }) => routerKeys),
            });
            expect(lines(followed)).toEqual(lines(expected));
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
