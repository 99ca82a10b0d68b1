import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../src/cli/shared/lines.js';

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

async function linesOf(input: AsyncIterable<Uint8Array>, maxLength?: number): Promise<string[]> {
  const texts: string[] = [];
  for await (const lines of readLines(input, maxLength)) {
    for (const { text, overlong } of lines) texts.push(overlong ? '(overlong)' : text);
  }
  return texts;
}

describe('the lines of an input', () => {
  it('are the same however it is cut; too long ones are told and the next are read', async () => {
    const word = fc.constantFrom(
      '',
      'a',
      'é',
      '€'.repeat(3),
      '\r',
      'x'.repeat(7),
      'x'.repeat(8),
      'y'.repeat(30),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word), fc.array(fc.nat(200)), fc.boolean(), async (words, cuts, ended) => {
        const octets = new TextEncoder().encode(words.join('\n') + (ended ? '\n' : ''));
        const places = [0, ...cuts.map((cut) => cut % (octets.length + 1)), octets.length].sort(
          (a, b) => a - b,
        );
        const pieces = places.slice(1).map((to, i) => octets.subarray(places[i], to));
        const expected = words.map((one) => {
          if (new TextEncoder().encode(one).length > 8) return '(overlong)';
          return one.endsWith('\r') ? one.slice(0, -1) : one;
        });
        if (!ended && words.at(-1) === '') expected.pop();
        if (ended && words.length === 0) expected.push('');
        expect(await linesOf(each(pieces), 8)).toEqual(expected);
      }),
    );
  });

  it('that come an octet at a time take their length in memory', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const octet = Uint8Array.of(0x61);
    let taken = 0;
    async function* drip(): AsyncGenerator<Uint8Array> {
      collectGarbage();
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < 300_000; i++) yield octet;
      collectGarbage();
      taken = process.memoryUsage().heapUsed - before;
    }
    expect((await linesOf(drip())).map(({ length }) => length)).toEqual([300_000]);
    expect(taken).toBeLessThan(5_000_000); // an object for each octet takes more than 30
  });
});
