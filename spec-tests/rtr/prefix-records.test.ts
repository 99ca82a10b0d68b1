import fc from 'fast-check';
import { maskedOctets } from 'pathsec/inet';
import { decodePdu } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { recordOfIpv4Pdu, recordOfIpv6Pdu, recordOfVrp } from '../../src/rtr/vrp-record.js';

const FAMILIES = [
  { type: 4, bits: 32, words: 3, read: recordOfIpv4Pdu },
  { type: 6, bits: 128, words: 6, read: recordOfIpv6Pdu },
] as const;

/** A prefix PDU with any flags and any octets, lengths that are mostly near right ones, half of them without host bits. */
const arbitraryPrefixPdu = fc.constantFrom(...FAMILIES).chain((family) => {
  const length = fc.oneof(fc.nat(family.bits + 2), fc.nat(255));
  const rest = fc.uint8Array({ minLength: family.bits / 8 + 5, maxLength: family.bits / 8 + 5 });
  return fc
    .tuple(fc.constantFrom(0, 1, 2), fc.nat(255), length, length, rest, fc.boolean())
    .map(([version, flags, prefixLength, maxLength, body, clean]) => {
      const end = 1 + family.bits / 8;
      if (clean) body.set(maskedOctets(body.slice(1, end), Math.min(prefixLength, family.bits)), 1);
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

describe('bits behind the prefix length (8210bis §5.9, §5.10)', () => {
  it('are Corrupt Data in version 2, wherever one is set, and cleared in versions 0 and 1', () => {
    const one = fc
      .constantFrom(...FAMILIES)
      .chain((family) =>
        fc.tuple(
          fc.constant(family),
          fc.nat(family.bits - 1),
          fc.nat(family.bits - 1),
          fc.uint8Array({ minLength: family.bits / 8, maxLength: family.bits / 8 }),
        ),
      );
    fc.assert(
      fc.property(one, ([family, length, bit, octets]) => {
        const place = length + (bit % (family.bits - length));
        const address = maskedOctets(octets, length).slice();
        const clean = address.slice();
        address[place >> 3] = (address[place >> 3] as number) | (0x80 >> (place & 7));
        const pdu = (version: number, sent: Uint8Array): Uint8Array => {
          const total = 16 + sent.length;
          return Uint8Array.of(
            version,
            family.type,
            0,
            0,
            0,
            0,
            0,
            total,
            1,
            length,
            family.bits,
            0,
            ...sent,
            0,
            0,
            0,
            1,
          );
        };
        expect(faultOf(() => decodePdu(pdu(2, address)))).toMatchObject({
          code: 'rtr-host-bits',
          errorCode: 0,
          offset: 12,
        });
        for (const version of [0, 1]) {
          expect(decodePdu(pdu(version, address)).pdu).toEqual(decodePdu(pdu(2, clean)).pdu);
        }
      }),
    );
  });
});

describe('the fast reading of PDUs 4 and 6 (8210bis §5.9, §5.10)', () => {
  it('gives the record of what decodePdu gives, and the same faults', () => {
    let [faults, hostBits] = [0, 0];
    fc.assert(
      fc.property(arbitraryPrefixPdu, fc.nat(9), ({ family, octets }, at) => {
        const stream = new Uint8Array(at + octets.length + 3).fill(0xa5);
        stream.set(octets, at);
        const record = new Uint32Array(6);
        const fault = faultOf(() => decodePdu(octets));
        expect(faultOf(() => family.read(stream, at, record))).toEqual(fault);
        if (fault !== undefined) {
          faults++;
          if ((fault as { code?: string }).code === 'rtr-host-bits') hostBits++;
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
    expect(hostBits).toBeGreaterThan(20);
    expect(faults).toBeLessThan(1900);
  });
});
