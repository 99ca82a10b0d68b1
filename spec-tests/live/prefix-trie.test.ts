import fc from 'fast-check';
import { type Afi, coversPrefix, formatPrefix, makePrefix, type Prefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { PrefixTrie } from '../../src/live/prefix-trie.js';

/** Prefixes that are close together, most of lengths at which shortcuts lead to nodes, or begin. */
const somePrefix = (afi: Afi): fc.Arbitrary<Prefix> =>
  fc
    .tuple(
      fc.constantFrom(0x20, 0x3f, 0x40),
      fc.array(fc.constantFrom(0, 1, 0x80, 0xff), { minLength: 2, maxLength: 2 }),
      fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 8, max: 24 }) }, fc.nat(32)),
    )
    .map(([first, others, length]) => {
      const octets = new Uint8Array(afi === 1 ? 4 : 16);
      octets.set([first, ...others]);
      return makePrefix(afi, octets, length);
    });

const step = fc.record({ prefix: fc.nat(60), what: fc.constantFrom('add', 'add', 'remove') });

describe.each([1, 2] as const)('a trie of family %i with shortcuts', (afi) => {
  it('finds what was put in, and all of it below a prefix, as a list does that is searched', () => {
    const prefixes = fc.array(somePrefix(afi), { minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(prefixes, fc.array(step, { maxLength: 200, size: 'max' }), (some, steps) => {
        const trie = new PrefixTrie(afi, 0);
        const held = new Map<string, Prefix>();
        for (const { prefix: number, what } of steps) {
          const prefix = some[number % some.length] as Prefix;
          if (what === 'add') {
            trie.setHead(trie.add(prefix), number);
            held.set(formatPrefix(prefix), prefix);
          } else if (held.delete(formatPrefix(prefix))) trie.setHead(trie.find(prefix), -1);
        }
        expect(trie.size).toBe(held.size);
        for (const prefix of some) {
          const node = trie.find(prefix);
          expect(node >= 0 && trie.head(node) >= 0).toBe(held.has(formatPrefix(prefix)));
          const below: string[] = [];
          const top = trie.topmost(prefix);
          for (let at = top; at >= 0; at = trie.next(at, top)) {
            if (trie.head(at) >= 0) below.push(formatPrefix(trie.prefix(at)));
          }
          const searched = [...held].filter(([, one]) => coversPrefix(prefix, one)).map(([text]) => text);
          expect(below.sort()).toEqual(searched.sort());
        }
      }),
      { numRuns: 200 },
    );
  });
});
