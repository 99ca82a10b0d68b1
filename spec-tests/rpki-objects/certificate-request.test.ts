import { execFileSync } from 'node:child_process';
import { DecodeError, fromHex } from 'pathsec/bytes';
import { checkCertificateRequest, createCertificateRequest, decodeCertificateRequest } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf, native } from '../bgpsec/world.js';
import { requirement } from '../kit/citation.js';
import {
  bitString,
  context,
  FALSE,
  int,
  octetString,
  oid,
  seq,
  setOf,
  TRUE,
} from '../kit/objects/generator/der.js';
import { describeWithProgram } from '../support.js';
import { failures } from './profile-world.js';

const signerOf = (asn: number) => ({
  spki: keyOf(asn).spki,
  sign: (octets: Uint8Array) => native.sign(keyOf(asn), octets),
});

describe('requests (PKCS#10; RFC 8209 3.2)', () => {
  const key = keyOf(64496);
  it('made here, conform', () => {
    requirement(
      'rfc8209:3.2:request-public-key',
      'rfc8209:3.2:request-signature',
      'rfc8608:2.2.1:oid-in-request',
      'rfc8608:4:request-signature',
    );
    const request = decodeCertificateRequest(createCertificateRequest(signerOf(64496)));
    expect(request.spki).toEqual(key.spki);
    const items = checkCertificateRequest(request, native.verify);
    expect(items.map(({ outcome }) => outcome)).toEqual(new Array(8).fill('pass'));
    const named = decodeCertificateRequest(createCertificateRequest(signerOf(64496), 'ROUTER-0000FBF0'));
    expect(failures(checkCertificateRequest(named, native.verify), 'warning')).toEqual(['request-subject']);
  });
  it('signed by another key, fail', () => {
    requirement('!rfc8209:3.2:request-signature', '!rfc8608:4:request-signature');
    const request = decodeCertificateRequest(createCertificateRequest(signerOf(64496)));
    const other = { ...request, signature: native.sign(keyOf(1), request.signed) };
    expect(failures(checkCertificateRequest(other, native.verify))).toEqual(['proof-of-possession']);
  });
  it('what they may not ask for', () => {
    const request = decodeCertificateRequest(createCertificateRequest(signerOf(64496)));
    const sia = { oid: '1.3.6.1.5.5.7.1.11', critical: false, value: Uint8Array.of(0x30, 0) };
    const asking = {
      ...request,
      extensions: [sia],
      extendedKeyUsage: ['2.5.29.37.0'],
      basicConstraints: { ca: true },
      version: 1,
      signatureAlgorithm: '1.2.3',
      spki: key.spki.slice(1),
    };
    const items = checkCertificateRequest(asking, native.verify);
    expect(items.map(({ outcome }) => outcome)).toEqual([
      'error',
      'pass',
      'error',
      'error',
      'warning',
      'warning',
      'error',
      'error',
    ]);
    const { extendedKeyUsage: _, ...bare } = request;
    expect(checkCertificateRequest(bare, native.verify)[3]?.outcome).toBe('pass');
  });
  it('names are PrintableStrings where they can be, else UTF8Strings (RFC 8209 3.1.1)', () => {
    requirement('rfc8209:3.1.1:common-name-encoding');
    const subject = (commonName: string) =>
      decodeCertificateRequest(createCertificateRequest(signerOf(1), commonName)).subject;
    expect(subject('ROUTER-0000FBF0')).toEqual([
      { oid: '2.5.4.3', value: 'ROUTER-0000FBF0', type: 'PrintableString' },
    ]);
    expect(subject('Zürich_1')).toEqual([{ oid: '2.5.4.3', value: 'Zürich_1', type: 'UTF8String' }]);
    expect(() => createCertificateRequest(signerOf(1), '')).toThrow(RangeError);
    expect(() => createCertificateRequest(signerOf(1), 'x'.repeat(65))).toThrow(RangeError);
  });
  it('any change gives a request or a DecodeError', () => {
    const der = createCertificateRequest(signerOf(64496), 'ROUTER-0000FBF0');
    for (let at = 0; at < der.length; at++) {
      for (const flip of [0x01, 0x21, 0x80]) {
        const changed = der.slice();
        changed[at] = (changed[at] as number) ^ flip;
        let items: readonly { outcome: string }[] = [{ outcome: 'error' }];
        try {
          items = checkCertificateRequest(decodeCertificateRequest(changed), native.verify);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
        // The self-signature covers the rest, so nothing that was changed conforms.
        expect(items.some(({ outcome }) => outcome === 'error')).toBe(true);
      }
    }
  });
  it.each([
    ['der-truncated', '00'],
    ['asn1-syntax', '3000'],
    ['asn1-syntax', '0500'],
  ])('%s', (code, hex) => {
    expect(() => decodeCertificateRequest(fromHex(hex))).toThrow(expect.objectContaining({ code }));
  });
});

describe('the extensions that a request asks for', () => {
  const asking = (...values: readonly Buffer[]): Uint8Array => {
    const attribute = seq(oid('1.2.840.113549.1.9.14'), setOf(...values));
    const info = seq(int(0), seq(), Buffer.from(keyOf(64496).spki), context(0, attribute));
    return new Uint8Array(seq(info, seq(oid('1.2.840.10045.4.3.2')), bitString(Buffer.alloc(70))));
  };
  const purpose = (...flag: readonly Buffer[]): Buffer =>
    seq(oid('2.5.29.37'), ...flag, octetString(seq(oid('1.3.6.1.5.5.7.3.30'))));
  const basic = octetString(seq(FALSE));

  it('are read with their flag', () => {
    const { extensions } = decodeCertificateRequest(asking(seq(purpose(TRUE))));
    expect(extensions.map(({ oid, critical }) => [oid, critical])).toEqual([['2.5.29.37', true]]);
  });

  it.each<[string, string, readonly Buffer[]]>([
    ['an attribute without a value', 'asn1-syntax', []],
    ['an attribute of two values', 'asn1-syntax', [seq(purpose()), seq(purpose(TRUE))]],
    ['critical FALSE', 'der-default', [seq(purpose(FALSE))]],
    ['an extension twice', 'duplicate-extension', [seq(purpose(), purpose())]],
    ['cA FALSE', 'der-default', [seq(seq(oid('2.5.29.19'), basic))]],
    ['an extension without a value', 'asn1-syntax', [seq(seq(oid('2.5.29.37')))]],
    ['no list', 'asn1-syntax', [int(1)]],
  ])('with %s are refused: %s', (_, code, values) => {
    expect(() => decodeCertificateRequest(asking(...values))).toThrow(expect.objectContaining({ code }));
  });
});

describeWithProgram('a request as OpenSSL reads it', 'openssl', () => {
  it('verifies and shows the key purpose', () => {
    const input = createCertificateRequest(signerOf(64496));
    const args = ['req', '-inform', 'DER', '-noout', '-verify', '-text'];
    const text = execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'ignore'] }).toString();
    // Older versions print the number, newer ones the name.
    expect(text).toMatch(/1\.3\.6\.1\.5\.5\.7\.3\.30|BGPsec Router/);
    expect(text).toContain('ecdsa-with-SHA256');
  });
});
