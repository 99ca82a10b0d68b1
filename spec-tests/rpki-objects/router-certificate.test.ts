import * as asn1js from 'asn1js';
import { DecodeError, fromHex, toHex } from 'pathsec/bytes';
import { certificateKind, certifiedRouterKeys, checkCertificate, decodeCertificate } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import { type Citation, requirement } from '../kit/citation.js';
import { bits, check, failures, NOW, uri, utf8 } from './profile-world.js';
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
} from './router-certificates.js';

describe('the router certificate profile (RFC 8209 over RFC 6487)', () => {
  it('a conforming certificate: every subsection passes or needs the issuer', () => {
    requirement(
      'rfc8209:3.1:consistent-with-rfc6487',
      'rfc8209:3.1.2:subject-public-key-info',
      'rfc8209:3.1.3.1:no-basic-constraints',
      'rfc8209:3.1.3.2:eku-included',
      'rfc8209:3.1.3.2:eku-not-critical',
      'rfc8209:3.1.3.3:no-sia',
      'rfc8209:3.1.3.4:no-ip-resources',
      'rfc8209:3.1.3.5:as-resources-included',
      'rfc8209:3.3:required-fields',
      'rfc8209:3.3:eku',
      'rfc8209:3.3:no-sia',
      'rfc8209:3.3:no-ip-resources',
      'rfc8209:3.3:as-resources',
      'rfc8209:3.3:public-key',
      'rfc8608:4:certificate-signature',
    );
    const items = check();
    expect(items).toHaveLength(56);
    expect(failures(items)).toEqual([]);
    expect(failures(items, 'warning')).toEqual([]);
    expect(failures(items, 'not-checkable')).toEqual([
      'path-signature',
      'certificate-revoked',
      'resources-overclaim',
    ]);
    for (const { section, outcome, message } of items) {
      expect(section).toMatch(/^(?:RFC \d+ §|X\.)/);
      expect(message === '').toBe(outcome === 'pass');
    }
  });

  it('without the time the validity interval is not checkable', () => {
    const items = checkCertificate(decodeCertificate(certificate()));
    expect(failures(items, 'not-checkable')[0]).toBe('certificate-time');
    expect(items).toHaveLength(56);
  });

  const asResources = (critical: boolean, ...value: asn1js.AsnType[]) => ({
    asResources: extension('1.3.6.1.5.5.7.1.8', critical, sequence(...value)),
  });
  const cases: readonly [string, readonly string[], CertificateParts, (readonly Citation[])?][] = [
    [
      'version 1',
      ['certificate-version'],
      { version: 1 },
      requirement('!rfc8209:3.1:consistent-with-rfc6487'),
    ],
    ['serial 0', ['certificate-serial'], { serial: 0 }],
    [
      'ECDSA',
      ['certificate-signature-algorithm'],
      { signatureAlgorithm: '1.2.840.10045.4.3.2' },
      requirement('!rfc8608:4:certificate-signature'),
    ],
    [
      'issuer in IA5String',
      ['issuer-name-type'],
      { issuer: name(['2.5.4.3', new asn1js.IA5String({ value: 'ca' })]) },
    ],
    [
      'issuer with a country',
      ['issuer-name'],
      { issuer: name(['2.5.4.3', printable('ca')], ['2.5.4.6', printable('NL')]) },
    ],
    ['subject without CN', ['subject-name'], { subject: name(['2.5.4.5', printable('1')]) }],
    [
      'expired',
      ['certificate-time'],
      { notAfter: new Date('2026-02-01T00:00:00Z') },
      requirement('!rfc8209:3.3:validation-of-rfc6487'),
    ],
    ['not yet valid', ['certificate-time'], { notBefore: new Date('2026-07-01T00:00:00Z') }],
    [
      'an empty interval',
      ['certificate-validity', 'certificate-time'],
      { notBefore: new Date('2028-07-01T00:00:00Z') },
    ],
    [
      'Basic Constraints',
      ['basic-constraints'],
      { extensions: { basic: extension('2.5.29.19', true, sequence()) } },
      requirement('!rfc8209:3.1.3.1:no-basic-constraints'),
    ],
    [
      'no SKI',
      ['subject-key-identifier'],
      { extensions: { ski: undefined } },
      requirement('!rfc8209:3.3:required-fields'),
    ],
    [
      'another SKI',
      ['subject-key-identifier'],
      {
        extensions: {
          ski: extension('2.5.29.14', false, new asn1js.OctetString({ valueHex: new Uint8Array(20) })),
        },
      },
    ],
    [
      'no AKI',
      ['authority-key-identifier'],
      { extensions: { aki: undefined } },
      requirement('!rfc8209:3.1:consistent-with-rfc6487', '!rfc8209:3.3:required-fields'),
    ],
    [
      'AKI with a serial number',
      ['authority-key-identifier'],
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
      ['extension-not-critical'],
      { extensions: { keyUsage: extension('2.5.29.15', false, bits(0x80, 7)) } },
      requirement('!rfc8209:3.1:consistent-with-rfc6487'),
    ],
    [
      'two key usages',
      ['key-usage'],
      { extensions: { keyUsage: extension('2.5.29.15', true, bits(0xc0, 6)) } },
    ],
    [
      'no EKU',
      ['extended-key-usage'],
      { extensions: { eku: undefined } },
      requirement('!rfc8209:3.1.3.2:eku-included', '!rfc8209:3.2:purpose-honoured', '!rfc8209:3.3:eku'),
    ],
    [
      'anyExtendedKeyUsage',
      ['extended-key-usage'],
      { extensions: { eku: extension('2.5.29.37', false, sequence(oid('2.5.29.37.0'))) } },
      requirement(
        '!rfc8209:3.1.3.2:reject-without-purpose',
        '!rfc8209:3.2:purpose-honoured',
        '!rfc8209:3.3:eku',
      ),
    ],
    [
      'critical EKU',
      ['extension-critical'],
      { extensions: { eku: extension('2.5.29.37', true, sequence(oid('1.3.6.1.5.5.7.3.30'))) } },
      requirement('!rfc8209:3.1.3.2:eku-not-critical'),
    ],
    [
      'no CRLDP',
      ['crl-distribution-points'],
      { extensions: { crldp: undefined } },
      requirement('!rfc8209:3.3:required-fields'),
    ],
    [
      'two distribution points',
      ['crl-distribution-points'],
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
      ['crl-distribution-points'],
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
    [
      'no AIA',
      ['authority-info-access'],
      { extensions: { aia: undefined } },
      requirement('!rfc8209:3.3:required-fields'),
    ],
    [
      'AIA of another method',
      ['authority-info-access'],
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
      ['subject-info-access'],
      { extensions: { sia: extension('1.3.6.1.5.5.7.1.11', false, sequence()) } },
      requirement('!rfc8209:3.1.3.3:no-sia', '!rfc8209:3.2:sia-not-honoured', '!rfc8209:3.3:no-sia'),
    ],
    [
      'another policy',
      ['certificate-policies'],
      { extensions: { policies: extension('2.5.29.32', true, sequence(sequence(oid('1.2.3')))) } },
    ],
    [
      'IP Resources',
      ['ip-resources', 'ip-resources-empty'],
      { extensions: { ip: extension('1.3.6.1.5.5.7.1.7', true, sequence()) } },
      requirement('!rfc8209:3.1.3.4:no-ip-resources', '!rfc8209:3.3:no-ip-resources'),
    ],
    [
      'no AS Resources',
      ['no-resources', 'as-resources'],
      { extensions: { asResources: undefined } },
      requirement('!rfc8209:3.1.3.5:as-resources-included', '!rfc8209:3.3:as-resources'),
    ],
    [
      'AS Resources not critical',
      ['extension-not-critical'],
      { extensions: asResources(false, context(0, sequence(integer(64496)))) },
      requirement('!rfc8209:3.1.3.5:as-resources-included'),
    ],
    [
      'inherit',
      ['as-resources-inherit'],
      { extensions: asResources(true, context(0, new asn1js.Null())) },
      requirement('!rfc8209:3.1.3.5:no-inherit'),
    ],
    [
      'no ASN',
      ['as-resources-empty'],
      { extensions: asResources(true, context(0, sequence())) },
      requirement('!rfc8209:3.1.3.5:one-asn-or-more'),
    ],
    [
      'RDI',
      ['routing-domain-identifiers'],
      { extensions: asResources(true, context(0, sequence(integer(1))), context(1, new asn1js.Null())) },
      requirement('!rfc8209:3.1.3.5:as-resources-included'),
    ],
    [
      'unsorted ASNs',
      ['as-resources-order'],
      { extensions: asResources(true, context(0, sequence(integer(2), integer(1)))) },
    ],
    [
      'an extension of another kind',
      ['unknown-extension'],
      { extensions: { other: extension('1.2.3.4', false, sequence()) } },
    ],
  ];
  it.each(cases)('%s fails %j alone', (name, codes, parts) => {
    // Without its purpose nothing tells a router certificate, so the profile has to be named.
    const kind = /EKU|anyExtended/.test(name) ? 'router' : undefined;
    expect(failures(checkCertificate(decodeCertificate(certificate(parts)), NOW, kind))).toEqual(codes);
  });

  it('an issuer in UTF8String is a warning (D-name-utf8-string), a subject in UTF8String none (RFC 8209 §3.1.1)', () => {
    const items = check({
      issuer: name(['2.5.4.3', utf8('ca')]),
      subject: name(['2.5.4.3', utf8('ROUTER-0000FBF0')]),
    });
    expect(failures(items)).toEqual([]);
    expect(failures(items, 'warning')).toEqual(['issuer-name-utf8']);
  });

  it('an extension twice cannot be decoded', () => {
    const der = certificate({ extensions: { again: EXTENSIONS.aki } });
    expect(() => decodeCertificate(der)).toThrow(expect.objectContaining({ code: 'duplicate-extension' }));
  });

  it('Key Usage with trailing zero bits is no DER', () => {
    const keyUsage = extension('2.5.29.15', true, bits(0x80, 0));
    expect(failures(check({ extensions: { keyUsage } }))).toEqual(['key-usage-encoding']);
  });

  it('an AIA that also names something other than a URI fails; upper-case schemes do not', () => {
    const access = (...locations: asn1js.AsnType[]) => ({
      extensions: {
        aia: extension(
          '1.3.6.1.5.5.7.1.1',
          false,
          sequence(...locations.map((location) => sequence(oid('1.3.6.1.5.5.7.48.2'), location))),
        ),
      },
    });
    const directory = context(4, name(['2.5.4.3', printable('ca')]));
    expect(failures(check(access(uri('rsync://a/b.cer'), directory)))).toEqual(['authority-info-access']);
    expect(failures(check(access(uri('RSYNC://a/b.cer'))))).toEqual([]);
  });

  it('a key that is none fails with its identifier', () => {
    requirement('!rfc8209:3.1.2:subject-public-key-info', '!rfc8209:3.3:public-key');
    const spki = fromHex(toHex(keyOf(64496).spki).replace(/..$/, '00'));
    expect(failures(check({ spki }))).toEqual(['public-key', 'subject-key-identifier']);
  });

  it('a name of another form and a 4096-bit issuer are warnings', () => {
    requirement('!rfc8209:3.1.1:common-name-form');
    const items = check({ subject: name(['2.5.4.3', utf8('ROUTER-1234')]), signatureOctets: 512 });
    expect(failures(items)).toEqual([]);
    expect(failures(items, 'warning')).toEqual(['issuer-key-size', 'router-name-form']);
  });

  it('a router certificate is told from a CA certificate by its content', () => {
    requirement('!rfc8209:3.2:ca-flag-not-honoured');
    const kind = (parts: CertificateParts) => certificateKind(decodeCertificate(certificate(parts)));
    expect(kind({})).toBe('router');
    expect(kind({ extensions: { eku: undefined } })).toBe('ee');
    const ca = sequence(new asn1js.Boolean({ value: true }));
    expect(kind({ extensions: { basic: extension('2.5.29.19', true, ca) } })).toBe('ca');
    // Basic Constraints that deny being a CA leave it a router certificate, a faulty one.
    expect(kind({ extensions: { basic: extension('2.5.29.19', true, sequence()) } })).toBe('router');
  });

  it('gives a key for each range, large ASNs included', () => {
    requirement('rfc8209:3.1.3.5:one-asn-or-more');
    const extensions = asResources(
      true,
      context(0, sequence(sequence(integer(3000), integer(9001)), integer(4294967295))),
    );
    const keys = certifiedRouterKeys(decodeCertificate(certificate({ extensions })));
    expect(keys.map(({ min, max }) => [min, max])).toEqual([
      [3000, 9001],
      [4294967295, 4294967295],
    ]);
    expect(keys[0]?.spki).toEqual(keyOf(64496).spki);
    const asns = (...value: asn1js.AsnType[]) =>
      decodeCertificate(certificate({ extensions: asResources(true, context(0, ...value)) }));
    // No path can hold AS 0.
    expect(certifiedRouterKeys(asns(sequence(sequence(integer(0), integer(2)))))[0]).toMatchObject({
      min: 1,
      max: 2,
    });
    for (const none of [asns(new asn1js.Null()), asns(sequence()), asns(sequence(integer(0)))]) {
      expect(() => certifiedRouterKeys(none)).toThrow(expect.objectContaining({ code: 'certificate-key' }));
    }
    const off = fromHex(toHex(keyOf(64496).spki).replace(/..$/, '00'));
    expect(() => certifiedRouterKeys(decodeCertificate(certificate({ spki: off })))).toThrow(
      expect.objectContaining({ code: 'certificate-key' }),
    );
    const without = decodeCertificate(certificate({ extensions: { ski: undefined } }));
    expect(() => certifiedRouterKeys(without)).toThrow(expect.objectContaining({ code: 'certificate-key' }));
  });
});

describe('certificates that cannot be read', () => {
  it.each([
    ['der-truncated', ''],
    ['der-trailing', '3000ff'],
    ['der-length', '3080'],
    ['asn1-syntax', '3000'],
    ['asn1-syntax', '0500'],
    ['asn1-syntax', toHex(keyOf(1).spki)],
  ])('%s', (code, hex) => {
    expect(() => decodeCertificate(fromHex(hex))).toThrow(
      expect.objectContaining({ name: 'DecodeError', code }),
    );
  });
  it('any change gives a certificate or a DecodeError', () => {
    const der = certificate();
    for (let at = 0; at < der.length; at += 3) {
      const changed = der.slice();
      changed[at] = (changed[at] as number) ^ 0x21;
      try {
        const decoded = decodeCertificate(changed);
        expect(checkCertificate(decoded, NOW, 'router').length).toBeGreaterThan(25);
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }
  });
});
