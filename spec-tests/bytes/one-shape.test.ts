import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createDescriber, createReader } from '../../src/bytes/index.js';
import { createRouteReader, type Element } from '../../src/routes/index.js';

// What is made for each message, or read of many readers, is many times as slow where each has a shape of its own, as literals with
// accessors have.

setFlagsFromString('--allow-natives-syntax');
const haveOneShape: (a: object, b: object) => boolean = runInThisContext('(a, b) => %HaveSameMap(a, b)');

function reusedRoute(path: string): Element {
  let route: Element | undefined;
  const reader = createRouteReader((element) => (route = element), { reuse: true });
  reader.push(new TextEncoder().encode(`192.0.2.0/24|${path}|64496\n`));
  reader.end();
  return route as Element;
}

test('the routes of all readers have one shape, and a copy by spreading has the path', () => {
  expect(haveOneShape({ a: 1 }, { b: 1 })).toBe(false);
  const [first, second] = [reusedRoute('64496 64497'), reusedRoute('64496 64498')];
  expect(first).not.toBe(second);
  expect(haveOneShape(first, second)).toBe(true);
  expect({ ...second }).toMatchObject({ kind: 'route', asPath: [{ type: 2, asns: [64496, 64498] }] });
});

test('all readers of octets have one shape, and all describers', () => {
  const octets = new Uint8Array(4);
  expect(haveOneShape(createReader(octets), createReader(octets, 1).sub(2, 'x'))).toBe(true);
  expect(haveOneShape(createDescriber(octets), createDescriber(octets, 1))).toBe(true);
});
