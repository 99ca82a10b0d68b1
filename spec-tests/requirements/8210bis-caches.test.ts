import { createPayloadSet, type Payloads } from 'pathsec/payload';
import { applyPayloadChanges, createCacheUnion, createRtrCache } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { only } from '../payload/arbitrary-payloads.js';
import { createPair, lines, type Pair } from '../rtr/harness.js';
import { OTHER, VRP } from '../rtr/play.js';

/** Two caches, the routers' sessions with them, and what the union of both is after every step. */
function two(): {
  pairs: readonly [Pair, Pair];
  union(): string[];
  serve(which: 0 | 1, payloads: Partial<Payloads>): void;
} {
  const caches = [createRtrCache({ sessionId: 1 }), createRtrCache({ sessionId: 100 })] as const;
  const pair = (which: 0 | 1): Pair => createPair(caches[which], { server: { notifySeconds: 0 } });
  const pairs = [pair(0), pair(1)] as const;
  const union = createCacheUnion();
  const set = createPayloadSet();
  for (const { client } of pairs) union.add(client);
  let now = 0;
  return {
    pairs,
    union: () => lines(set),
    serve(which, payloads) {
      const { client, seen } = pairs[which];
      const before = seen.events.length;
      caches[which].replace(only(payloads));
      now++;
      if (client.status.session) pairs[which].notify(now);
      else pairs[which].tick(now);
      for (const event of seen.events.slice(before)) {
        if (event.kind === 'update') applyPayloadChanges(set, union.merge(client, event.changes));
      }
    },
  };
}

describe('8210bis §4, §10, several caches', () => {
  it('an update changes the data of its cache and of no other', () => {
    requirement('!8210bis:5.12:replace', '8210bis:10:marked', '8210bis:10:right-data');
    const { pairs, serve } = two();
    serve(0, { vrps: [VRP], aspas: [{ customer: 1, providers: [2] }] });
    serve(1, { vrps: [VRP, OTHER], aspas: [{ customer: 1, providers: [3] }] });
    const first = lines(pairs[0].client.payloads());
    serve(1, { aspas: [{ customer: 1, providers: [4] }] });
    expect(lines(pairs[0].client.payloads())).toEqual(first);
    expect(lines(pairs[1].client.payloads())).toEqual(['aspa 1: 4']);
  });

  it('a withdrawal by one cache does not take what another still has, nor its providers', () => {
    requirement(
      '!8210bis:4:effective',
      '!8210bis:5.12:withdrawal-removes',
      '!8210bis:10:marked',
      '!8210bis:10:right-data',
    );
    const { union, serve } = two();
    serve(0, { vrps: [VRP], aspas: [{ customer: 1, providers: [2] }] });
    serve(1, { vrps: [VRP], aspas: [{ customer: 1, providers: [3] }] });
    serve(0, {});
    expect(union()).toEqual(['aspa 1: 3', 'vrp c0000200/24-24 64496']);
    serve(1, {});
    expect(union()).toEqual([]);
  });

  it('what is handed to validation is the same, whichever cache said it, and does not tell', () => {
    requirement('8210bis:10:no-distinction', '!8210bis:10:no-distinction');
    const said: Partial<Payloads>[] = [
      { vrps: [VRP], aspas: [{ customer: 1, providers: [2] }] },
      { vrps: [OTHER], aspas: [{ customer: 1, providers: [3] }] },
    ];
    const results = ([0, 1] as const).map((first) => {
      const { union, serve } = two();
      serve(first, said[0] as Partial<Payloads>);
      serve(first === 0 ? 1 : 0, said[1] as Partial<Payloads>);
      return union();
    });
    expect(results[0]).toEqual(['aspa 1: 2,3', 'vrp c0000200/24-24 64496', 'vrp c6336400/24-24 64497']);
    expect(results[1]).toEqual(results[0]);
    const { pairs, serve } = two();
    serve(0, said[0] as Partial<Payloads>);
    const [vrp] = [...pairs[0].client.payloads().vrps];
    expect(Object.keys(vrp ?? {}).sort()).toEqual(['asn', 'maxLength', 'prefix']);
  });

  it('AS 0 of one cache gives way to the providers of another, and counts again without them', () => {
    requirement('8210bis:10:as-zero', '!8210bis:10:as-zero');
    const { union, serve } = two();
    serve(0, { aspas: [{ customer: 1, providers: [0] }] });
    expect(union()).toEqual(['aspa 1: 0']);
    serve(1, { aspas: [{ customer: 1, providers: [5] }] });
    expect(union()).toEqual(['aspa 1: 5']);
    serve(1, {});
    expect(union()).toEqual(['aspa 1: 0']);
  });
});
