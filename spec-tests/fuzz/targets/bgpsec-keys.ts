import {
  computeSki,
  createNobleEngine,
  encodeEcdsaSigValue,
  encodePkcs8,
  encodeSpki,
  isStrictSignature,
  parseEcdsaSigValue,
  routerPrivateKeyOf,
  spkiFault,
} from 'pathsec/bgpsec';
import { equalOctets, fromHex, toHex } from 'pathsec/bytes';
import { derOfFile, pemOf, privateKeyOfFile, publicKeysOfFile, routerKeyFault } from 'pathsec/rpki';
import { keyOf, native } from '../../bgpsec/world.js';
import { certificate } from '../../rpki-objects/router-certificates.js';
import { derMutation } from '../lib/mutate-der.js';
import { must, REFUSED, type Target } from '../lib/target.js';
import { octetsOf } from './text.js';

const ecdsaSigValue: Target = {
  name: 'bgpsec-ecdsa-sig-value',
  covers: ['bgpsec:parseEcdsaSigValue', 'bgpsec:isStrictSignature'],
  roundTrip: 'octets',
  growth: 4,
  codes: [],
  seeds: () => [
    native.sign(keyOf(64497), Uint8Array.of(1)).length > 0
      ? createNobleEngine().sign(keyOf(64497), Uint8Array.of(1))
      : Uint8Array.of(),
    encodeEcdsaSigValue(Uint8Array.of(1), Uint8Array.of(1)),
    encodeEcdsaSigValue(Uint8Array.of(0x80), new Uint8Array(32).fill(0x7f)),
    encodeEcdsaSigValue(new Uint8Array(32).fill(0xfe), Uint8Array.of(0x7f)),
  ],
  mutate: derMutation,
  dictionary: [fromHex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')],
  run(octets) {
    const value = parseEcdsaSigValue(octets);
    must((value !== undefined) === isStrictSignature(octets), 'the two readings differ');
    if (value === undefined) return REFUSED;
    must(equalOctets(encodeEcdsaSigValue(value.r, value.s), octets), 'other octets after encoding');
    return value;
  },
};

const spki: Target = {
  name: 'bgpsec-spki',
  covers: ['bgpsec:spkiFault', 'bgpsec:encodeSpki', 'bgpsec:computeSki', 'rpki:routerKeyFault'],
  roundTrip: 'octets; the two rooms and OpenSSL agree',
  growth: 4,
  codes: [],
  seeds: () => [64497, 64498, 64499, 65536].map((asn) => keyOf(asn).spki),
  mutate: derMutation,
  run(octets) {
    const fault = spkiFault(octets);
    must(fault === routerKeyFault(octets), `bgpsec says ${fault}, rpki says ${routerKeyFault(octets)}`);
    if (fault !== undefined) return REFUSED;
    must(native.usableKey(octets.slice()), 'OpenSSL does not take the key');
    must(equalOctets(encodeSpki(octets.subarray(26)), octets), 'other octets after encoding');
    return computeSki(octets);
  },
};

const privateKey: Target = {
  name: 'bgpsec-private-key-file',
  covers: ['rpki:privateKeyOfFile', 'rpki:derOfFile', 'bgpsec:routerPrivateKeyOf'],
  roundTrip: 'value, through PKCS #8 in DER and PEM',
  growth: 8,
  codes: ['pem', 'der-*', 'private-key'],
  seeds: () => {
    const pkcs8 = encodePkcs8(keyOf(64497));
    const scalar = toHex(keyOf(64497).scalar());
    const sec1 = fromHex(`30310201010420${scalar}a00a06082a8648ce3d030107`);
    const pem = [pemOf('PRIVATE KEY', pkcs8), pemOf('EC PRIVATE KEY', sec1)];
    return [pkcs8, sec1, ...octetsOf(...pem)];
  },
  mutate: derMutation,
  run(octets) {
    const parts = privateKeyOfFile(octets);
    const key = routerPrivateKeyOf(parts);
    const der = encodePkcs8(key);
    for (const file of [der, ...octetsOf(pemOf('PRIVATE KEY', der))]) {
      must(equalOctets(privateKeyOfFile(file).scalar(), key.scalar()), 'another key after encoding');
    }
    return [key.spki, key.ski];
  },
};

const publicKey: Target = {
  name: 'bgpsec-public-key-file',
  covers: ['rpki:publicKeysOfFile', 'rpki:certifiedRouterKeys'],
  roundTrip: 'none: SKI and key of what decodes are those of a router key',
  testRuns: 2000,
  growth: 24,
  codes: [
    'pem',
    'der-*',
    'asn1-syntax',
    'duplicate-extension',
    'certificate-key',
    'spki',
    'asn-missing',
    'router-certificate-range',
  ],
  seeds: () => {
    const der = certificate();
    return [
      keyOf(64497).spki,
      der,
      ...octetsOf(pemOf('CERTIFICATE', der), pemOf('PUBLIC KEY', keyOf(64497).spki)),
    ];
  },
  mutate: derMutation,
  run(octets) {
    const keys = publicKeysOfFile(octets, [64496]);
    for (const { ski, spki: key, min, max } of keys) {
      must(
        spkiFault(key) === undefined && ski.length === 20 && min <= max && max <= 0xffff_ffff,
        'no router key',
      );
    }
    return [keys, derOfFile(octets).length];
  },
};

/** Signatures, keys and the files that hold them. */
export const BGPSEC_KEYS: readonly Target[] = [ecdsaSigValue, spki, privateKey, publicKey];
