import { execFileSync } from 'node:child_process';
import * as asn1js from 'asn1js';
import { checkCertificateRequest, createCertificateRequest, decodeCertificateRequest } from 'pathsec/bgpsec';
import { fromHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { describeWithProgram } from '../support.js';
import { oid, sequence } from './certificates.js';
import { failures } from './profile-world.js';
import { keyOf, native } from './world.js';

describe('requests (PKCS#10; RFC 8209 3.2)', () => {
  const key = keyOf(64496);
  it('made here, conform', () => {
    const request = decodeCertificateRequest(createCertificateRequest(key, native));
    expect(request.spki).toEqual(key.spki);
    const items = checkCertificateRequest(request, native);
    expect(items.map(({ state }) => state)).toEqual(new Array(8).fill('pass'));
    const named = decodeCertificateRequest(createCertificateRequest(key, native, 'ROUTER-0000FBF0'));
    expect(failures(checkCertificateRequest(named, native), 'warning')).toEqual(['RFC 6487 6.1.1']);
  });
  it('signed by another key, fail', () => {
    const request = decodeCertificateRequest(createCertificateRequest(key, native));
    const other = { ...request, signature: native.sign(keyOf(1), request.signed) };
    expect(failures(checkCertificateRequest(other, native))).toEqual(['RFC 6487 6.3']);
  });
  it('what they may not ask for', () => {
    const request = decodeCertificateRequest(createCertificateRequest(key, native));
    const value = (inner: asn1js.AsnType) => new Uint8Array(inner.toBER());
    const extensions = [
      { oid: '2.5.29.37', critical: false, value: value(sequence(oid('2.5.29.37.0'))) },
      { oid: '2.5.29.19', critical: true, value: value(sequence(new asn1js.Boolean({ value: true }))) },
      { oid: '1.3.6.1.5.5.7.1.11', critical: false, value: value(sequence()) },
    ];
    const asking = {
      ...request,
      extensions,
      version: 1,
      signatureAlgorithm: '1.2.3',
      spki: key.spki.slice(1),
    };
    const items = checkCertificateRequest(asking, native);
    expect(items.map(({ state }) => state)).toEqual([
      'fail',
      'pass',
      'fail',
      'fail',
      'warning',
      'warning',
      'fail',
      'fail',
    ]);
    expect(checkCertificateRequest({ ...request, extensions: [] }, native)[3]?.state).toBe('pass');
  });
  it.each([
    ['der', '00'],
    ['request-syntax', '3000'],
  ])('%s', (code, hex) => {
    expect(() => decodeCertificateRequest(fromHex(hex))).toThrow(expect.objectContaining({ code }));
  });
});

describeWithProgram('a request as OpenSSL reads it', 'openssl', () => {
  it('verifies and shows the key purpose', () => {
    const input = createCertificateRequest(keyOf(64496), native);
    const args = ['req', '-inform', 'DER', '-noout', '-verify', '-text'];
    const text = execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'ignore'] }).toString();
    // Older versions print the number, newer ones the name.
    expect(text).toMatch(/1\.3\.6\.1\.5\.5\.7\.3\.30|BGPsec Router/);
    expect(text).toContain('ecdsa-with-SHA256');
  });
});
