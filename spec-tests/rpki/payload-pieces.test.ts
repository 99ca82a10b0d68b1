import fc from 'fast-check';
import { DecodeError } from 'pathsec/bytes';
import { createPayloadSet } from 'pathsec/payload';
import {
  type PayloadFile,
  readPayloadPieces,
  readPayloads,
  writeBird,
  writeOpenBgpd,
  writeRoutinatorJson,
  writeRpkiClientJson,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { arbitraryLists } from '../payload/arbitrary-payloads.js';

const sets = arbitraryLists(6).map((lists) => createPayloadSet(lists));
const text = fc
  .tuple(sets, fc.constantFrom(writeRpkiClientJson, writeRoutinatorJson, writeOpenBgpd, writeBird))
  .map(([set, write]) => write(set));

/** A payload file as values that can be compared, or the fault of the text. */
async function seen(read: () => PayloadFile | Promise<PayloadFile>): Promise<unknown> {
  try {
    const { dialect, problems, expired, vrps, aspas, routerKeys } = await read();
    const lists = [[...vrps.sorted()], [...aspas.sorted()], [...routerKeys.sorted()]];
    return { dialect, faults: problems.listed, count: problems.count, expired, lists };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { code: error.code, offset: error.offset };
  }
}

describe('payloads whose text comes in pieces', () => {
  it('are those of the whole text, in every dialect, cut and damaged too', async () => {
    const cuts = fc.array(fc.nat(3000), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(text, cuts, fc.option(fc.nat(3000)), async (whole, places, end) => {
        const shown = end === null ? whole : whole.slice(0, end);
        const ends = [...places.map((place) => place % (shown.length + 1)), shown.length].sort(
          (a, b) => a - b,
        );
        const pieces = ends.map((to, i) => shown.slice(i === 0 ? 0 : ends[i - 1], to));
        expect(await seen(() => readPayloadPieces(pieces))).toEqual(await seen(() => readPayloads(shown)));
      }),
    );
  });

  it('are read as they come: a fault in a long text is told before the rest is there, and the rest is given up', async () => {
    let given = 0;
    let closed = false;
    function* endless(): Generator<string> {
      try {
        yield '{"roas": [';
        const record = '{"asn": 1, "prefix": "10.0.0.0/8"}, '.repeat(1000);
        for (; given < 5000; given++) yield given === 600 ? `{"asn": 1, "prefix": "10.0.0.0/99"}, ` : record;
        expect.unreachable('180 million characters were asked for');
      } finally {
        closed = true;
      }
    }
    await expect(readPayloadPieces(endless(), { strict: true })).rejects.toThrow(DecodeError);
    expect(given).toBeLessThan(1500);
    expect(closed).toBe(true);
  });

  it('need to say something in the first 16 Mi characters: no more blanks and comments are held', async () => {
    const records = '{"roas": [{"asn": 1, "prefix": "10.0.0.0/8"}]}';
    let given = 0;
    function* endless(nothing: string): Generator<string> {
      for (given = 0; given < 100_000; given++) yield nothing;
    }
    const refusal = { code: 'empty-file', message: expect.stringMatching(/the first 16 Mi characters$/) };
    for (const nothing of [' ', '\n', '# \n']) {
      const piece = nothing.repeat((1 << 20) / nothing.length);
      await expect(readPayloadPieces(endless(piece))).rejects.toMatchObject(refusal);
      expect(given).toBeLessThan(30);
    }
    const pieces = [...Array.from({ length: 15 }, () => ' '.repeat(1 << 20)), records];
    expect((await readPayloadPieces(pieces)).vrps.size).toBe(1);
    // The first line is cut by the border of a piece.
    const cut = [`${' '.repeat(1 << 22)}ASN,IP`, ' Prefix,Max Length,Trust Anchor\nAS1,10.0.0.0/8,8,x\n'];
    expect((await readPayloadPieces(cut)).vrps.size).toBe(1);
    expect(() => readPayloads(`${' '.repeat(1 << 24)}${records}`)).toThrow(expect.objectContaining(refusal));
  });

  it('of no dialect are refused by their beginning', async () => {
    let given = 0;
    function* endless(): Generator<string> {
      for (; given < 100_000; given++) yield '\0'.repeat(1 << 20);
    }
    await expect(readPayloadPieces(endless())).rejects.toMatchObject({ code: 'unknown-dialect' });
    expect(given).toBeLessThan(30);
  });

  it('have to be texts: octets and other values are refused, empty texts pass', async () => {
    for (const piece of [new TextEncoder().encode('{"roas": []}'), null, 5, {}]) {
      const pieces = [piece as unknown as string];
      await expect(readPayloadPieces(pieces)).rejects.toThrow(/^a piece is .*, not text$/);
    }
    expect((await readPayloadPieces(['', '{"ro', '', 'as": []}', ''])).vrps.size).toBe(0);
  });
});
