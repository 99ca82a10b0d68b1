import * as asn1js from 'asn1js';
import {
  checkRouterCertificate,
  conforms,
  decodeRouterCertificate,
  isRouterCertificate,
  routerKeysOf,
} from 'pathsec/bgpsec';
import { DecodeError, fromHex, toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import {
  type CertificateParts,
  certificate,
  context,
  EXTENSIONS,
  extension,
  implicit,
  integer,
  name,
  oid,
  printable,
  sequence,
} from './certificates.js';
import { bits, check, failures, NOW, uri, utf8 } from './profile-world.js';
import { keyOf } from './world.js';

describe('the router certificate profile (RFC 8209 over RFC 6487)', () => {
  it('a conforming certificate: every subsection passes or needs the issuer', () => {
    const items = check();
    expect(items).toHaveLength(22);
    expect(failures(items)).toEqual([]);
    expect(failures(items, 'warning')).toEqual([]);
    expect(failures(items, 'not-checkable')).toEqual([
      'RFC 6487 7.2 (1)',
      'RFC 6487 7.2 (4)',
      'RFC 6487 7.2 (5)',
    ]);
    expect(conforms(items)).toBe(true);
  });

  it('without the time the validity interval is not checkable', () => {
    const decoded = decodeRouterCertificate(certificate());
    expect(failures(checkRouterCertificate(decoded), 'not-checkable')[0]).toBe('RFC 6487 4.6');
  });

  const asResources = (critical: boolean, ...value: asn1js.AsnType[]) => ({
    asResources: extension('1.3.6.1.5.5.7.1.8', critical, sequence(...value)),
  });
  const cases: readonly [string, string, CertificateParts][] = [
    ['version 1', 'RFC 6487 4.1', { version: 1 }],
    ['serial 0', 'RFC 6487 4.2', { serial: 0 }],
    ['ECDSA', 'RFC 6487 4.3', { signatureAlgorithm: '1.2.840.10045.4.3.2' }],
    ['issuer in UTF8String', 'RFC 6487 4.4', { issuer: name(['2.5.4.3', utf8('ca')]) }],
    [
      'issuer with a country',
      'RFC 6487 4.4',
      { issuer: name(['2.5.4.3', printable('ca')], ['2.5.4.6', printable('NL')]) },
    ],
    ['subject without CN', 'RFC 6487 4.5, RFC 8209 3.1.1', { subject: name(['2.5.4.5', printable('1')]) }],
    ['expired', 'RFC 6487 4.6', { notAfter: new Date('2026-02-01T00:00:00Z') }],
    ['not yet valid', 'RFC 6487 4.6', { notBefore: new Date('2026-07-01T00:00:00Z') }],
    ['an empty interval', 'RFC 6487 4.6', { notBefore: new Date('2028-07-01T00:00:00Z') }],
    [
      'Basic Constraints',
      'RFC 6487 4.8.1, RFC 8209 3.1.3.1',
      { extensions: { basic: extension('2.5.29.19', true, sequence()) } },
    ],
    ['no SKI', 'RFC 6487 4.8.2', { extensions: { ski: undefined } }],
    [
      'another SKI',
      'RFC 6487 4.8.2',
      {
        extensions: {
          ski: extension('2.5.29.14', false, new asn1js.OctetString({ valueHex: new Uint8Array(20) })),
        },
      },
    ],
    ['no AKI', 'RFC 6487 4.8.3', { extensions: { aki: undefined } }],
    [
      'AKI with a serial number',
      'RFC 6487 4.8.3',
      {
        extensions: {
          aki: extension(
            '2.5.29.35',
            false,
            sequence(
              implicit(0, new Uint8Array(20)),
              context(1, context(4, name(['2.5.4.3', printable('ca')]))),
              implicit(2, Uint8Array.of(1)),
            ),
          ),
        },
      },
    ],
    [
      'Key Usage not critical',
      'RFC 6487 4.8.4',
      { extensions: { keyUsage: extension('2.5.29.15', false, bits(0x80, 7)) } },
    ],
    [
      'two key usages',
      'RFC 6487 4.8.4',
      { extensions: { keyUsage: extension('2.5.29.15', true, bits(0xc0, 6)) } },
    ],
    ['no EKU', 'RFC 6487 4.8.5, RFC 8209 3.1.3.2', { extensions: { eku: undefined } }],
    [
      'anyExtendedKeyUsage',
      'RFC 6487 4.8.5, RFC 8209 3.1.3.2',
      { extensions: { eku: extension('2.5.29.37', false, sequence(oid('2.5.29.37.0'))) } },
    ],
    [
      'critical EKU',
      'RFC 6487 4.8.5, RFC 8209 3.1.3.2',
      { extensions: { eku: extension('2.5.29.37', true, sequence(oid('1.3.6.1.5.5.7.3.30'))) } },
    ],
    ['no CRLDP', 'RFC 6487 4.8.6', { extensions: { crldp: undefined } }],
    [
      'two distribution points',
      'RFC 6487 4.8.6',
      {
        extensions: {
          crldp: extension(
            '2.5.29.31',
            false,
            sequence(
              ...[1, 2].map(() => sequence(context(0, context(0, uri('rsync://example.net/ca.crl'))))),
            ),
          ),
        },
      },
    ],
    [
      'CRLDP without rsync',
      'RFC 6487 4.8.6',
      {
        extensions: {
          crldp: extension(
            '2.5.29.31',
            false,
            sequence(sequence(context(0, context(0, uri('https://example.net/x'))))),
          ),
        },
      },
    ],
    ['no AIA', 'RFC 6487 4.8.7', { extensions: { aia: undefined } }],
    [
      'AIA of another method',
      'RFC 6487 4.8.7',
      {
        extensions: {
          aia: extension(
            '1.3.6.1.5.5.7.1.1',
            false,
            sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), uri('rsync://a/b'))),
          ),
        },
      },
    ],
    [
      'SIA, even an empty one',
      'RFC 6487 4.8.8, RFC 8209 3.1.3.3',
      { extensions: { sia: extension('1.3.6.1.5.5.7.1.11', false, sequence()) } },
    ],
    [
      'another policy',
      'RFC 6487 4.8.9',
      { extensions: { policies: extension('2.5.29.32', true, sequence(sequence(oid('1.2.3')))) } },
    ],
    [
      'IP Resources',
      'RFC 6487 4.8.10, RFC 8209 3.1.3.4',
      { extensions: { ip: extension('1.3.6.1.5.5.7.1.7', true, sequence()) } },
    ],
    ['no AS Resources', 'RFC 6487 4.8.11, RFC 8209 3.1.3.5', { extensions: { asResources: undefined } }],
    [
      'AS Resources not critical',
      'RFC 6487 4.8.11, RFC 8209 3.1.3.5',
      { extensions: asResources(false, context(0, sequence(integer(64496)))) },
    ],
    [
      'inherit',
      'RFC 6487 4.8.11, RFC 8209 3.1.3.5',
      { extensions: asResources(true, context(0, new asn1js.Null())) },
    ],
    [
      'no ASN',
      'RFC 6487 4.8.11, RFC 8209 3.1.3.5',
      { extensions: asResources(true, context(0, sequence())) },
    ],
    [
      'RDI',
      'RFC 6487 4.8.11, RFC 8209 3.1.3.5',
      { extensions: asResources(true, context(0, sequence(integer(1))), context(1, new asn1js.Null())) },
    ],
    [
      'unsorted ASNs',
      'RFC 6487 4.8.11, RFC 8209 3.1.3.5',
      { extensions: asResources(true, context(0, sequence(integer(2), integer(1)))) },
    ],
    [
      'an extension of another kind',
      'RFC 6487 4.8',
      { extensions: { other: extension('1.2.3.4', false, sequence()) } },
    ],
    ['an extension twice', 'RFC 6487 4.8', { extensions: { again: EXTENSIONS.aki } }],
  ];
  it.each(cases)('%s fails %s alone', (_name, section, parts) => {
    expect(failures(check(parts))).toEqual([section]);
  });

  it('a key that is none fails with its identifier', () => {
    const spki = fromHex(toHex(keyOf(64496).spki).replace(/..$/, '00'));
    expect(failures(check({ spki }))).toEqual(['RFC 6487 4.7, RFC 8608 3.1', 'RFC 6487 4.8.2']);
  });

  it('a name of another form and a 4096-bit issuer are warnings', () => {
    const items = check({ subject: name(['2.5.4.3', utf8('ROUTER-1234')]), signatureOctets: 512 });
    expect(failures(items)).toEqual([]);
    expect(failures(items, 'warning')).toEqual(['RFC 6487 4.3', 'RFC 6487 4.5, RFC 8209 3.1.1']);
  });

  it('a router certificate is told from a CA certificate by its content', () => {
    const is = (parts: CertificateParts) => isRouterCertificate(decodeRouterCertificate(certificate(parts)));
    expect(is({})).toBe(true);
    expect(is({ extensions: { eku: undefined } })).toBe(false);
    expect(is({ extensions: { basic: extension('2.5.29.19', true, sequence()) } })).toBe(false);
  });

  it('gives a key for each range, large ASNs included', () => {
    const extensions = asResources(
      true,
      context(0, sequence(sequence(integer(3000), integer(9001)), integer(4294967295))),
    );
    const keys = routerKeysOf(decodeRouterCertificate(certificate({ extensions })));
    expect(keys.map(({ min, max }) => [min, max])).toEqual([
      [3000, 9001],
      [4294967295, 4294967295],
    ]);
    expect(keys[0]?.spki).toEqual(keyOf(64496).spki);
    const without = decodeRouterCertificate(certificate({ extensions: { ski: undefined } }));
    expect(() => routerKeysOf(without)).toThrow(expect.objectContaining({ code: 'certificate-key' }));
  });
});

describe('certificates that cannot be read', () => {
  it.each([
    ['der', ''],
    ['der', '3000ff'],
    ['der', '3080'],
    ['certificate-syntax', '3000'],
    ['certificate-syntax', '0500'],
    ['certificate-syntax', toHex(keyOf(1).spki)],
  ])('%s', (code, hex) => {
    expect(() => decodeRouterCertificate(fromHex(hex))).toThrow(
      expect.objectContaining({ name: 'DecodeError', code }),
    );
  });
  it('any change gives a certificate or a DecodeError', () => {
    const der = certificate();
    for (let at = 0; at < der.length; at += 3) {
      const changed = der.slice();
      changed[at] = (changed[at] as number) ^ 0x21;
      try {
        expect(checkRouterCertificate(decodeRouterCertificate(changed), NOW)).toHaveLength(22);
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }
  });
});
