import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BgpEvent } from '../../src/cli/bgp/events.js';
import { createPageFeed, type Follower } from '../../src/cli/live/page-feed.js';
import { createRing } from '../../src/cli/live/ring.js';

const peer = { address: '192.0.2.1', as: 64496, id: null };
const withdrawal = (prefix: string): BgpEvent => ({ type: 'withdraw', time: 1, peer, prefix });

describe('a ring', () => {
  it('has the last of what was put in, oldest first', () => {
    const step = fc.oneof(
      fc.record({ push: fc.nat() }),
      fc.constant('take' as const),
      fc.constant('values' as const),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step), (capacity, steps) => {
        const ring = createRing<number>(capacity);
        let model: number[] = [];
        for (const one of steps) {
          if (one === 'take') {
            expect(ring.take()).toEqual(model);
            model = [];
          } else if (one === 'values') expect(ring.values()).toEqual(model);
          else {
            ring.push(one.push);
            model = [...model, one.push].slice(-capacity);
          }
          expect(ring.size).toBe(model.length);
        }
      }),
    );
  });
});

describe('the feed of a page', () => {
  it('tells each follower of all that it wants: as rows the last of them, of the others how many', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ take: fc.nat(3) }) },
      fc.record({ ask: fc.nat(2) }),
      fc.record({ come: fc.nat(2), wants: fc.nat(3), again: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), (kept, steps) => {
        const feed = createPageFeed('run', kept);
        const all: number[] = [];
        /** Of each place: the follower, what it wants, up to where it knows everything, the id that it has, events gone before. */
        const places: ({ follower: Follower; wants: number; from: number; missed?: number } | undefined)[] =
          [];
        const ids: (string | undefined)[] = [];
        for (const one of steps) {
          if ('take' in one) {
            all.push(one.take);
            feed.take(withdrawal(String(one.take)));
          } else if ('come' in one) {
            places[one.come]?.follower.leave();
            const id = one.again ? ids[one.come] : undefined;
            const seen = id === undefined ? 0 : Number(id.split('-')[1]);
            const gone = Math.max(0, all.length - kept);
            const follower = feed.follow(
              (event) => one.wants === 3 || ('prefix' in event && event.prefix === String(one.wants)),
              id,
            );
            const from = Math.max(seen, gone);
            const missed = id === undefined ? {} : { missed: Math.max(0, gone - seen) };
            places[one.come] = { follower, wants: one.wants, from, ...missed };
          } else {
            const place = places[one.ask];
            if (!place) continue;
            const wanted = all
              .map((value, i) => ({ n: i + 1, prefix: String(value) }))
              .filter(
                ({ n, prefix }) => n > place.from && (place.wants === 3 || prefix === String(place.wants)),
              );
            const told = place.follower.next();
            if (told === undefined) {
              expect([place.from, place.missed]).toEqual([all.length, undefined]);
              continue;
            }
            const { rows, left, missed } = told.batch;
            expect(rows.map(({ n, prefix }) => ({ n, prefix }))).toEqual(wanted.slice(-kept));
            expect(left).toBe(wanted.length - rows.length);
            expect(missed).toBe(place.missed);
            expect(told.id).toBe(`run-${all.length}`);
            ids[one.ask] = told.id;
            places[one.ask] = { follower: place.follower, wants: place.wants, from: all.length };
          }
        }
      }),
    );
  });

  it.each(['other-1', 'run-2', 'run-', 'run--1', 'run-1x', '', 'run', '-1', `run-${'9'.repeat(30)}`])(
    'does not know what went by after %j',
    (id) => {
      const feed = createPageFeed('run');
      feed.take(withdrawal('192.0.2.0/24'));
      const told = feed.follow(() => true, id).next();
      expect(told?.batch).toMatchObject({ missed: null, left: 0, rows: [{ n: 1 }] });
    },
  );

  it('holds no more for one that is never asked for, and nothing for one that has left', () => {
    const feed = createPageFeed('run');
    const follower = feed.follow(() => true);
    for (let i = 0; i < 5_000; i++) feed.take(withdrawal(String(i)));
    expect(follower.next()?.batch).toMatchObject({ left: 4_800, rows: { length: 200 } });
    follower.leave();
    feed.take(withdrawal('x'));
    expect(follower.next()?.batch).toMatchObject({ left: 0, rows: [] });
  });

  it('cuts texts without end, and writes what cannot be seen as such', () => {
    const feed = createPageFeed('run');
    const follower = feed.follow(() => true);
    const fault = { type: 'fault', time: 1, code: 'x', treatment: 'kept' } as const;
    feed.take({ ...fault, peer: { ...peer, source: 'a\u202eb' }, message: '64496 '.repeat(10_000) });
    const [row] = follower.next()?.batch.rows ?? [];
    expect(row?.peer?.source).toBe('a\\u202eb');
    expect([row?.message?.length, row?.message?.at(-1)]).toEqual([2_000, '…']);
  });
});
