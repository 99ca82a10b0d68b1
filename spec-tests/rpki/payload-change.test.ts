import { DecodeError } from 'pathsec/bytes';
import { formatPrefix, parsePrefix } from 'pathsec/inet';
import { createPayloadSet, type PayloadSet } from 'pathsec/payload';
import { applyPayloadChange, parsePayloadChange } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';

/** What a reading refuses: code, and the part that is wrong. */
function refusal(read: () => unknown): [string, string] {
  try {
    read();
  } catch (error) {
    if (error instanceof DecodeError) return [error.code, error.field];
    throw error;
  }
  throw new Error('it was read');
}

describe('changes (docs/decisions/rpki-files.md D-payload-change)', () => {
  const base = (): PayloadSet =>
    createPayloadSet({
      vrps: [{ prefix: parsePrefix('192.0.2.0/24'), maxLength: 25, asn: 64496 }],
      aspas: [{ customer: 64496, providers: [64498, 64499] }],
    });
  const changed = (...changes: string[]) => {
    const set = base();
    for (const change of changes) applyPayloadChange(set, parsePayloadChange(change));
    return {
      vrps: [...set.vrps].map(({ prefix, maxLength, asn }) => `${formatPrefix(prefix)}-${maxLength} ${asn}`),
      aspas: [...set.aspas].map(({ customer, providers }) => [customer, ...providers]),
    };
  };

  it('an ASPA that comes is the whole list of its customer', () => {
    expect(changed('AS64496 => AS64500').aspas).toEqual([[64496, 64500]]);
    expect(changed('AS64497 => AS64500').aspas).toEqual([
      [64496, 64498, 64499],
      [64497, 64500],
    ]);
  });

  it('a minus takes providers out, and the ASPA with the last of them or by its customer alone', () => {
    expect(changed('-AS64496 => AS64498').aspas).toEqual([[64496, 64499]]);
    expect(changed('- AS64496 => AS64498, AS64499').aspas).toEqual([]);
    expect(changed('-AS64496').aspas).toEqual([]);
  });

  it('a minus takes a VRP out, and changes follow each other', () => {
    expect(changed('-192.0.2.0/24-25 => AS64496', '192.0.2.0/24 => AS64496').vrps).toEqual([
      '192.0.2.0/24-24 64496',
    ]);
  });

  it.each([
    ['-AS64500', 'AS64500 has no ASPA'],
    ['-AS64496 => AS64500', 'AS64500 is not among the providers of AS64496'],
    [
      '-192.0.2.0/24 => AS64496',
      'there is no VRP 192.0.2.0/24 => AS64496; of that prefix there are: 192.0.2.0/24-25 => AS64496',
    ],
    ['-198.51.100.0/24 => AS1', 'there is no VRP 198.51.100.0/24 => AS1'],
  ])('what is not there cannot go: %s', (change, message) => {
    expect(() => changed(change)).toThrow(message);
    expect(refusal(() => changed(change))).toEqual(['no-such-payload', '']);
  });

  it.each([
    ['-64496', 'asn-syntax', 'customer-asid'],
    ['- AS64496 => 64498', 'asn-syntax', 'providers'],
    ['--AS64496', 'asn-syntax', 'customer-asid'],
    ['AS64496 = AS64498', 'notation-syntax', 'separator'],
    ['-192.0.2.0/24-23 => AS64496', 'max-length-range', 'max-length'],
    ['192.0.2.0/33 => AS64496', 'prefix-length', 'vrp-prefix'],
    ['AS64496 => AS64498, AS64496', 'aspa-own-provider', 'providers'],
  ])('names the part that is wrong: %s', (text, code, field) => {
    expect(refusal(() => parsePayloadChange(text))).toEqual([code, field]);
  });
});
