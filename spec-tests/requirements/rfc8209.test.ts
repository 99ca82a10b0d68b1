import * as asn1js from 'asn1js';
import {
  certifiedRouterKeys,
  checkCertificateRequest,
  createCertificateRequest,
  decodeCertificate,
  decodeCertificateRequest,
  publicKeysOfFile,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf, native } from '../bgpsec/world.js';
import { requirement } from '../kit/citation.js';
import { testLab } from '../rpki-objects/lab-support.js';
import { check, failures, utf8 } from '../rpki-objects/profile-world.js';
import {
  type CertificateParts,
  certificate,
  context,
  extension,
  integer,
  name,
  oid,
  printable,
  sequence,
} from '../rpki-objects/router-certificates.js';

const ROUTER = '1.3.6.1.5.5.7.3.30';
const ANY = '2.5.29.37.0';
const purposes = (...ids: string[]) => extension('2.5.29.37', false, sequence(...ids.map(oid)));
const asResources = (...value: asn1js.AsnType[]) =>
  extension('1.3.6.1.5.5.7.1.8', true, sequence(context(0, ...value)));
const errors = (extensions: CertificateParts['extensions'] = {}) => failures(check({ extensions }));
const keysOf = (extensions: CertificateParts['extensions'] = {}) =>
  certifiedRouterKeys(decodeCertificate(certificate({ extensions }))).map(({ min, max }) => [min, max]);

describe('RFC 8209 3.1.1: the subject', () => {
  const named = (value: asn1js.AsnType) => check({ subject: name(['2.5.4.3', value]) });
  const findings = (value: asn1js.AsnType) => [failures(named(value)), failures(named(value), 'warning')];

  it('the CommonName is a PrintableString or a UTF8String, of the form ROUTER- and eight digits', () => {
    requirement('!rfc8209:3.1.1:common-name-encoding', 'rfc8209:3.1.1:common-name-form');
    for (const value of [printable('ROUTER-0000FBF0'), utf8('ROUTER-0000fbf0')]) {
      expect(findings(value)).toEqual([[], []]);
    }
    expect(findings(new asn1js.IA5String({ value: 'ROUTER-0000FBF0' }))).toEqual([['subject-name-type'], []]);
  });

  it('another form draws a warning', () => {
    requirement('!rfc8209:3.1.1:common-name-form');
    for (const text of ['ROUTER-FBF0', 'ROUTER-0000FBF00', 'AS64496']) {
      expect(findings(printable(text))).toEqual([[], ['router-name-form']]);
    }
  });
});

describe('RFC 8209 3.1.3.2: Extended Key Usage', () => {
  const without: readonly [string, NonNullable<CertificateParts['extensions']>][] = [
    ['no EKU', { eku: undefined }],
    ['anyExtendedKeyUsage alone', { eku: purposes(ANY) }],
    ['another purpose', { eku: purposes('1.3.6.1.5.5.7.3.1', ANY) }],
  ];

  it('other purposes beside id-kp-bgpsec-router do not matter', () => {
    requirement(
      'rfc8209:3.1.3.2:eku-required',
      'rfc8209:3.1.3.2:other-purposes-ignored',
      'rfc8209:3.1.3.2:reject-without-purpose',
    );
    for (const eku of [purposes(ROUTER), purposes(ROUTER, ANY), purposes('1.3.6.1.5.5.7.3.1', ROUTER)]) {
      expect([errors({ eku }), keysOf({ eku })]).toEqual([[], [[64496, 64496]]]);
    }
  });

  it.each(without)('%s: the certificate yields no router key', (_name, extensions) => {
    requirement(
      '!rfc8209:3.1.3.2:eku-required',
      '!rfc8209:3.1.3.2:other-purposes-ignored',
      '!rfc8209:3.1.3.2:reject-without-purpose',
    );
    const refused = expect.objectContaining({ name: 'DecodeError', code: 'certificate-key' });
    expect(() => keysOf(extensions)).toThrow(refused);
    expect(() => publicKeysOfFile(certificate({ extensions }))).toThrow(refused);
  });
});

describe('RFC 8209 3.1.3.5: AS Resources', () => {
  it('hold one ASN or more', () => {
    requirement('rfc8209:3.1.3.5:one-asn-or-more', 'rfc8209:3.1.3.5:no-inherit');
    for (const asns of [[1], [64496, 64498, 4200000000]]) {
      const extensions = { asResources: asResources(sequence(...asns.map(integer))) };
      expect(errors(extensions)).toEqual([]);
      expect(keysOf(extensions)).toEqual(asns.map((asn) => [asn, asn]));
    }
  });

  it.each([
    ['none', sequence()],
    ['"inherit"', new asn1js.Null()],
  ])('with %s they are an error and yield no router key', (_name, value) => {
    requirement('!rfc8209:3.1.3.5:one-asn-or-more', '!rfc8209:3.1.3.5:no-inherit');
    const extensions = { asResources: asResources(value) };
    expect(errors(extensions)).toHaveLength(1);
    expect(() => keysOf(extensions)).toThrow(expect.objectContaining({ code: 'certificate-key' }));
  });
});

