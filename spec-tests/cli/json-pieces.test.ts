import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClosedPipe } from '../../src/cli/shared/io.js';
import { jsonPieces } from '../../src/cli/shared/json-pieces.js';
import { writePieces } from '../../src/cli/shared/write-pieces.js';

const text = (value: unknown, indent = 0): string => [...jsonPieces(value, indent)].join('');

/** A list whose members are made as they are read. */
function made<T>(length: number, make: (i: number) => T) {
  return {
    length,
    *[Symbol.iterator]() {
      for (let i = 0; i < length; i++) yield make(i);
    },
  };
}

/** Values of every kind, some longer than what is written at once. */
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.jsonValue(),
    fc.string({ unit: 'binary', maxLength: 50 }),
    fc.string({ minLength: 4000, maxLength: 6000 }),
    fc.double(),
    fc.constantFrom(undefined, null, true, Number.NaN, -0),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array({ maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.array(fc.integer(), { minLength: 600, maxLength: 900 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 5 }),
    fc.constant(() => 1),
  ),
}));

describe('JSON in pieces', () => {
  it.each([0, 1, 2])('is the text of JSON.stringify, indent %i', (indent) => {
    fc.assert(
      fc.property(values.value, (value) => {
        expect(text(value, indent)).toBe(JSON.stringify(value, null, indent) ?? '');
      }),
    );
  });

  it('writes a list whose members are made as they are read like an array', () => {
    fc.assert(
      fc.property(fc.array(values.value), fc.constantFrom(0, 1, 2), (items, indent) => {
        const value = { before: 1, list: made(items.length, (i) => items[i]), after: [] };
        expect(text(value, indent)).toBe(JSON.stringify({ ...value, list: items }, null, indent));
      }),
    );
  });

  it('reads a list no further than its pieces are taken', () => {
    let read = 0;
    const list = made(1e9, (i) => {
      read = i;
      return { number: i };
    });
    let length = 0;
    for (const piece of jsonPieces({ list })) {
      length += piece.length;
      if (length > 10_000) break;
    }
    expect(read).toBeGreaterThan(100);
    expect(read).toBeLessThan(2_000);
  });

  it('leaves values nested without end to JSON.stringify', () => {
    let value: unknown = 'inside';
    for (let i = 0; i < 500; i++) value = [value, 'x'.repeat(5000)];
    expect(text(value, 1) === JSON.stringify(value, null, 1)).toBe(true);
  });
});

describe('writing in pieces', () => {
  it('hands over one portion at a time, whatever the reader takes its time for', async () => {
    let waiting = 0;
    let most = 0;
    let longest = 0;
    let made = 0;
    let written = 0;
    const output = {
      isTerminal: false,
      write: async (portion: string) => {
        waiting++;
        most = Math.max(most, waiting);
        longest = Math.max(longest, portion.length);
        expect(made - written).toBe(portion.length);
        await new Promise((resolve) => setTimeout(resolve, 1));
        written += portion.length;
        waiting--;
      },
    };
    function* pieces() {
      for (let i = 0; i < 30_000; i++) {
        const piece = `line ${i}\n`;
        made += piece.length;
        yield piece;
      }
    }
    await writePieces(output, pieces());
    expect(written).toBe(made);
    expect(most).toBe(1);
    expect(longest).toBeLessThan(70_000);
  });

  it('makes no more pieces once the reader has gone', async () => {
    let made = 0;
    function* pieces() {
      for (;;) {
        made++;
        yield 'x'.repeat(1000);
      }
    }
    const output = {
      isTerminal: false,
      write: () => Promise.reject(new ClosedPipe()),
    };
    await expect(writePieces(output, pieces())).rejects.toThrow(ClosedPipe);
    expect(made).toBeLessThan(100);
  });
});
