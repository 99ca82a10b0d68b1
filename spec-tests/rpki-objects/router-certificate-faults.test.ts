import * as asn1js from 'asn1js';
import { checkCertificate, decodeCertificate } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { type Citation, requirement } from '../kit/citation.js';
import { bits, failures, NOW, uri } from './profile-world.js';
import {
  asResources,
  type CertificateParts,
  certificate,
  context,
  extension,
  implicit,
  integer,
  name,
  oid,
  printable,
  sequence,
} from './router-certificates.js';

describe('a router certificate with one fault (RFC 8209 over RFC 6487)', () => {
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
});
