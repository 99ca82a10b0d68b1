import fc from 'fast-check';
import { encodeNlri, pathAttribute } from 'pathsec/bgp';
import { fromHex, toHex } from 'pathsec/bytes';
import { formatPrefix, parsePrefix } from 'pathsec/inet';
import {
  copyElement,
  createBgpdumpWriter,
  createMrtReader,
  createRouteReader,
  createTextReader,
  type Element,
  type ElementSource,
  encodeBgp4mpStateChange,
  encodeRibRecord,
} from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { concat } from './collect.js';
import {
  announcement,
  attributes,
  message,
  nlri,
  peerIndexTable,
  session,
  TIME,
  update,
} from './fixtures.js';

const octets = concat(
  peerIndexTable,
  encodeRibRecord({
    time: TIME,
    sequence: 0,
    prefix: parsePrefix('198.51.100.0/24'),
    entries: ['64496 1', '64496 2'].map((path, i) => ({
      peerIndex: i,
      originated: i,
      attributes: attributes(path),
    })),
  }),
  message(
    update({
      withdrawn: encodeNlri(nlri('10.0.0.0/8', '11.0.0.0/8'), false),
      attributes: attributes('64496 3'),
      nlri: encodeNlri(nlri('192.0.2.0/24', '203.0.113.0/24'), false),
    }),
  ),
  encodeBgp4mpStateChange({ ...session, asnSize: 4, oldState: 5, newState: 6 }),
  message(
    update({
      attributes: [...attributes('64496 23456', 2), pathAttribute(17, fromHex('02020000fbf000010000'))],
      nlri: encodeNlri(nlri('198.51.100.0/24'), false),
    }),
    { asnSize: 2 },
  ),
  announcement('64496 4'),
);

interface Seen {
  readonly element: Element;
  readonly source: ElementSource;
}

/** What a reader hands out, kept as it is; every chunk is overwritten as soon as it is read. */
function keep(create: typeof createMrtReader, input: Uint8Array, step: number, reuse?: boolean): Seen[] {
  const seen: Seen[] = [];
  const reader = create((element, source) => seen.push({ element, source }), reuse ? { reuse } : {});
  for (let at = 0; at < input.length; at += step) {
    const chunk = input.slice(at, at + step);
    reader.push(chunk);
    chunk.fill(0xee);
  }
  reader.end();
  return seen;
}

/** What reuse hands out, written down during the call. */
function written(create: typeof createMrtReader, input: Uint8Array) {
  const list: { element: Element; source: string }[] = [];
  const reader = create(
    (element, source) => list.push({ element: copyElement(element), source: shown(source) }),
    {
      reuse: true,
    },
  );
  reader.push(input.slice());
  reader.end();
  return list;
}

/** All that a source says. */
function shown({
  number,
  record,
  octets: all,
  attributesStart,
  attributesEnd,
  asnSize,
  path,
  ...rest
}: ElementSource) {
  const given = path && toHex(path.octets.subarray(path.start, path.end));
  const list = toHex(all.subarray(attributesStart, attributesEnd));
  return JSON.stringify([number, record, list, asnSize, given, path?.asnSize, rest]);
}

describe('elements that are kept', () => {
  it('are values of their own by default, and so are their sources, whatever becomes of the chunks', () => {
    for (const create of [createMrtReader, createRouteReader]) {
      const expected = written(create, octets);
      expect(expected).toHaveLength(9);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: octets.length }), (step) => {
          const seen = keep(create, octets, step);
          expect(seen.map(({ element }) => element)).toEqual(expected.map(({ element }) => element));
          expect(seen.map(({ source }) => shown(source))).toEqual(expected.map(({ source }) => source));
        }),
        { numRuns: 30 },
      );
    }
  });

  it('of text too', () => {
    const text = '10.0.0.0/8|64496 1|64496\n11.0.0.0/8|64496 2|64497\n64496 3\n';
    const seen = keep(createTextReader, new TextEncoder().encode(text), 7);
    expect(
      seen.map(({ element, source }) => [
        source.number,
        element.kind === 'route' ? formatPrefix(element.prefix) : element.kind,
      ]),
    ).toEqual([
      [1, '10.0.0.0/8'],
      [2, '11.0.0.0/8'],
      [3, 'path'],
    ]);
  });

  it('with reuse: true are one object a kind', () => {
    const seen = keep(createMrtReader, octets, octets.length, true);
    expect(new Set(seen.map(({ element }) => element)).size).toBe(3);
    expect(new Set(seen.map(({ source }) => source)).size).toBe(1);
    const fresh = keep(createMrtReader, octets, octets.length);
    expect(new Set(fresh.map(({ element }) => element)).size).toBe(9);
    expect(new Set(fresh.map(({ source }) => source)).size).toBe(9);
  });

  it('share paths, peers, and the octets of one message', () => {
    const seen = keep(createMrtReader, concat(octets, octets), octets.length);
    const [first, second] = [seen[2], seen[11]].map((one) => one?.element);
    if (first?.kind !== 'withdrawal' || second?.kind !== 'withdrawal')
      throw new Error('withdrawals expected');
    expect(first.peer).toBe(second.peer);
    const routes = seen.filter(({ element }) => element.kind === 'route');
    const path = (at: number) => {
      const element = routes[at]?.element;
      return element?.kind === 'route' ? element.asPath : undefined;
    };
    expect(path(2)).toBe(path(3));
    expect(path(2)).toBe(path(8));
    expect(routes[2]?.source.octets).toBe(routes[3]?.source.octets);
    expect(routes[2]?.source.path).toBe(routes[3]?.source.path);
    expect(routes[0]?.source.octets).not.toBe(routes[1]?.source.octets);
  });

  it('can be written as lines afterwards', () => {
    const during: (string | undefined)[] = [];
    const write = createBgpdumpWriter();
    const reader = createMrtReader((element, source) => during.push(write(element, source)), { reuse: true });
    reader.push(octets);
    reader.end();
    const later = createBgpdumpWriter();
    const seen = keep(createMrtReader, octets, 50);
    expect(seen.map(({ element, source }) => later(element, source))).toEqual(during);
  });
});
