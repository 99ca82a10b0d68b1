import fc from 'fast-check';
import { DecodeError, fromHex } from 'pathsec/bytes';
import { createPayloadSet, openVrpStore, packPayloads } from 'pathsec/payload';
import { describe, expect, it } from 'vitest';
import { unpackBy } from '../../src/payload/snapshot.js';
import { SNAPSHOT_KINDS } from '../../src/payload/snapshot-kinds.js';
import { contentOf } from '../rpki/content.js';
import { arbitraryVrp, fewAsns, nestedPrefix } from './arbitrary-payloads.js';
import { FROZEN } from './snapshot-sample.js';

const vrp = fc
  .tuple(
    arbitraryVrp(nestedPrefix, fewAsns),
    fc.constantFrom(undefined, 0, 1_800_000_000, 1.5),
    fc.constantFrom(undefined, '', 'apnic', 'ripe'),
  )
  .map(([one, expires, ta]) => ({
    ...one,
    ...(expires !== undefined && { expires }),
    ...(ta !== undefined && { ta }),
  }));

describe('the two readings of VRPs in a snapshot (docs/decisions/payload.md D-payload-snapshot)', () => {
  const { readAll, ...vrps } = SNAPSHOT_KINDS.vrps;
  const literal = { ...SNAPSHOT_KINDS, vrps };
  /** All that is told of octets. */
  const seen = (kinds: typeof literal, octets: Uint8Array): unknown => {
    try {
      const set = unpackBy(kinds, octets, { seed: 7 });
      return { content: contentOf(set), generation: set.vrps.generation };
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      const { code, offset, field, message } = error;
      return { code, offset, field, message };
    }
  };
  const alike = (octets: Uint8Array): void =>
    expect(seen(SNAPSHOT_KINDS, octets)).toEqual(seen(literal, octets));
  const many = fc.array(vrp, { maxLength: 30 }).map((list) => packPayloads(createPayloadSet({ vrps: list })));

  it('are two, and say the same of what is whole and of what is damaged', () => {
    expect(readAll).toBeTypeOf('function');
    const damage = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(many, fc.array(damage, { maxLength: 2 }), fc.nat(), (whole, damages, cut) => {
        const octets = whole.slice();
        for (const [at, bits] of damages) {
          const place = 8 + (at % (octets.length - 8));
          octets[place] = (octets[place] as number) ^ bits;
        }
        alike(octets);
        alike(octets.subarray(0, 8 + (cut % (octets.length - 8))));
      }),
      { numRuns: 500 },
    );
  });

  it('say the same of every octet changed, where families change and notes begin', () => {
    const octets = fromHex(FROZEN);
    for (let at = 8; at < octets.length; at++) {
      for (const bits of [0x01, 0x02, 0x03, 0x04, 0x10, 0x40, 0x7f, 0x80, 0xff]) {
        const changed = octets.slice();
        changed[at] = (changed[at] as number) ^ bits;
        alike(changed);
      }
    }
  });

  it('make stores that change and find alike', () => {
    const change = fc.tuple(fc.boolean(), vrp);
    fc.assert(
      fc.property(many, fc.array(change, { maxLength: 40 }), nestedPrefix, (octets, changes, prefix) => {
        const filled = unpackBy(SNAPSHOT_KINDS, octets, { seed: 7 }).vrps;
        const announced = unpackBy(literal, octets, { seed: 7 }).vrps;
        for (const [announce, one] of changes) {
          if (announce) expect(filled.announce(one)).toBe(announced.announce(one));
          else expect(filled.withdraw(one)).toBe(announced.withdraw(one));
          expect(filled.covering(prefix)).toEqual(announced.covering(prefix));
        }
        expect([...filled.sorted()]).toEqual([...announced.sorted()]);
        const shared = openVrpStore(filled.share());
        expect(shared.covering(prefix)).toEqual(openVrpStore(announced.share()).covering(prefix));
      }),
    );
  });
});
