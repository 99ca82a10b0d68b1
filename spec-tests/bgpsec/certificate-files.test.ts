import { readFileSync } from 'node:fs';
import {
  checkCertificateRequest,
  checkRouterCertificate,
  decodeCertificateRequest,
  decodeRouterCertificate,
  routerKeysOf,
} from 'pathsec/bgpsec';
import { toHex } from 'pathsec/bytes';
import { expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';
import { failures } from './profile-world.js';
import { native } from './world.js';

describeShared('real certificates', () => {
  const read = (file: string) => new Uint8Array(readFileSync(shared(`data/router-certs/${file}`)));
  const items = (file: string) => checkRouterCertificate(decodeRouterCertificate(read(file)));
  it('of two relying parties conform', () => {
    expect(failures(items('rpki-commons-router.cer'))).toEqual([]);
    expect(failures(items('rpki-commons-router.cer'), 'warning')).toEqual([]);
    expect(failures(items('rpki-rs-router.cer'))).toEqual([]);
    expect(failures(items('rpki-rs-router.cer'), 'warning')).toEqual([
      'RFC 6487 4.3',
      'RFC 6487 4.5, RFC 8209 3.1.1',
    ]);
    const keys = routerKeysOf(decodeRouterCertificate(read('rpki-rs-router.cer')));
    expect(keys.map(({ min, max }) => [min, max])).toEqual([
      [3000, 9001],
      [199664, 199664],
    ]);
    expect(toHex(keys[0]?.ski ?? new Uint8Array(0))).toBe('f5f3c2dd2b91bf154552edc0179b58dff3676b23');
  });
  it.each(['rfc8608-AS64496.cer', 'rfc8608-AS65536.cer'])('%s of RFC 8608 does not (trap 21)', (file) => {
    expect(failures(items(file))).toEqual([
      'RFC 6487 4.3',
      'RFC 6487 4.4',
      'RFC 6487 4.8.3',
      'RFC 6487 4.8.4',
      'RFC 6487 4.8.6',
      'RFC 6487 4.8.7',
      'RFC 6487 4.8.9',
      'RFC 6487 4.8.11, RFC 8209 3.1.3.5',
    ]);
  });
  it('the request of a CA implementation', () => {
    const found = checkCertificateRequest(decodeCertificateRequest(read('rpki-rs-router-csr.der')), native);
    expect(failures(found)).toEqual([]);
    expect(found[2]?.detail).toBe('SKI 17316903f0671229e8808ba8e8ab0105fa915a07');
  });
});
