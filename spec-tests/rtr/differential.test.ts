import fc from 'fast-check';
import { createPayloadSet } from 'pathsec/payload';
import { applyPayloadChanges, createRtrCache, type RtrVersion } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { arbitraryPayloads, createPair, expectedOf, lines } from './harness.js';

describe('RTR client and cache together', () => {
  /** A history: whole replacements, changes, lost history, new sessions. */
  const arbitraryHistory = fc.array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant('change' as const),
          add: arbitraryPayloads,
          take: arbitraryPayloads,
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('replace' as const), add: arbitraryPayloads }) },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constantFrom('forget' as const, 'restart' as const, 'skip' as const) }),
      },
    ),
    { maxLength: 12 },
  );

  it('agree after every random history, in every version, with octets in any chunks', () => {
    requirement(
      '8210bis:4:serial-arithmetic',
      '8210bis:5.3:minimum',
      '8210bis:5.9:one-vrp',
      '8210bis:5.11:one-key',
      '8210bis:8.1:sequence',
      '8210bis:8.2:exchange',
    );
    fc.assert(
      fc.property(
        arbitraryPayloads,
        arbitraryHistory,
        fc.constantFrom<RtrVersion>(0, 1, 2),
        fc.integer({ min: 1, max: 70 }),
        fc.constantFrom(0, 0xffff_fffd, 0x7fff_fffe),
        (start, history, version, chunk, serial) => {
          const cache = createRtrCache({ sessionId: 9, serial });
          cache.replace(start);
          const pair = createPair(cache, {
            client: { highestVersion: version, order: 'error' },
            server: { notifySeconds: 0 },
            chunk,
          });
          // What a follower of the events holds, beside what the client itself holds.
          const followed = createPayloadSet();
          let read = 0;
          const follow = (): void => {
            for (const event of pair.seen.events.slice(read)) {
              if (event.kind === 'update' || event.kind === 'flush')
                applyPayloadChanges(followed, event.changes);
            }
            read = pair.seen.events.length;
          };
          pair.tick(0);
          let now = 0;
          for (const step of history) {
            now++;
            if (step.do === 'change') cache.change(step.add, step.take);
            else if (step.do === 'replace') cache.replace(step.add);
            else if (step.do === 'forget') cache.forgetHistory();
            else if (step.do === 'restart') cache.restart(cache.sessionId(0) + 5);
            if (step.do !== 'skip') pair.notify(now);
            follow();
            expect(lines(followed)).toEqual(lines(pair.client.payloads()));
          }
          pair.notify(now + 1);
          follow();
          const expected = expectedOf(cache, version);
          expect(lines(pair.client.payloads())).toEqual(expected);
          expect(lines(followed)).toEqual(expected);
          expect(pair.client.status.session?.serial).toBe(cache.serial);
          expect(pair.seen.disconnects).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  });
});
