import { execFileSync } from 'node:child_process';
import { DecodeError, fromHex } from 'pathsec/bytes';
import { checkCertificateRequest, createCertificateRequest, decodeCertificateRequest } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf, native } from '../bgpsec/world.js';
import { describeWithProgram } from '../support.js';
import { failures } from './profile-world.js';

const signerOf = (asn: number) => ({
  spki: keyOf(asn).spki,
  sign: (octets: Uint8Array) => native.sign(keyOf(asn), octets),
});

describe('requests (PKCS#10; RFC 8209 3.2)', () => {
  const key = keyOf(64496);
  it('made here, conform', () => {
    const request = decodeCertificateRequest(createCertificateRequest(signerOf(64496)));
    expect(request.spki).toEqual(key.spki);
    const items = checkCertificateRequest(request, native.verify);
    expect(items.map(({ outcome }) => outcome)).toEqual(new Array(8).fill('pass'));
    const named = decodeCertificateRequest(createCertificateRequest(signerOf(64496), 'ROUTER-0000FBF0'));
    expect(failures(checkCertificateRequest(named, native.verify), 'warning')).toEqual(['request-subject']);
  });
  it('signed by another key, fail', () => {
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
