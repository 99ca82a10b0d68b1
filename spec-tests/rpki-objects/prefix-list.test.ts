import fc from 'fast-check';
import { fromHex, toHex } from 'pathsec/bytes';
import { comparePrefix, formatPrefix } from 'pathsec/inet';
import { decodePrefixListContent, encodePrefixListContent } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { type Citation, requirement } from '../kit/citation.js';
import { ID } from '../kit/objects/generator/builder.js';
import { asIds, ipBlocks } from '../kit/objects/generator/certificate.js';
import { bitString, context, int, octetString, seq } from '../kit/objects/generator/der.js';
import { arbitraryPrefix } from '../payload/arbitrary-payloads.js';
import { codesOf, examined, family, INHERITED } from './object-world.js';

/** The example of prefixlist, Appendix A.1. */
const EXAMPLE = `3081b102023cca3081aa307304020001306d03040043ddf5030400a5fee1
030506a5feff00030400c093a8030400c22047030400c63a03030401cc02
1e030400d11800030400d11801030400d11803030402d11804030403d118
08030400d11808030400d11809030404d11810030405d11820030406d118
40030407d11880303304020002302d03070120010418144e030700200106
7c208c030700200107fbfd040307002607fae002450307002a0eb2400000`.replaceAll('\n', '');

const bits = (octets: readonly number[], length: number): Buffer => {
  const count = Math.ceil(length / 8);
  return bitString(Buffer.from(octets.slice(0, count)), 8 * count - length);
};
const NET = [192, 0, 2, 0];
const list = (families: readonly Buffer[], version: readonly Buffer[] = [], asn = 64496): Buffer =>
  seq(...version, int(asn), seq(...families));
const GOOD = list([family(1, bits(NET, 24)), family(2, bits([0x20, 1, 0xd, 0xb8], 32))]);
const examine = (content: Buffer, extensions: Readonly<Record<string, Buffer | undefined>> = {}) =>
  examined({ content, eContentType: ID.prefixList, ee: { extensions } }, 'spl');

describe('the example of the draft', () => {
  const content = decodePrefixListContent(fromHex(EXAMPLE));

  it('is read, in canonical order but for one place, and written as it was', () => {
    requirement('prefixlist:3:econtent', 'prefixlist:3.3.1:prefix');
    expect([content.version, content.asn]).toEqual([0, 15562]);
    const prefixes = content.families.map((one) => one.prefixes.map(formatPrefix));
    expect(prefixes.map(({ length }) => length)).toEqual([18, 5]);
    expect([prefixes[0]?.slice(0, 3), prefixes[1]?.slice(0, 2)]).toEqual([
      ['67.221.245.0/24', '165.254.225.0/24', '165.254.255.0/26'],
      ['2001:418:144e::/47', '2001:67c:208c::/48'],
    ]);
    expect(toHex(encodePrefixListContent(content))).toBe(EXAMPLE);
  });
});

