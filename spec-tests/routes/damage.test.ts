import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { encodeNlri } from 'pathsec/bgp';
import { DecodeError, fromHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { createMrtReader, encodeMrtRecord, encodeRibRecord } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';
import { concat, readMrt } from './collect.js';
import {
  announcement,
  attributes,
  message,
  mpReach,
  nlri,
  peerIndexTable,
  TIME,
  update,
} from './fixtures.js';

/** One record of every kind, so that mutations reach every decoder. */
const samples = concat(
  peerIndexTable,
  encodeRibRecord({
    time: TIME,
    sequence: 0,
    prefix: parsePrefix('198.51.100.0/24'),
    entries: [0, 1].map((peerIndex) => ({
      peerIndex,
      originated: 0,
      pathId: 1,
      attributes: attributes('64496 {64497}'),
    })),
  }),
  announcement('64496 64497', { asnSize: 2, microseconds: 1 }),
  message(
    update({
      withdrawn: encodeNlri(nlri('203.0.113.0/24'), false),
      attributes: [...attributes('64496'), mpReach(encodeNlri(nlri('2001:db8::/32'), false))],
      nlri: encodeNlri(nlri('198.51.100.0/24', '192.0.2.0/25'), false),
    }),
  ),
);

/** Reads without throwing; every problem lies within the input. */
function survives(octets: Uint8Array, step: number): void {
  for (const strict of [false, true]) {
    const { summary } = readMrt(octets, { strict, detectAddPath: strict, keepProblems: 3 }, step);
    expect(summary.octets).toBeLessThanOrEqual(octets.length);
    expect(summary.problems.first.length).toBeLessThanOrEqual(3);
    for (const { offset, number } of summary.problems.first) {
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset).toBeLessThanOrEqual(octets.length);
      expect(number).toBeGreaterThan(0);
      expect(number).toBeLessThanOrEqual(summary.records);
    }
  }
}

describe('any input', () => {
  it('property: random octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 100 }), (octets, step) => {
        survives(octets, step);
      }),
      { numRuns: 150 },
    );
  });

  it('property: random bodies of known types', () => {
    const record = fc
      .tuple(
        fc.constantFrom(12, 13, 16, 17),
        fc.integer({ min: 0, max: 12 }),
        fc.uint8Array({ maxLength: 120 }),
      )
      .map(([type, subtype, body]) =>
        encodeMrtRecord({ time: 0 }, type, subtype, (writer) => writer.bytes(body)),
      );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), fc.integer({ min: 1, max: 100 }), (records, step) => {
        survives(concat(peerIndexTable, ...records), step);
      }),
      { numRuns: 150 },
    );
  });

  it('property: mutated records', () => {
    const change = fc.tuple(fc.nat(samples.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 100 }),
        (changes, step) => {
          const octets = samples.slice();
          for (const [at, value] of changes) octets[at] = value;
          survives(octets, step);
        },
      ),
      { numRuns: 250 },
    );
  });

  it('property: chunks do not matter', () => {
    const whole = readMrt(samples);
    expect(whole.elements).toHaveLength(7);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: samples.length }), (step) => {
        const pieces = readMrt(samples, {}, step);
        expect(pieces.elements).toEqual(whole.elements);
        expect(pieces.summary).toEqual(whole.summary);
      }),
    );
  });

  it('every truncation delivers what came before, then one error', () => {
    const starts = [0];
    for (let at = 0; at < samples.length; ) {
      at += 12 + new DataView(samples.buffer).getUint32(at + 8);
      starts.push(at);
    }
    expect(starts).toHaveLength(5);
    for (let length = 0; length <= samples.length; length++) {
      const { summary } = readMrt(samples.subarray(0, length));
      const complete = starts.filter((start) => start <= length).length - 1;
      if (starts.includes(length)) expect(summary.problems.count).toBe(0);
      else {
        expect(summary.problems.first).toMatchObject([
          { code: 'record-truncated', offset: starts[complete], number: complete + 1 },
        ]);
      }
    }
  });
});

describe('lengths', () => {
  const header = (length: string) => fromHex(`00000000${'00100004'}${length}`);

  it('a length field of 4 GiB costs no memory and is one problem', () => {
    const before = process.memoryUsage().arrayBuffers;
    const { summary } = readMrt(header('ffffffff'), {}, 5);
    expect(summary.problems.first).toMatchObject([{ code: 'record-too-long' }, { code: 'record-truncated' }]);
    const nearly = readMrt(concat(header('00ffffff'), new Uint8Array(100)));
    expect(nearly.codes).toEqual(['record-truncated']);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 << 20);
  });

  it('a record above the limit is skipped, the next one read, whatever the chunks', () => {
    const long = encodeMrtRecord({ time: 0 }, 16, 4, (writer) => writer.bytes(new Uint8Array(300)));
    for (const step of [1, 7, 12, 100, 1000]) {
      const { elements, summary } = readMrt(
        concat(announcement('64496'), long, announcement('64496')),
        { maxRecordLength: 200 },
        step,
      );
      expect(elements).toHaveLength(2);
      expect(summary.problems.first).toMatchObject([{ code: 'record-too-long', number: 2 }]);
      expect(summary.records).toBe(3);
    }
  });

  it('memory does not grow with the number of errors', () => {
    const seen: number[] = [];
    const reader = createMrtReader(() => undefined, {
      keepProblems: 2,
      onProblem: ({ number }) => seen.push(number),
    });
    const bad = encodeMrtRecord({ time: 0 }, 16, 4, () => undefined);
    for (let i = 0; i < 1000; i++) reader.push(bad);
    for (let type = 100; type < 600; type++)
      reader.push(encodeMrtRecord({ time: 0 }, type, 0, () => undefined));
    reader.end();
    expect(reader.summary.problems.count).toBe(1000);
    expect(reader.summary.problems.first).toHaveLength(2);
    expect(reader.summary.problems.byCode).toEqual(new Map([['truncated', 1000]]));
    expect(seen).toHaveLength(1000);
    expect(reader.summary.skippedRecords).toBe(500);
    expect(reader.summary.recordTypes.size).toBe(257);
    expect(reader.summary.recordTypes.get('other')).toBe(245);
  });
});

it('the offset of a problem counts from the start of the input', () => {
  const bad = encodeMrtRecord({ time: 0 }, 16, 4, (writer) => writer.bytes(new Uint8Array(20)));
  const octets = concat(announcement('64496'), bad);
  const { summary } = readMrt(octets, {}, 10);
  expect(summary.problems.first).toMatchObject([
    { code: 'bgp4mp-afi', number: 2, offset: octets.length - 20 + 10, message: 'address family 0' },
  ]);
});

it('errors of the caller pass through, DecodeErrors too', () => {
  for (const error of [new Error('mine'), new DecodeError('mine', 'mine')]) {
    for (const octets of [announcement('64496'), samples]) {
      const reader = createMrtReader(() => {
        throw error;
      });
      expect(() => reader.push(octets)).toThrow(error);
    }
  }
});

describeShared('mutated real files', () => {
  it.each([
    'mrtparse/quagga_bgp',
    'mrtparse/quagga_rib',
    'mrtparse/openbgpd_rib_table',
    'mrtparse/openbgpd_rib_table-v2',
    'gobgp/gobgp-3.10-updates.mrt',
  ])('%s', (file) => {
    const original = new Uint8Array(readFileSync(shared(`data/mrt/${file}`)));
    const change = fc.tuple(fc.nat(original.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
        const octets = original.slice();
        for (const [at, value] of changes) octets[at] = value;
        survives(octets, 977);
      }),
      { numRuns: 20 },
    );
  });
});
