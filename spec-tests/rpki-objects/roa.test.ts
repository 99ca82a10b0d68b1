import { describe, expect, it } from 'vitest';
import { type Citation, requirement } from '../kit/citation.js';
import { attribute, ID, type ObjectPlan } from '../kit/objects/generator/builder.js';
import { asIdentifiers, asIds, extension } from '../kit/objects/generator/certificate.js';
import { bitString, context, int, NULL, octetString, oid, seq } from '../kit/objects/generator/der.js';
import { address, codesOf, examined, family, HELD, inheritedIp } from './object-world.js';

const NET = [192, 0, 2, 0];
const roa = (families: readonly Buffer[], version: readonly Buffer[] = [], asn = 64496): Buffer =>
  seq(...version, int(asn), seq(...families));
const examine = (content: Buffer, extensions: Readonly<Record<string, Buffer | undefined>> = HELD) =>
  examined({ content, eContentType: ID.roa, ee: { extensions } }, 'roa');
const GOOD = roa([family(1, address(NET, 24))]);
/** IPv4 and IPv6 resources: 192.0.2.0/24 and all of IPv6 that maps IPv4. */
const bothFamilies = (six: Buffer): Buffer =>
  extension(
    '1.3.6.1.5.5.7.1.7',
    seq(
      seq(octetString(Buffer.of(0, 1)), seq(bitString(Buffer.from(NET.slice(0, 3))))),
      seq(octetString(Buffer.of(0, 2)), six),
    ),
    true,
  );

