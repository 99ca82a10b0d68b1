import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { fromHex } from 'pathsec/bytes';
import { describePdus, encodePdu } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { checkDescribed, describedPaths } from '../bytes/described.js';

const facts = JSON.parse(readFileSync(new URL('../kit/rtr/facts/pdu.json', import.meta.url), 'utf8')) as {
  readonly valid: readonly { readonly octets: string; readonly layout?: string }[];
};

describe('describePdus (8210bis §5)', () => {
  it('every PDU of the facts: whole, by its name, and nothing in it left over', () => {
    const current = facts.valid.filter(({ layout }) => layout === undefined || layout === 'current');
    expect(current.length).toBeGreaterThan(10);
    for (const { octets } of current) {
      const tree = describePdus(fromHex(octets));
      checkDescribed(tree);
      expect(tree.children.length).toBe(1);
      expect(describedPaths(tree).filter((line) => /left-over|cut short|of type/.test(line))).toEqual([]);
      for (const line of describedPaths(tree)) expect(line).toMatch(/\(8210bis §5\.[0-9]+\)/);
    }
  });

  it('says what a router wants to know', () => {
    const prefix = { afi: 1 as const, octets: Uint8Array.of(192, 0, 2, 0), length: 24 };
    const lines = describedPaths(
      describePdus(
        Uint8Array.from([
          ...encodePdu(
            { type: 'ipv4-prefix', announce: true, vrp: { prefix, maxLength: 25, asn: 64496 } },
            1,
          ),
          ...encodePdu({ type: 'aspa', announce: true, customer: 64496, providers: [64497, 64498] }, 2),
          ...encodePdu({ type: 'aspa', announce: false, customer: 64496, providers: [] }, 2),
        ]),
      ),
    );
    for (const line of [
      'pdus.ipv4-prefix (8210bis §5.9) = + 192.0.2.0/24-25 AS64496',
      'pdus.aspa (8210bis §5.12) = AS64496, providers: 2',
      'pdus.aspa.provider-autonomous-system-number[1] (8210bis §5.12) = AS64498',
      'pdus.aspa[1].flags (8210bis §5.12) = 0x00 (withdrawal)',
    ]) {
      expect(lines).toContain(line);
    }
  });

  it('never throws, and shows every octet once', () => {
    const header = fc.tuple(fc.nat(3), fc.nat(12), fc.nat(40), fc.uint8Array({ maxLength: 60 }));
    const pdu = header.map(([version, type, length, body]) =>
      Uint8Array.from([version, type, 0, 1, 0, 0, 0, length, ...body]),
    );
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), pdu), (octets) => {
        const tree = describePdus(octets);
        expect(tree.length).toBe(octets.length);
        checkDescribed(tree);
      }),
    );
  });
});