describe('signed prefix lists', () => {
  it.each<[string, Buffer]>([
    ['a prefix of each family', GOOD],
    ['no prefix at all', list([])],
    ['IPv6 alone', list([family(2, bits([0x20, 1, 0xd, 0xb8], 32))])],
    ['a prefix and its more specific ones', list([family(1, bits(NET, 24), bits(NET, 25), bits(NET, 32))])],
    ['the whole of a family', list([family(1, bits([], 0))])],
  ])('with %s are valid without a remark', async (_, content) => {
    requirement(
      'prefixlist:2:oid',
      'prefixlist:3:econtent',
      'prefixlist:3.1:version-0',
      'prefixlist:3.2:as-held',
      'prefixlist:3.3:family-order',
      'prefixlist:3.3.1:family',
      'prefixlist:3.3.1:prefix',
      'prefixlist:3.3.2:canonical',
      'prefixlist:5:rfc6488-checks',
      'prefixlist:5:as-resources-present',
      'prefixlist:5:no-inherit',
      'prefixlist:5:no-ip-resources',
    );
    const result = await examine(content);
    expect([result.verdict, result.findings]).toEqual(['valid', []]);
    expect(result.payloads.prefixLists).toMatchObject([{ asn: 64496 }]);
  });

  it('may be of one of several ASes of the certificate', async () => {
    requirement('prefixlist:3.2:as-held');
    const result = await examine(GOOD, { asIdentifiers: asIds([64496, 64500], 64510) });
    expect(result.verdict).toBe('valid');
  });

  it('speak of the listed prefixes and not of more specific ones', async () => {
    requirement('prefixlist:4:exact', '!prefixlist:4:exact');
    const { payloads } = await examine(list([family(1, bits(NET, 24), bits(NET, 26))]));
    expect(payloads.prefixLists[0]?.prefixes.map(formatPrefix)).toEqual(['192.0.2.0/24', '192.0.2.0/26']);
  });

  it.each<[string, string[], Buffer, (readonly Citation[])?]>([
    [
      'an explicit version 0',
      ['version-default'],
      list([family(1, bits(NET, 24))], [context(0, int(0))]),
      requirement('!prefixlist:3:econtent', '!prefixlist:3.1:version-0'),
    ],
    [
      'version 1',
      ['prefix-list-version'],
      list([family(1, bits(NET, 24))], [context(0, int(1))]),
      requirement('!prefixlist:3.1:version-0'),
    ],
    [
      'AS 0',
      ['prefix-list-as', 'prefix-list-as-not-held'],
      list([family(1, bits(NET, 24))], [], 0),
      requirement('!prefixlist:3:econtent'),
    ],
    ['an AS number of 33 bits', ['asn1-syntax'], list([family(1, bits(NET, 24))], [], 2 ** 32)],
    [
      'another AS than the certificate',
      ['prefix-list-as-not-held'],
      list([family(1, bits(NET, 24))], [], 64497),
      requirement('!prefixlist:3.2:as-held'),
    ],
    [
      'IPv6 before IPv4',
      ['prefix-list-family-order'],
      list([family(2, bits([0x20, 1], 16)), family(1, bits(NET, 24))]),
      requirement('!prefixlist:3.3:family-order'),
    ],
    [
      'a family twice',
      ['prefix-list-family-order'],
      list([family(1, bits(NET, 24)), family(1, bits(NET, 25))]),
      requirement('!prefixlist:3.3:family-order'),
    ],
    [
      'a family without prefixes',
      ['prefix-list-empty-family'],
      list([family(1)]),
      requirement('!prefixlist:3.3.1:family'),
    ],
    [
      'a third family',
      ['asn1-syntax'],
      list([family(3, bits(NET, 24))]),
      requirement('!prefixlist:3.3.1:family'),
    ],
    ['a SAFI', ['asn1-syntax'], list([seq(octetString(Buffer.of(0, 1, 1)), seq(bits(NET, 24)))])],
    [
      '40 bits of an IPv4 address',
      ['asn1-syntax'],
      list([family(1, bits([...NET, 0], 40))]),
      requirement('!prefixlist:3.3.1:prefix'),
    ],
    [
      'a prefix twice',
      ['prefix-list-canonical'],
      list([family(1, bits(NET, 24), bits(NET, 24))]),
      requirement('!prefixlist:3.3.2:canonical'),
    ],
    [
      'a longer prefix before a shorter one',
      ['prefix-list-canonical'],
      list([family(1, bits(NET, 25), bits(NET, 24))]),
      requirement('!prefixlist:3.3.2:canonical'),
    ],
    ['a fourth member', ['asn1-syntax'], seq(int(64496), seq(), int(1))],
  ])('with %s are invalid: %j', async (_, expected, content) => {
    const result = await examine(content);
    expect([result.verdict, codesOf(result, 'error'), result.payloads.prefixLists]).toEqual([
      'invalid',
      expected,
      [],
    ]);
  });

  it.each<[string, string[], Readonly<Record<string, Buffer | undefined>>, readonly Citation[]]>([
    [
      'no AS resources, but IP resources',
      ['prefix-list-certificate-as', 'prefix-list-certificate-ip'],
      { asIdentifiers: undefined, ipBlocks },
      requirement('!prefixlist:5:as-resources-present', '!prefixlist:5:no-ip-resources'),
    ],
    [
      'IP resources beside the AS',
      ['prefix-list-certificate-ip'],
      { ipBlocks },
      requirement('!prefixlist:5:no-ip-resources'),
    ],
    [
      'inherited resources',
      ['prefix-list-certificate-inherit', 'prefix-list-certificate-ip'],
      INHERITED,
      requirement('!prefixlist:5:no-inherit'),
    ],
  ])('whose certificate has %s are invalid: %j', async (_, expected, extensions) => {
    const result = await examine(GOOD, extensions);
    expect([result.verdict, codesOf(result, 'error')]).toEqual(['invalid', expected]);
  });

  it('under the type of another object, or with a signature that is broken, are invalid', async () => {
    requirement('!prefixlist:2:oid', '!prefixlist:5:rfc6488-checks');
    const asRoa = await examined({ content: GOOD, eContentType: ID.roa }, 'spl');
    expect([asRoa.verdict, asRoa.object?.type]).toEqual(['invalid', 'roa']);
    const broken = await examined({ content: GOOD, eContentType: ID.prefixList, flip: 1 }, 'spl');
    expect([broken.verdict, codesOf(broken, 'error')]).toEqual(['invalid', ['cms-signature']]);
  });

  it('survive encode, decode, encode', () => {
    const families = fc.uniqueArray(arbitraryPrefix, {
      maxLength: 8,
      comparator: (a, b) => comparePrefix(a, b) === 0,
    });
    fc.assert(
      fc.property(families, fc.nat(3), fc.nat(0xffff_ffff), (prefixes, version, asn) => {
        const content = {
          version,
          asn,
          families: ([1, 2] as const).map((afi) => ({
            afi,
            prefixes: prefixes.filter((prefix) => prefix.afi === afi),
          })),
        };
        const octets = encodePrefixListContent(content);
        expect(decodePrefixListContent(octets)).toEqual(content);
        expect(encodePrefixListContent(decodePrefixListContent(octets))).toEqual(octets);
      }),
    );
  });
});
