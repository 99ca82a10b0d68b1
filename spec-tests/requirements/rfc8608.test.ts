import { createHash } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { encodeBgpsecPath } from 'pathsec/bgp';
import {
  createNobleEngine,
  encodePkcs8,
  isStrictSignature,
  originSegment,
  routerPrivateKeyOf,
  spkiFault,
  verdictOfUpdate,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import {
  checkCertificate,
  checkCertificateRequest,
  createCertificateRequest,
  decodeCertificate,
  decodeCertificateRequest,
  privateKeyOfFile,
  routerKeyFault,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { good, LOCAL, PEER, reach, session, signed, update, verifier } from '../bgpsec/receive-world.js';
import { refusal } from '../bgpsec/sending-world.js';
import { announced, keyOf, messageOf, native, origin, pathOf, signer } from '../bgpsec/world.js';
import { requirement } from '../kit/citation.js';
import { failures, NOW } from '../rpki-objects/profile-world.js';
import { certificate } from '../rpki-objects/router-certificates.js';

const key = keyOf(PEER);
const engines = [native, createNobleEngine()];

describe('RFC 8608 2.1: algorithm IDs in a received Signature_Block', () => {
  /** The verdict on `good` with another Algorithm Suite Identifier. */
  const verdictOfSuite = (suite: number): string => {
    const value = encodeBgpsecPath(good);
    value[2 + 6 * good.segments.length + 2] = suite;
    const message = update([reach(), origin, signed(value)]);
    const { verdict, reason } = verifyUpdate(message, session, verifier);
    expect(verdictOfUpdate(message, session, verifier)).toBe(verdict);
    return `${verdict} ${reason}`;
  };
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

  it('1 is ECDSA with P-256 and SHA-256', () => {
    requirement('rfc8608:2.1:reserved-malformed', 'rfc8608:2.1:signature-id');
    expect(verdictOfSuite(1)).toBe('valid ok');
  });

  it.each([0x00, 0xff])('%i is reserved: the UPDATE is malformed', (suite) => {
    requirement('!rfc8608:2.1:reserved-malformed');
    expect(verdictOfSuite(suite)).toBe('treat-as-withdraw suite-reserved');
  });

  it.each([
    ['unassigned', 0x02, 0xf6],
    ['for experiments', 0xf7, 0xfa],
    ['for documentation', 0xfb, 0xfe],
  ])('those %s, %i to %i, are unsupported and not malformed', (_kind, from, to) => {
    requirement(
      '!rfc8205:5.2:no-supported-block-is-unsigned',
      'rfc8608:2.1:reserved-malformed',
      '!rfc8608:2.1:signature-id',
      'rfc8608:2.1:unassigned-unsupported',
      'rfc8608:2.1:experimental-unsupported',
      'rfc8608:2.1:documentation-unsupported',
      '!rfc8608:2.2.1:suite-identifier',
    );
    for (const suite of range(from, to)) expect(verdictOfSuite(suite)).toBe('unsigned no-supported-suite');
  });

  it('of a reserved or unassigned ID nothing is signed', () => {
    requirement(
      '!rfc8205:4.2:no-supported-block',
      '!rfc8608:2.1:reserved-not-used',
      '!rfc8608:2.1:unassigned-not-used',
    );
    const segment = { pCount: 1, flags: 0, asn: PEER };
    for (const suite of [0x00, 0x02, 0xf6, 0xff]) {
      expect(refusal(() => originSegment(segment, LOCAL, announced, signer, [suite]))).toBe(
        'suite-unsupported',
      );
    }
    expect(originSegment(segment, LOCAL, announced, signer).blocks.map(({ suite }) => suite)).toEqual([1]);
  });
});

describe('RFC 8608 2.2.1: ECDSA P-256 with SHA-256', () => {
  const path = pathOf([PEER], LOCAL);
  const octets = fromHex(
    `${toHex(Uint8Array.of(0, 0, LOCAL >> 8, LOCAL & 255, 1, 0, 0, 0, PEER >> 8, PEER & 255))}0100010118c00002`,
  );
  const verdictWith = (signature: Uint8Array): string => {
    const blocks = [{ suite: 1, signatures: [{ ski: key.ski, signature }] }];
    return verifyUpdate(messageOf({ segments: path.segments, blocks }), session, verifier).verdict;
  };
  const ecdsaOver = (digest: Uint8Array) =>
    p256.sign(digest, key.scalar(), { prehash: false, format: 'der' });
  const digest = (name: string) => new Uint8Array(createHash(name).update(octets).digest());

  it('a signature over the SHA-256 digest verifies', () => {
    requirement('rfc8608:2.2.1:sha-256');
    expect(verdictWith(ecdsaOver(digest('sha256')))).toBe('valid');
    expect(engines.map((engine) => toHex(engine.digest(octets)))).toEqual(
      Array(2).fill(toHex(digest('sha256'))),
    );
  });

  it.each(['sha1', 'sha224', 'sha384', 'sha512', 'sha3-256'])('one over a %s digest does not', (name) => {
    requirement('!rfc8205:4.2:digest-and-sign', '!rfc8608:2.2.1:sha-256');
    expect(verdictWith(ecdsaOver(digest(name).subarray(0, 32)))).toBe('not-valid');
  });

  it('the request carries ecdsa-with-SHA256 and is refused with another algorithm', () => {
    requirement('rfc8608:2.2.1:oid-in-request', '!rfc8608:2.2.1:oid-in-request');
    const own = { spki: key.spki, sign: (over: Uint8Array) => native.sign(key, over) };
    const request = decodeCertificateRequest(createCertificateRequest(own));
    expect(request.signatureAlgorithm).toBe('1.2.840.10045.4.3.2');
    expect(failures(checkCertificateRequest(request, native.verify))).toEqual([]);
    for (const signatureAlgorithm of ['1.2.840.10045.4.3.3', '1.2.840.113549.1.1.11']) {
      const other = checkCertificateRequest({ ...request, signatureAlgorithm }, native.verify);
      expect(failures(other)).toEqual(['signature-algorithm']);
    }
  });
});

describe('RFC 8608 3.1: keys', () => {
  const faults = (spki: Uint8Array) => [spkiFault(spki), routerKeyFault(spki)];
  const inCertificate = (spki: Uint8Array) =>
    failures(checkCertificate(decodeCertificate(certificate({ spki })), NOW));

  it('the private key of a file is one of P-256', () => {
    requirement('rfc8608:3.1:private-key-p256', '!rfc8608:3.1:private-key-p256');
    const der = encodePkcs8(key);
    expect(routerPrivateKeyOf(privateKeyOfFile(der)).spki).toEqual(key.spki);
    const hex = toHex(der);
    // brainpoolP256r1 (1.3.36.3.3.2.8.1.1.7) in a structure of the same kind, one octet longer.
    const brainpool = hex
      .replace('308187', '308188')
      .replace(
        '301306072a8648ce3d020106082a8648ce3d030107',
        '301406072a8648ce3d020106092b240303020801' + '0107',
      );
    expect(brainpool).not.toBe(hex);
    expect(() => privateKeyOfFile(fromHex(brainpool))).toThrow(
      expect.objectContaining({ code: 'private-key' }),
    );
    // id-ecDH (1.3.132.1.12) in the place of id-ecPublicKey.
    const ecDh = hex.replace('308187', '308185').replace('301306072a8648ce3d0201', '301106052b8104010c');
    expect(() => privateKeyOfFile(fromHex(ecDh))).toThrow(expect.objectContaining({ code: 'private-key' }));
  });

  it('the uncompressed point under id-ecPublicKey and secp256r1 is a router key', () => {
    requirement(
      'rfc8608:3.1:uncompressed',
      'rfc8608:3.1.1:id-ecpublickey',
      'rfc8608:3.1.1:secp256r1',
      'rfc8608:3.1.1:ecpoint',
    );
    expect(faults(key.spki)).toEqual([undefined, undefined]);
    expect(toHex(key.spki.subarray(0, 27))).toBe(
      '3059301306072a8648ce3d020106082a8648ce3d030107034200' + '04',
    );
    expect(inCertificate(keyOf(64496).spki)).toEqual([]);
  });

  it.each([
    ['another algorithm', '2a8648ce3d0201', '2a8648ce3d0202'],
    ['another curve', '2a8648ce3d030107', '2a8648ce3d030106'],
    ['a hybrid point', '03420004', '03420006'],
    ['unused bits in the BIT STRING', '03420004', '03420104'],
  ])('%s makes it none', (_name, from, to) => {
    requirement(
      '!rfc8209:3.1.2:subject-public-key-info',
      '!rfc8209:3.3:public-key',
      '!rfc8608:2.2.1:ecdsa-p256',
      '!rfc8608:3.1:uncompressed',
      '!rfc8608:3.1.1:id-ecpublickey',
      '!rfc8608:3.1.1:secp256r1',
      '!rfc8608:3.1.1:ecpoint',
    );
    const spki = fromHex(toHex(key.spki).replace(from, to));
    expect(faults(spki)).toEqual(['encoding', 'encoding']);
    expect(engines.map((engine) => engine.usableKey(spki))).toEqual([false, false]);
    const of = fromHex(toHex(keyOf(64496).spki).replace(from, to));
    expect(inCertificate(of)).toContain('public-key');
  });
});

describe('RFC 8608 4: signature formats', () => {
  it('signatures made are DER of r and s (RFC 3279 2.2.3), in UPDATEs and requests', () => {
    requirement('rfc8608:4:update-signature', 'rfc8608:4:request-signature');
    const own = { spki: key.spki, sign: (over: Uint8Array) => native.sign(key, over) };
    const { signature } = decodeCertificateRequest(createCertificateRequest(own));
    const made = [signature, ...(good.blocks[0]?.signatures.map((one) => one.signature) ?? [])];
    expect(made.map(isStrictSignature)).toEqual([true, true, true]);
  });

  it('r and s side by side are no signature, neither of an UPDATE nor of a request', () => {
    requirement('!rfc8608:4:update-signature', '!rfc8608:4:request-signature');
    const own = { spki: key.spki, sign: (over: Uint8Array) => native.sign(key, over) };
    const request = decodeCertificateRequest(createCertificateRequest(own));
    const plain = p256.sign(request.signed, key.scalar(), { format: 'compact' });
    expect(
      native.verify(key.spki, request.signed, p256.sign(request.signed, key.scalar(), { format: 'der' })),
    ).toBe(true);
    const items = checkCertificateRequest({ ...request, signature: plain }, native.verify);
    expect(failures(items)).toEqual(['proof-of-possession']);
    const blocks = [{ suite: 1, signatures: [{ ski: key.ski, signature: plain }] }];
    const segments = [{ pCount: 1, flags: 0, asn: PEER }];
    expect(verifyUpdate(messageOf({ segments, blocks }), session, verifier).reason).toBe(
      'signature-encoding',
    );
  });
});
