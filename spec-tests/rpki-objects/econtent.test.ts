import fc from 'fast-check';
import { fromHex, toHex } from 'pathsec/bytes';
import {
  type AspaContent,
  checkDer,
  decodeAspaContent,
  decodeRoaContent,
  encodeAspaContent,
  encodeRoaContent,
  examineObject,
  inspectAspa,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { type Citation, requirement } from '../kit/citation.js';
import { arbitraryAsn } from '../support.js';
import { aspaObject, codes, GOOD } from './aspa-objects.js';
import { testLab } from './lab-support.js';

describe('ASPA eContent (aspa-profile §3)', () => {
  it('equals the example of the profile’s appendix', () => {
    requirement('aspa-profile:1:der', 'aspa-profile:3:econtent');
    const hex = '301da003020101020300fe633011020300fc00020301000f020500fa56ea00';
    const content = { version: 1, customer: 65123, providers: [64512, 65551, 4200000000] };
    expect(decodeAspaContent(fromHex(hex))).toEqual(content);
    expect(toHex(encodeAspaContent(content))).toBe(hex);
  });

  it('round-trips and is DER, over the whole range of ASNs', () => {
    requirement(
      'aspa-profile:1:der',
      'aspa-profile:3.2:customer-positive',
      'aspa-profile:3.3:element-is-as-number',
    );
    fc.assert(
      fc.property(
        arbitraryAsn,
        fc.array(fc.oneof(arbitraryAsn, fc.constant(0)), { maxLength: 40 }),
        fc.constantFrom(0, 1),
        (customer, providers, version) => {
          const content = { version, customer, providers };
          const der = encodeAspaContent(content);
          checkDer(der);
          expect(decodeAspaContent(der)).toEqual(content);
        },
      ),
    );
  });

  it.each<[string, Partial<AspaContent>, string[], (readonly Citation[])?]>([
    [
      'in order',
      {},
      [],
      requirement(
        'aspa-profile:3.1:version-is-1',
        'aspa-profile:3.3:constraints',
        'aspa-profile:3.3:at-least-one',
        'aspa-profile:3.3:not-the-customer',
        'aspa-profile:3.3:ascending',
        'aspa-profile:3.3:unique',
        'aspa-profile:4:customer-is-the-id',
      ),
    ],
    ['AS 0 alone', { providers: [0] }, [], requirement('aspa-profile:3.3:as0-alone')],
    ['version 0', { version: 0 }, ['aspa-version'], requirement('!aspa-profile:3.1:version-is-1')],
    ['version 2', { version: 2 }, ['aspa-version'], requirement('!aspa-profile:3.1:version-is-1')],
    [
      'customer 0',
      { customer: 0 },
      ['aspa-customer', 'aspa-certificate-as'],
      requirement('!aspa-profile:3.2:customer-positive'),
    ],
    ['no provider', { providers: [] }, ['aspa-no-providers'], requirement('!aspa-profile:3.3:at-least-one')],
    [
      'descending',
      { providers: [64498, 64497] },
      ['aspa-provider-order'],
      requirement('!aspa-profile:3.3:ascending'),
    ],
    [
      'twice',
      { providers: [64497, 64497] },
      ['aspa-provider-order'],
      requirement('!aspa-profile:3.3:unique'),
    ],
    [
      'customer among providers',
      { providers: [64496, 64497] },
      ['aspa-own-provider'],
      requirement('!aspa-profile:3.3:not-the-customer'),
    ],
    [
      'AS 0 beside others',
      { providers: [0, 64497] },
      ['aspa-as0'],
      requirement('!aspa-profile:3.3:as0-alone'),
    ],
    ['10,000 providers', { providers: Array.from({ length: 10_000 }, (_, i) => 100_000 + i) }, []],
    [
      '10,001 providers',
      { providers: Array.from({ length: 10_001 }, (_, i) => 100_000 + i) },
      ['aspa-provider-limit'],
    ],
    [
      'another customer than the certificate',
      { customer: 64499 },
      ['aspa-certificate-as'],
      requirement('!aspa-profile:4:customer-is-the-id', '!aspa-profile:6:customer-in-certificate'),
    ],
  ])('%s gives %j', async (_, change, expected) => {
    const lab = await testLab();
    const { object } = await examineObject(await aspaObject(lab, GOOD), lab.material());
    if (object?.type !== 'aspa') throw new Error('not an ASPA object');
    const content = { version: 1, customer: 64496, providers: [64497, 64498], ...change };
    expect(codes(inspectAspa(content, object.envelope.certificate))).toEqual(expected);
  });

  it.each([
    ['300d800101020203e8300402020401', 'version-tag'],
    ['3024020300fdec301d3005020300fded3009020300fdee040200013009020300fdef04020002', 'aspa-profile'],
    ['300402020401', 'asn1-syntax'],
    ['', 'asn1-syntax'],
    ['300fa003020101020203e8300402020401ff', 'asn1-syntax'],
    ['3010a003020101020500ffffffff3001020100', 'asn1-syntax'],
    ['3010a003020101020601ffffffffff30030201', 'asn1-syntax'],
  ])('refuses %s with %s', (hex, code) => {
    requirement(
      '!aspa-profile:1:der',
      '!aspa-profile:3:econtent',
      '!aspa-profile:3.1:version-encoded',
      '!aspa-profile:3.2:customer-positive',
      '!aspa-profile:3.3:element-is-as-number',
    );
    expect(() => decodeAspaContent(fromHex(hex))).toThrowError(expect.objectContaining({ code }));
  });
});

describe('ROA eContent (RFC 6482 §3)', () => {
  it('round-trips', () => {
    const family = fc.constantFrom(1 as const, 2 as const).chain((afi) =>
      fc
        .array(
          fc
            .tuple(fc.nat(afi === 1 ? 32 : 128), fc.option(fc.nat(128), { nil: undefined }))
            .map(([length, extra]) => {
              const max = afi === 1 ? 32 : 128;
              const prefix = { afi, octets: new Uint8Array(afi === 1 ? 4 : 16), length };
              return extra === undefined ? { prefix } : { prefix, maxLength: Math.min(max, length + extra) };
            }),
          { minLength: 1, maxLength: 5 },
        )
        .map((prefixes) => ({ afi, prefixes })),
    );
    fc.assert(
      fc.property(arbitraryAsn, fc.array(family, { maxLength: 3 }), (asn, families) => {
        const content = { version: 0, asn, families };
        const der = encodeRoaContent(content);
        checkDer(der);
        expect(decodeRoaContent(der)).toEqual(content);
      }),
    );
  });
});
