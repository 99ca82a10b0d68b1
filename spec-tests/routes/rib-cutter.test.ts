import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { concatOctets, readU32 } from 'pathsec/bytes';
import {
  copyElement,
  createMrtReader,
  createRibCutter,
  type Element,
  encodeMrtRecord,
  isRibDump,
  joinSummaries,
  plainSummary,
  type ReadSummary,
} from 'pathsec/routes';
import { describe, expect, it } from 'vitest';

const packed = readFileSync(new URL('../../src/sample/rib.mrt.gz', import.meta.url));
const sample = new Uint8Array(gunzipSync(packed));
/** The sample's records, the PEER_INDEX_TABLE first. */
const records: Uint8Array[] = [];
for (let at = 0; at < sample.length; ) {
  const end = at + 12 + readU32(sample, at + 8);
  records.push(sample.subarray(at, end));
  at = end;
}
const [table = new Uint8Array(0), ...entries] = records;
const LIMIT = 4096;

interface Read {
  readonly elements: Element[];
  readonly summary: ReadSummary;
}

function readWhole(octets: Uint8Array): Read {
  const elements: Element[] = [];
  const reader = createMrtReader((one) => void elements.push(copyElement(one)), { maxRecordLength: LIMIT });
  reader.push(octets);
  reader.end();
  return { elements, summary: plainSummary(reader.summary) };
}

/** Reads in pieces of `size`, the input coming in chunks. */
function readCut(octets: Uint8Array, size: number, chunk: number): Read & { readonly pieces: number } {
  const elements: Element[] = [];
  const summaries: ReadSummary[] = [];
  const cutter = createRibCutter(size, LIMIT);
  const reader = (from: { number: number; offset: number; peerIndexTable?: Uint8Array }) =>
    createMrtReader((one) => void elements.push(copyElement(one)), { maxRecordLength: LIMIT, from });
  let pieces = 0;
  let rest: ReturnType<typeof reader> | undefined;
  const begin = () => {
    const piece = cutter.rest();
    const one = reader(piece.from);
    one.push(piece.octets);
    return one;
  };
  for (let at = 0; at < octets.length; at += chunk) {
    const next = octets.subarray(at, at + chunk);
    if (rest) {
      rest.push(next);
      continue;
    }
    for (const piece of cutter.push(next)) {
      const one = reader(structuredClone(piece.from));
      one.push(piece.octets);
      one.end();
      summaries.push(plainSummary(one.summary));
      pieces++;
    }
    if (cutter.stopped) rest = begin();
  }
  rest ??= begin();
  rest.end();
  return { elements, summary: joinSummaries([...summaries, plainSummary(rest.summary)]), pieces };
}

const record = (type: number, subtype: number, message: Uint8Array): Uint8Array =>
  encodeMrtRecord({ time: 1 }, type, subtype, (writer) => void writer.bytes(message));
const update = record(16, 4, new Uint8Array(50));
const long = record(13, 2, new Uint8Array(LIMIT + 1));
const otherTable = record(13, 1, table.slice(12, table.length - 5));
const noTable = record(13, 1, Uint8Array.of(1, 2));
const unread = record(13, 99, Uint8Array.of(1));

/** Records of a dump, some of them damaged, some that end the cutting. */
const dump = fc
  .array(
    fc.oneof(
      { weight: 20, arbitrary: fc.nat(entries.length - 1).map((i) => entries[i] as Uint8Array) },
      { weight: 4, arbitrary: fc.nat(entries.length - 1).map((i) => cutShort(entries[i] as Uint8Array)) },
      { weight: 2, arbitrary: fc.constantFrom(table, otherTable, noTable, unread) },
      { weight: 1, arbitrary: fc.constantFrom(update, long) },
    ),
    { maxLength: 60 },
  )
  .chain((list) =>
    fc.record({
      octets: fc.constantFrom(concatOctets([table, ...list]), concatOctets(list)),
      lost: fc.constantFrom(0, 0, 1, 15),
    }),
  )
  .map(({ octets, lost }) => octets.subarray(0, Math.max(0, octets.length - lost)));

/** The record without its last three octets. */
function cutShort(whole: Uint8Array): Uint8Array {
  const octets = whole.slice(0, -3);
  new DataView(octets.buffer).setUint32(8, octets.length - 12);
  return octets;
}

describe('a RIB dump in pieces (RFC 6396 §2, §4.3)', () => {
  it('says what it says as a whole: elements, counts, faults with their places', () => {
    fc.assert(
      fc.property(
        dump,
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 5000 }),
        (octets, size, chunk) => {
          const whole = readWhole(octets);
          const { elements, summary } = readCut(octets, size, chunk);
          expect(elements).toEqual(whole.elements);
          expect(summary).toEqual(whole.summary);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps the first hundred faults of all', () => {
    const faulty = concatOctets([table, ...entries.slice(0, 200).map(cutShort)]);
    const { summary, pieces } = readCut(faulty, 500, 1000);
    expect(pieces).toBeGreaterThan(10);
    expect(summary.problems.first).toHaveLength(100);
    expect(summary).toEqual(readWhole(faulty).summary);
  });

  it('is told by its beginning', () => {
    expect(isRibDump(sample.subarray(0, 12))).toBe(true);
    expect(isRibDump(update)).toBe(false);
    expect(isRibDump(sample.subarray(0, 11))).toBe(false);
    expect(isRibDump(new TextEncoder().encode('192.0.2.0/24|2 1|2\n'))).toBe(false);
  });
});
