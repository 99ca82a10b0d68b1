import { readFileSync } from 'node:fs';
import { toHex } from 'pathsec/bytes';
import {
  certifiedRouterKeys,
  checkCertificate,
  checkCertificateRequest,
  decodeCertificate,
  decodeCertificateRequest,
  routerKeySki,
} from 'pathsec/rpki';
import { expect, it } from 'vitest';
import { native } from '../bgpsec/world.js';
import { describeShared, shared } from '../support.js';
import { failures } from './profile-world.js';

describeShared('real certificates', () => {
  const read = (file: string) => new Uint8Array(readFileSync(shared(`data/router-certs/${file}`)));
  const items = (file: string) => checkCertificate(decodeCertificate(read(file)));
  it('of two relying parties conform', () => {
    expect(failures(items('rpki-commons-router.cer'))).toEqual([]);
    expect(failures(items('rpki-commons-router.cer'), 'warning')).toEqual([]);
    expect(failures(items('rpki-rs-router.cer'))).toEqual([]);
    expect(failures(items('rpki-rs-router.cer'), 'warning')).toEqual(['issuer-key-size', 'router-name-form']);
    const keys = certifiedRouterKeys(decodeCertificate(read('rpki-rs-router.cer')));
    expect(keys.map(({ min, max }) => [min, max])).toEqual([
      [3000, 9001],
      [199664, 199664],
    ]);
    expect(toHex(keys[0]?.ski ?? new Uint8Array(0))).toBe('f5f3c2dd2b91bf154552edc0179b58dff3676b23');
  });
  it.each(['rfc8608-AS64496.cer', 'rfc8608-AS65536.cer'])('%s of RFC 8608 does not (trap 21)', (file) => {
    expect(failures(items(file))).toEqual([
      'certificate-signature-algorithm',
      'certificate-self-issued',
      'authority-key-identifier',
      'extension-not-critical',
      'crl-distribution-points',
      'authority-info-access',
      'routing-domain-identifiers',
      'certificate-policies',
    ]);
    expect(failures(items(file), 'warning')).toContain('issuer-name-utf8');
  });
  it('the request of a CA implementation', () => {
    const request = decodeCertificateRequest(read('rpki-rs-router-csr.der'));
    expect(failures(checkCertificateRequest(request, native.verify))).toEqual([]);
    expect(toHex(routerKeySki(request.spki))).toBe('17316903f0671229e8808ba8e8ab0105fa915a07');
  });
});
