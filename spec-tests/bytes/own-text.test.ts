import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { ownText } from 'pathsec/bytes';
import { createRouteReader } from 'pathsec/routes';
import { readPayloads } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../src/node/read-answer.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Octets of memory that what `make` returns keeps. */
function kept(make: () => unknown): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const held = make();
  collectGarbage();
  const after = process.memoryUsage().heapUsed;
  expect(held).toBeDefined();
  return after - before;
}

const MEGABYTE = 1_000_000;
const LINES = 60;
const lines = (line: (i: number) => string): string[] =>
  Array.from({ length: LINES }, (_, i) => `${line(i)}${'x'.repeat(MEGABYTE)}`);

describe('a piece of a text', () => {
  it('is the same text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => ownText(text) === text));
    expect(ownText('\ud800 half a pair, twice \udc00')).toBe('\ud800 half a pair, twice \udc00');
  });

  // What is compared: sixty pieces of a megabyte each would keep 60 MB.
  it('does not keep the whole in memory', () => {
    expect(kept(() => lines(String).map((line) => ownText(line.slice(0, 100))))).toBeLessThan(10 * MEGABYTE);
  });

  it('does not keep answers of a program that are none', () => {
    expect(kept(() => lines(String).map(readAnswer))).toBeLessThan(10 * MEGABYTE);
  });

  it('does not keep files of payloads', () => {
    const read = () =>
      lines(
        (i) => `ASN,IP Prefix,Max Length,Trust Anchor\nAS1,10.0.0.0/8,8,trust anchor of file ${i}\n#`,
      ).map((text) => readPayloads(text).vrps);
    expect(kept(read)).toBeLessThan(10 * MEGABYTE);
  });

  it('does not keep lines of routes', () => {
    let routes = 0;
    const reader = createRouteReader(() => routes++);
    const push = () => {
      for (const line of lines((i) => `192.0.2.0/24|64500 64501 64502 ${i}|64500 # `)) {
        reader.push(new TextEncoder().encode(`${line}\n`));
      }
      return reader;
    };
    expect(kept(push)).toBeLessThan(20 * MEGABYTE);
    expect(routes).toBe(LINES);
  });
});