describe('ROAs (RFC 9582)', () => {
  it.each<[string, Buffer]>([
    ['one prefix', GOOD],
    ['AS 0', roa([family(1, address(NET, 24))], [], 0)],
    ['a maxLength', roa([family(1, address(NET, 24, 26))])],
    ['the longest maxLength', roa([family(1, address(NET, 24, 32))])],
    [
      'prefixes in canonical order',
      roa([
        family(1, address(NET, 24), address(NET, 25), address(NET, 25, 26), address([192, 0, 2, 128], 25)),
      ]),
    ],
  ])('with %s are valid without a remark', async (_, content) => {
    requirement(
      'rfc9582:3:content-type',
      'rfc9582:4:econtent',
      'rfc9582:4.1:version-0',
      'rfc9582:4.3:not-empty',
      'rfc9582:4.3.1:family',
      'rfc9582:4.3.1:no-mapped-address',
      'rfc9582:4.3.1:family-once',
      'rfc9582:4.3.2.1:address',
      'rfc9582:4.3.2.2:max-length',
      'rfc9582:4.3.2.2:superfluous',
      'rfc9582:4.3.3:canonical',
      'rfc9582:5:rfc6488-checks',
      'rfc9582:5:prefixes-held',
      'rfc9582:5:no-inherit',
      'rfc9582:5:no-as-resources',
      'rfc9582:5:as-a-whole',
      'rfc9582:6:integrity',
    );
    const result = await examine(content);
    expect([result.verdict, result.findings]).toEqual(['valid', []]);
    expect(result.payloads.vrps.length).toBeGreaterThan(0);
  });

  it.each<[string, string[], Buffer]>([
    ['a prefix twice', ['roa-canonical'], roa([family(1, address(NET, 24), address(NET, 24))])],
    [
      'prefixes out of order',
      ['roa-canonical'],
      roa([family(1, address([192, 0, 2, 128], 25), address(NET, 25))]),
    ],
    [
      'a longer maxLength before a shorter one',
      ['roa-canonical'],
      roa([family(1, address(NET, 24, 26), address(NET, 24, 25))]),
    ],
    ['a superfluous maxLength', ['roa-max-length-superfluous'], roa([family(1, address(NET, 24, 24))])],
  ])('with %s are valid with a warning: %j (§4.3.2.2, §4.3.3: SHOULD)', async (_, expected, content) => {
    requirement('!rfc9582:4.3.2.2:superfluous', '!rfc9582:4.3.3:canonical');
    const result = await examine(content);
    expect([result.verdict, codesOf(result, 'warning')]).toEqual(['valid', expected]);
  });

  it.each<[string, string[], Buffer, (readonly Citation[])?]>([
    [
      'an explicit version 0',
      ['version-default'],
      roa([family(1, address(NET, 24))], [context(0, int(0))]),
      requirement('!rfc9582:4:econtent', '!rfc9582:4.1:version-0'),
    ],
    [
      'version 1',
      ['roa-version'],
      roa([family(1, address(NET, 24))], [context(0, int(1))]),
      requirement('!rfc9582:4.1:version-0'),
    ],
    ['no family', ['roa-no-prefix'], roa([]), requirement('!rfc9582:4.3:not-empty')],
    ['a family without prefixes', ['roa-no-prefix'], roa([family(1)]), requirement('!rfc9582:4.3:not-empty')],
    [
      'a family twice',
      ['roa-family-twice'],
      roa([family(1, address(NET, 24)), family(1, address([192, 0, 2, 128], 25))]),
      requirement('!rfc9582:4.3.1:family-once'),
    ],
    [
      'a maxLength below the prefix length',
      ['roa-max-length'],
      roa([family(1, address(NET, 24, 23))]),
      requirement('!rfc9582:4.3.2.2:max-length'),
    ],
    [
      'a maxLength above 32',
      ['roa-max-length'],
      roa([family(1, address(NET, 24, 33))]),
      requirement('!rfc9582:4.3.2.2:max-length'),
    ],
    [
      'a negative maxLength',
      ['asn1-syntax'],
      roa([family(1, address(NET, 24, -1))]),
      requirement('!rfc9582:4.3.2.2:max-length'),
    ],
    [
      'a maxLength of 280',
      ['asn1-syntax'],
      roa([family(1, address(NET, 24, 280))]),
      requirement('!rfc9582:4.3.2.2:max-length'),
    ],
    [
      '40 bits of an IPv4 address',
      ['asn1-syntax'],
      roa([family(1, address([...NET, 0], 40))]),
      requirement('!rfc9582:4.3.2.1:address'),
    ],
    [
      'a SAFI',
      ['asn1-syntax'],
      roa([seq(octetString(Buffer.of(0, 1, 1)), seq(address(NET, 24)))]),
      requirement('!rfc9582:4:econtent', '!rfc9582:4.3.1:family'),
    ],
    [
      'a third family',
      ['asn1-syntax'],
      roa([family(3, address(NET, 24))]),
      requirement('!rfc9582:4.3.1:family'),
    ],
    [
      'an AS number of 33 bits',
      ['asn1-syntax'],
      roa([family(1, address(NET, 24))], [], 2 ** 32),
      requirement('!rfc9582:4:econtent'),
    ],
    [
      'a negative AS number',
      ['asn1-syntax'],
      roa([family(1, address(NET, 24))], [], -1),
      requirement('!rfc9582:4:econtent'),
    ],
    [
      'a prefix that the EE certificate does not hold',
      ['roa-prefix-not-held'],
      roa([family(1, address(NET, 23))]),
      requirement('!rfc9582:5:prefixes-held', '!rfc9582:5:as-a-whole'),
    ],
  ])('with %s are invalid: %j', async (_, expected, content) => {
    const result = await examine(content);
    expect([result.verdict, codesOf(result, 'error')]).toEqual(['invalid', expected]);
    expect(result.payloads.vrps).toEqual([]);
    for (const { section } of result.findings) expect(section).toMatch(/^RFC \d{4} §/);
  });

  it.each<[string, string[], Record<string, Buffer | undefined>]>([
    ['AS resources', ['roa-certificate-as'], { ...HELD, asIdentifiers: asIds(64496) }],
    ['inherited AS resources', ['roa-certificate-as'], { ...HELD, asIdentifiers: asIdentifiers(NULL) }],
    ['inherited IP resources', ['roa-certificate-inherit'], { ...HELD, ipBlocks: inheritedIp }],
    [
      'inherited resources of a family that the ROA has not',
      ['roa-certificate-inherit'],
      { ...HELD, ipBlocks: bothFamilies(NULL) },
    ],
    [
      'no IP resources',
      ['roa-certificate-as', 'roa-prefix-not-held'],
      { asIdentifiers: asIds(64496), ipBlocks: undefined },
    ],
  ])('whose EE certificate has %s are invalid: %j (§5)', async (_, expected, extensions) => {
    requirement('!rfc9582:5:prefixes-held', '!rfc9582:5:no-inherit', '!rfc9582:5:no-as-resources');
    const result = await examine(GOOD, extensions);
    expect([result.verdict, codesOf(result, 'error')]).toEqual(['invalid', expected]);
  });

  it.each<[string, string, ObjectPlan]>([
    [
      'the content-type attribute of a manifest',
      'cms-content-type',
      { attributes: { contentType: attribute(ID.contentType, oid(ID.manifest)) } },
    ],
    ['SignedData version 4', 'cms-version', { version: 4 }],
    ['a wrong signature', 'cms-signature', { flip: 1 }],
    ['a certificate of another issuer', 'path-signature', { ee: { flip: 1, extensions: HELD } }],
  ])('with %s are invalid: %s (§3, §5, §6)', async (_, expected, plan) => {
    requirement(
      '!rfc9582:3:content-type',
      '!rfc9582:5:rfc6488-checks',
      '!rfc9582:5:as-a-whole',
      '!rfc9582:6:integrity',
    );
    const good = { content: GOOD, eContentType: ID.roa, ee: { extensions: HELD } };
    const result = await examined({ ...good, ...plan }, 'roa');
    expect([result.verdict, codesOf(result, 'error')]).toEqual(['invalid', [expected]]);
    expect(result.payloads.vrps).toEqual([]);
  });

  it('with an IPv4 prefix in the form of IPv6 are invalid (§4.3.1)', async () => {
    requirement('!rfc9582:4.3.1:no-mapped-address');
    const octets = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...NET];
    const mapped = bothFamilies(seq(bitString(Buffer.from(octets.slice(0, 15)))));
    const result = await examine(roa([family(2, address(octets, 120))]), { ...HELD, ipBlocks: mapped });
    // The trust anchor of these tests holds no IPv6.
    expect(codesOf(result, 'error')).toEqual(['roa-mapped-address', 'resources-overclaim']);
  });
});
