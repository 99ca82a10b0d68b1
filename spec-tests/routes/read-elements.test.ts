import fc from 'fast-check';
import { DecodeError } from 'pathsec/bytes';
import { createRouteReader, type Element, type ReadSummary, readElements } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { concat } from './collect.js';
import { announcement } from './fixtures.js';

const octets = concat(...['64496', '64496 1', '64496 2'].map((path) => announcement(path)));
const pieces = (step: number, input = octets): Uint8Array[] =>
  Array.from({ length: Math.ceil(input.length / step) }, (_, i) => input.slice(i * step, (i + 1) * step));

async function collect(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, options = {}) {
  const elements: Element[] = [];
  let error: unknown;
  try {
    for await (const element of readElements(chunks, options)) elements.push(element);
  } catch (caught) {
    error = caught;
  }
  return { elements, error };
}

async function* failing(error: unknown, input = octets): AsyncGenerator<Uint8Array> {
  yield input;
  throw error;
}

describe('readElements', () => {
  const expected: Element[] = [];
  const reader = createRouteReader((element) => expected.push(element));
  reader.push(octets);

  it('gives what a reader calls back with, from any source of octets', async () => {
    expect(expected).toHaveLength(3);
    const stream = new Blob([octets.slice()]).stream();
    expect(await collect(stream)).toEqual({ elements: expected, error: undefined });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: octets.length }), async (step) => {
        expect(await collect(pieces(step))).toEqual({ elements: expected, error: undefined });
      }),
      { numRuns: 30 },
    );
  });

  it('reads as far as it is asked, and closes the source when the loop is left', async () => {
    let taken = 0;
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (const piece of pieces(octets.length / 3)) {
          taken++;
          yield piece;
        }
      } finally {
        closed = true;
      }
    }
    for await (const element of readElements(source())) {
      expect(element.kind).toBe('route');
      break;
    }
    expect([taken, closed]).toEqual([1, true]);
  });

  it('half an input is an error after its last element, and so is one without any record', async () => {
    const cut = await collect([octets.subarray(0, -1)]);
    expect(cut.elements).toHaveLength(2);
    expect(cut.error).toMatchObject({ code: 'record-truncated' });
    for (const nothing of [[], [new Uint8Array(0)], [new TextEncoder().encode('{"roas":[]}\n')]]) {
      expect(await collect(nothing)).toMatchObject({ elements: [], error: { code: 'no-record' } });
    }
  });

  it('an error of the source comes after the elements before it, as it is', async () => {
    for (const error of [new Error('mine'), new DecodeError('gzip-damaged', 'here'), 'a text']) {
      const { elements, error: caught } = await collect(failing(error));
      expect([elements.length, caught]).toEqual([3, error]);
      const short = await collect(failing(error, new TextEncoder().encode('64496\n')));
      expect([short.elements.length, short.error]).toEqual([1, error]);
    }
  });

  it('faults inside are for onProblem and the summary', async () => {
    const codes: string[] = [];
    const summaries: ReadSummary[] = [];
    const text = new TextEncoder().encode('64496\nx y\n64497\n');
    const { elements, error } = await collect([text], {
      onProblem: ({ code }: { code: string }) => codes.push(code),
      onEnd: (summary: ReadSummary) => summaries.push(summary),
    });
    expect([elements.length, error, codes]).toEqual([2, undefined, ['role-unknown']]);
    expect(summaries).toMatchObject([{ paths: 2, records: 3 }]);
  });
});
