import { execFileSync } from 'node:child_process';
import { encodePkcs8, encodeSpki, routerPrivateKey, routerPrivateKeyOf } from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { derOfFile, pemOf, privateKeyOfFile, publicKeysOfFile } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import { describeWithProgram } from '../support.js';
import { certificate } from './router-certificates.js';

const key = keyOf(64496);
const privateOf = (file: Uint8Array, asns?: number[]) => routerPrivateKeyOf(privateKeyOfFile(file), asns);
const text = (value: string) => new TextEncoder().encode(value);
const code = (expected: string) => expect.objectContaining({ name: 'DecodeError', code: expected });

describe('key files', () => {
  it('PEM and DER of a private key come back', () => {
    const der = encodePkcs8(key);
    expect(der).toHaveLength(138);
    for (const file of [
      der,
      text(pemOf('PRIVATE KEY', der)),
      text(`comment\n${pemOf('PRIVATE KEY', der)}more`),
    ]) {
      const found = privateOf(file, [64496]);
      expect([toHex(found.scalar()), toHex(found.ski), found.asns]).toEqual([
        toHex(key.scalar()),
        toHex(key.ski),
        [64496],
      ]);
    }
  });
  it('public keys get their ASNs from the caller, certificates bring their own', () => {
    const pem = text(pemOf('PUBLIC KEY', key.spki));
    const keys = publicKeysOfFile(pem, [1, 2]);
    expect(keys.map(({ min, max, spki }) => [min, max, toHex(spki)])).toEqual([
      [1, 1, toHex(key.spki)],
      [2, 2, toHex(key.spki)],
    ]);
    expect(publicKeysOfFile(certificate()).map(({ min, max, ski }) => [min, max, toHex(ski)])).toEqual([
      [64496, 64496, toHex(key.ski)],
    ]);
    expect(() => publicKeysOfFile(pem)).toThrow(code('asn-missing'));
    const off = key.spki.slice();
    off[90] = (off[90] as number) ^ 1;
    expect(() => publicKeysOfFile(off, [1])).toThrow(code('spki'));
  });
  it('everything else is refused by name, without a word of the key', () => {
    expect(() => derOfFile(text('hello'))).toThrow(code('pem'));
    expect(() => derOfFile(text('-----BEGIN X-----\nA\n-----END X-----'))).toThrow(code('pem'));
    expect(() => privateOf(key.spki)).toThrow(code('private-key'));
    expect(() => privateOf(fromHex('3000'))).toThrow(code('private-key'));
    const der = encodePkcs8(key);
    const other = der.slice();
    other[137] = (other[137] as number) ^ 1;
    expect(() => privateOf(other)).toThrow(code('private-key'));
    const zero = der.slice().fill(0, 36, 68);
    expect(() => privateOf(zero)).toThrow(code('private-key'));
    expect(() => routerPrivateKey(new Uint8Array(32))).toThrow(RangeError);
    expect(() => encodeSpki(new Uint8Array(65))).toThrow(RangeError);
  });
});

describeWithProgram('keys made by OpenSSL', 'openssl', () => {
  const openssl = (args: string[], input?: Uint8Array) =>
    new Uint8Array(
      execFileSync('openssl', args, { stdio: ['pipe', 'pipe', 'ignore'], ...(input && { input }) }),
    );
  it('SEC1 with parameters, and PKCS#8', () => {
    const sec1 = openssl(['ecparam', '-name', 'prime256v1', '-genkey']);
    const pkcs8 = openssl(['pkcs8', '-topk8', '-nocrypt'], sec1);
    const der = openssl(['ec', '-outform', 'DER'], sec1);
    const skis = [sec1, pkcs8, der].map((file) => toHex(privateOf(file).ski));
    expect(new Set(skis).size).toBe(1);
    const spki = openssl(['ec', '-pubout', '-outform', 'DER'], sec1);
    expect(toHex(publicKeysOfFile(spki, [1])[0]?.ski ?? spki)).toBe(skis[0]);
    const own = openssl(['pkey', '-inform', 'DER', '-pubout', '-outform', 'DER'], encodePkcs8(key));
    expect(toHex(own)).toBe(toHex(key.spki));
  });
  it('another curve is refused', () => {
    const p384 = openssl(['ecparam', '-name', 'secp384r1', '-genkey', '-noout']);
    expect(() => privateOf(p384)).toThrow(code('private-key'));
  });
});
