import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascending, compareRecords } from '../../src/rtr/record-order.js';
import { RecordSet } from '../../src/rtr/record-set.js';

/** The records of a set as text, in the order of `numbers` or as they stand. */
function texts(set: RecordSet, numbers?: Iterable<number>): string[] {
  const { records, words } = set;
  const all = numbers ?? Array.from({ length: set.size }, (_, i) => i);
  return [...all].map((i) => records.slice(i * words, (i + 1) * words).join(' '));
}

describe('packed set of records', () => {
  it('does what a set of texts does, through any history', () => {
    // Few values, so that the same record comes again, and many per run, so that the index grows and closes gaps.
    const word = fc.constantFrom(0, 1, 0x8000_0000, 0xffff_ffff);
    const step = fc.tuple(fc.constantFrom('add', 'add', 'delete', 'copy'), fc.tuple(word, word, word));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        let set = new RecordSet(3);
        const model = new Set<string>();
        for (const [action, words] of steps) {
          const record = Uint32Array.from(words);
          const text = words.join(' ');
          expect(set.has(record)).toBe(model.has(text));
          if (action === 'add') {
            expect(set.add(record)).toBe(!model.has(text));
            model.add(text);
          } else if (action === 'delete') {
            expect(set.delete(record)).toBe(model.delete(text));
          } else {
            const copy = new RecordSet(3);
            copy.copyFrom(set);
            set = copy;
          }
          expect(set.size).toBe(model.size);
        }
        expect(texts(set).sort()).toEqual([...model].sort());
      }),
    );
  });

  it('refuses to copy into a set that is in use', () => {
    const set = new RecordSet(3);
    set.add(Uint32Array.of(1, 2, 3));
    expect(() => set.copyFrom(new RecordSet(3))).toThrowError(RangeError);
    expect(() => new RecordSet(6).copyFrom(set)).toThrowError(RangeError);
  });

  it('sorts few and many records alike (8210bis §11.2.1)', () => {
    for (const count of [100, 10_000]) {
      const set = new RecordSet(6);
      for (let i = 0; i < count; i++) {
        const mixed = Math.imul(i, 0x9e37_79b1) >>> 0;
        set.add(Uint32Array.of(0x2001_0db8, mixed, i % 7, 0, (i % 129) << 8, 0xffff_ffff - i));
      }
      const order = [...ascending(set)];
      const byComparison = order.toSorted((a, b) =>
        compareRecords(set.records, a * 6, set.records, b * 6, 6),
      );
      expect(texts(set, order)).toEqual(texts(set, byComparison));
      expect(new Set(order).size).toBe(count);
    }
  });
});
