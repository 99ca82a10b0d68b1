import * as asn1js from 'asn1js';
import { DecodeError, fromHex, toHex } from 'pathsec/bytes';
import { certificateKind, certifiedRouterKeys, checkCertificate, decodeCertificate } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import { requirement } from '../kit/citation.js';
import { bits, check, failures, NOW, uri, utf8 } from './profile-world.js';
import {
  asResources,
  type CertificateParts,
  certificate,
  context,
  EXTENSIONS,
  extension,
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
