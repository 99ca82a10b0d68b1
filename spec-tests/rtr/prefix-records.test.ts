import fc from 'fast-check';
import { decodePdu } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { recordOfIpv4Pdu, recordOfIpv6Pdu, recordOfVrp } from '../../src/rtr/vrp-record.js';

const FAMILIES = [
  { type: 4, bits: 32, words: 3, read: recordOfIpv4Pdu },
  { type: 6, bits: 128, words: 6, read: recordOfIpv6Pdu },
] as const;

/** A prefix PDU with any flags and any octets, lengths that are mostly near right ones. */
const arbitraryPrefixPdu = fc.constantFrom(...FAMILIES).chain((family) => {
  const length = fc.oneof(fc.nat(family.bits + 2), fc.nat(255));
  const rest = fc.uint8Array({ minLength: family.bits / 8 + 5, maxLength: family.bits / 8 + 5 });
  return fc
    .tuple(fc.constantFrom(0, 1, 2), fc.nat(255), length, length, rest)
    .map(([version, flags, prefixLength, maxLength, body]) => {
      const total = 8 + 3 + body.length;
      const header = [version, family.type, 0, 0, 0, 0, 0, total];
      return { family, octets: Uint8Array.of(...header, flags, prefixLength, maxLength, ...body) };
    });
});

const faultOf = (read: () => unknown): unknown => {
  try {
    read();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('the fast reading of PDUs 4 and 6 (8210bis-26 §5.6, §5.7)', () => {
  it('gives the record of what decodePdu gives, and the same faults', () => {
    let faults = 0;
    fc.assert(
      fc.property(arbitraryPrefixPdu, fc.nat(9), ({ family, octets }, at) => {
        const stream = new Uint8Array(at + octets.length + 3).fill(0xa5);
        stream.set(octets, at);
        const record = new Uint32Array(6);
        const fault = faultOf(() => decodePdu(octets));
        expect(faultOf(() => family.read(stream, at, record))).toEqual(fault);
        if (fault !== undefined) {
          faults++;
          return;
        }
        const { pdu } = decodePdu(octets);
        if (pdu.type !== 'ipv4-prefix' && pdu.type !== 'ipv6-prefix') throw new Error(pdu.type);
        const expected = new Uint32Array(6);
        recordOfVrp(pdu.vrp, expected);
        expect(family.read(stream, at, record)).toBe(pdu.announce);
        expect(record).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
    expect(faults).toBeGreaterThan(100);
    expect(faults).toBeLessThan(1900);
  });
});
