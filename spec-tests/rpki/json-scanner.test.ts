import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../../src/bytes/index.js';
import { JsonScanner, TOO_LONG } from '../../src/rpki/json/json-scanner.js';
import { type Steps, wholeText } from '../../src/rpki/json/steps.js';

/** Every object and array is walked, down to a given depth; what is deeper is read whole. */
function* walk(scanner: JsonScanner, depth: number): Steps<unknown> {
  yield* scanner.ahead();
  if (depth > 0 && scanner.atArray()) {
    const list: unknown[] = [];
    yield* scanner.elements(function* () {
      list.push(yield* walk(scanner, depth - 1));
    });
    return list;
  }
  if (depth > 0 && scanner.atObject()) {
    const members: [string, unknown][] = [];
    yield* scanner.members(function* (name) {
      members.push([name, yield* walk(scanner, depth - 1)]);
    });
    return { members };
  }
  const value = yield* scanner.value();
  return value === TOO_LONG ? 'too long' : { value, names: scanner.names };
}

function* document(scanner: JsonScanner): Steps<unknown> {
  const value = yield* walk(scanner, 2);
  yield* scanner.ahead();
  return { value, left: !scanner.atEnd(), at: scanner.at };
}

/** What the walk gives, or its error with the place. */
function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { code: error.code, offset: error.offset };
  }
}

function inPieces(text: string, cuts: readonly number[], longest: number): unknown {
  const places = [...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
  const pieces = places.map((end, i) => text.slice(i === 0 ? 0 : places[i - 1], end));
  return outcome(() => {
    const scanner = new JsonScanner(pieces[0] ?? '', false, longest);
    const steps = document(scanner);
    let next = 1;
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      scanner.feed(pieces[next] ?? '', next >= pieces.length);
      next++;
    }
  });
}

const LONGEST = 24; // some of the values below are longer

const json = fc
  .tuple(fc.json({ maxDepth: 4 }), fc.constantFrom(0, 1, 30))
  .map(([text, blanks]) => text.replaceAll(/[,:]/g, (mark) => `${' '.repeat(blanks)}${mark}\n`));
const cuts = fc.array(fc.nat(2000), { maxLength: 40 });

describe('JSON as it comes', () => {
  it('is read as the whole text is, wherever it is cut', () => {
    fc.assert(
      fc.property(json, cuts, (text, places) => {
        const whole = outcome(() => wholeText(document(new JsonScanner(text, true, LONGEST))));
        expect(inPieces(text, places, LONGEST)).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });

  it('has the same faults, in the same places', () => {
    const damaged = fc
      .tuple(json, fc.nat(2000), fc.constantFrom('', '"', '\\', '{', ']', ',', 'x'))
      .map(([text, at, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + 1);
      });
    fc.assert(
      fc.property(damaged, cuts, (text, places) => {
        // A value of any length is read here: where one is passed over unread, its inside is not looked at either way.
        const whole = outcome(() => wholeText(document(new JsonScanner(text, true, 5000))));
        expect(inPieces(text, places, 5000)).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a string that is cut behind a backslash', '["a\\"b"]', [4], '"at":8'],
    ['a number that is cut', '[12345, 6]', [3], '12345'],
    ['blanks for a long while', `{"a":${' '.repeat(500)}[1]}`, [10, 20, 400], '"at":509'],
    [
      'a value that is too long, in many pieces',
      `[1,"${'\\"x'.repeat(100)}",2]`,
      [5, 6, 7, 50, 51, 200],
      'too long',
    ],
    ['a name that is too long', `{"${'x'.repeat(100)}":1,"b":2}`, [9, 50], 'Symbol(a value'],
    ['a long value without an end', `[1,{"a":"${'x'.repeat(100)}`, [9, 50], 'json-truncated'],
    ['a byte order mark', '\ufeff[1]', [1, 2], '"at":4'],
    ['nothing', '', [], 'json-truncated'],
  ])('%s', (_, text, places, seen) => {
    const whole = outcome(() => wholeText(document(new JsonScanner(text, true, LONGEST))));
    expect(inPieces(text, places, LONGEST)).toEqual(whole);
    expect(JSON.stringify(whole)).toContain(seen);
  });

  it('holds no more than what is ahead', () => {
    const scanner = new JsonScanner('[', false, LONGEST);
    const steps = document(scanner);
    let fed = 1;
    let farthest = 0;
    while (!steps.next().done && fed < 5000) {
      farthest = Math.max(farthest, fed - scanner.at);
      scanner.feed('{"a":1},', false);
      fed += 8;
    }
    expect(fed).toBeGreaterThanOrEqual(5000);
    expect(farthest).toBeLessThan(2 * LONGEST + 16);
  });
});