describe('RFC 8209 3.2: the request', () => {
  const key = keyOf(64496);
  const request = decodeCertificateRequest(
    createCertificateRequest({ spki: key.spki, sign: (octets) => native.sign(key, octets) }),
  );
  const findings = (change: Partial<typeof request>) => {
    const items = checkCertificateRequest({ ...request, ...change }, native.verify);
    return [failures(items), failures(items, 'warning')];
  };

  it('asks for id-kp-bgpsec-router and for nothing that a CA must not grant', () => {
    requirement(
      'rfc8209:3.2:ca-flag-not-honoured',
      'rfc8209:3.2:request-eku-has-purpose',
      'rfc8209:3.2:sia-not-honoured',
      'rfc8209:3.2:request-public-key',
      'rfc8209:3.2:request-signature',
    );
    expect(request.extendedKeyUsage).toEqual([ROUTER]);
    expect([request.basicConstraints, request.extensions.length]).toEqual([undefined, 1]);
    expect(findings({})).toEqual([[], []]);
  });

  it('with an EKU the purpose has to be in it', () => {
    requirement('!rfc8209:3.2:request-eku-has-purpose');
    expect(findings({ extendedKeyUsage: [ANY] })).toEqual([['extended-key-usage'], []]);
    expect(findings({ extendedKeyUsage: [ANY, ROUTER] })).toEqual([[], []]);
  });

  it('what the CA must not grant is reported: cA, and Subject Information Access', () => {
    requirement('!rfc8209:3.2:ca-flag-not-honoured', '!rfc8209:3.2:sia-not-honoured');
    expect(findings({ basicConstraints: { ca: true } })).toEqual([[], ['basic-constraints']]);
    expect(findings({ basicConstraints: { ca: false } })).toEqual([[], []]);
    const sia = { oid: '1.3.6.1.5.5.7.1.11', critical: false, value: Uint8Array.of(0x30, 0) };
    const extensions = [...request.extensions, sia];
    expect(findings({ extensions })).toEqual([[], ['subject-info-access']]);
  });

  it('another key or algorithm than RFC 8608 has it is refused', () => {
    requirement(
      '!rfc8209:3.2:request-public-key',
      '!rfc8209:3.2:request-signature',
      '!rfc8608:2.2.1:oid-in-request',
    );
    expect(findings({ spki: key.spki.subarray(1) })[0]).toEqual(['public-key', 'proof-of-possession']);
    expect(findings({ signatureAlgorithm: '1.2.840.113549.1.1.11' })).toEqual([['signature-algorithm'], []]);
  });
});

describe('RFC 8209 3.3, 3.4: certificates of the lab', () => {
  it('a router certificate has the purpose, AS Resources and no SIA, IP Resources or Basic Constraints', async () => {
    requirement(
      'rfc8209:3.1.3.1:no-basic-constraints',
      'rfc8209:3.1.3.2:eku-included',
      'rfc8209:3.1.3.3:no-sia',
      'rfc8209:3.1.3.4:no-ip-resources',
      'rfc8209:3.1.3.5:as-resources-included',
      'rfc8209:3.2:ca-flag-not-honoured',
      'rfc8209:3.2:purpose-honoured',
      'rfc8209:3.2:sia-not-honoured',
    );
    const lab = await testLab();
    const made = decodeCertificate(lab.file(/ca\/(?!ca).*\.cer$/));
    expect(made.extendedKeyUsage).toEqual([ROUTER]);
    expect(made.asIdentifiers?.asnum).toEqual([{ min: 64496n, max: 64496n }]);
    const present = made.extensions.map((one) => one.oid);
    for (const absent of ['1.3.6.1.5.5.7.1.11', '1.3.6.1.5.5.7.1.7', '2.5.29.19']) {
      expect(present).not.toContain(absent);
    }
  });

  it('its file has the extension .cer, and no other file holds a router certificate', async () => {
    requirement('!rfc8209:3.4:file-extension');
    const lab = await testLab();
    const names = lab.files.map((file) => file.name).filter((file) => /^ca\/[0-9a-z_-]+\.cer$/i.test(file));
    expect(names).toHaveLength(1);
    for (const { name: file, octets } of lab.files) {
      let keys = 0;
      try {
        keys = certifiedRouterKeys(decodeCertificate(octets)).length;
      } catch {
        // Everything else of the repository is no router certificate.
      }
      expect(keys > 0).toBe(names.includes(file));
    }
  });
});
