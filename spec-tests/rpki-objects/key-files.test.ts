import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import {
  computeSki,
  encodePkcs8,
  encodeSpki,
  routerPrivateKey,
  routerPrivateKeyOf,
  spkiFault,
} from 'pathsec/bgpsec';
import { DecodeError, fromHex, toHex } from 'pathsec/bytes';
import {
  derOfFile,
  pemOf,
  privateKeyOfFile,
  publicKeysOfFile,
  routerKeyFault,
  routerKeySki,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import { requirement } from '../kit/citation.js';
import { describeWithProgram } from '../support.js';
import { certificate } from './router-certificates.js';

const key = keyOf(64496);
const privateOf = (file: Uint8Array, asns?: number[]) => routerPrivateKeyOf(privateKeyOfFile(file), asns);
const text = (value: string) => new TextEncoder().encode(value);
const code = (expected: string) => expect.objectContaining({ name: 'DecodeError', code: expected });

describe('key files', () => {
  it('PEM and DER of a private key come back', () => {
    requirement('rfc8608:3.1:private-key-p256');
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
    requirement('!rfc8608:3.1:private-key-p256');
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

describe('any octets', () => {
  const octets = fc.uint8Array({ maxLength: 300 });

  it('survive PEM', () => {
    fc.assert(
      fc.property(octets, fc.constantFrom('CERTIFICATE', 'EC PRIVATE KEY'), (der, label) => {
        expect(derOfFile(text(`before\n${pemOf(label, der)}after`))).toEqual(der);
      }),
    );
  });

  it('are a router key here exactly when the curve library takes them', () => {
    const point = fc
      .tuple(fc.bigInt({ min: 1n, max: 2n ** 255n }), fc.nat(90), fc.constantFrom(0, 0, 1, 0x80))
      .map(([scalar, at, flip]) => {
        const spki = routerPrivateKey(fromHex(scalar.toString(16).padStart(64, '0'))).spki.slice();
        spki[at] = (spki[at] as number) ^ flip;
        return spki;
      });
    const seen = new Set<string | undefined>();
    fc.assert(
      fc.property(fc.oneof(octets, point), (spki) => {
        seen.add(routerKeyFault(spki));
        expect(routerKeyFault(spki)).toBe(spkiFault(spki));
        if (spkiFault(spki) === undefined) expect(routerKeySki(spki)).toEqual(computeSki(spki));
      }),
    );
    expect(seen).toEqual(new Set([undefined, 'length', 'encoding', 'not-on-curve']));
    // Coordinates that are too large by the field's prime name the same point and are no encoding of it.
    const head = toHex(key.spki).slice(0, 54);
    for (const coordinates of ['ff'.repeat(64), '00'.repeat(64)]) {
      const spki = fromHex(`${head}${coordinates}`);
      expect([routerKeyFault(spki), spkiFault(spki)]).toEqual(['not-on-curve', 'not-on-curve']);
    }
  });

  it('give a private key of this very point or a DecodeError that does not show them', () => {
    const der = encodePkcs8(key);
    const secret = toHex(key.scalar());
    const changed = fc.tuple(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, flip]) => {
      const copy = der.slice();
      copy[at] = (copy[at] as number) ^ flip;
      return copy;
    });
    fc.assert(
      fc.property(fc.oneof(octets, changed), (file) => {
        // Changes of the version or of an ignored member leave the key as it was; all others are refused.
        try {
          expect(privateOf(file).spki).toEqual(key.spki);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
          expect(String(error)).not.toContain(secret);
        }
      }),
    );
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
