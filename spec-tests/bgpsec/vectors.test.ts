import { readFileSync } from 'node:fs';
import { p256 } from '@noble/curves/nist.js';
import {
  ATTR_BGPSEC_PATH,
  decodeUpdate,
  encodeBgpsecPath,
  encodeUpdateMessage,
  formatAsPath,
  pathAttribute,
} from 'pathsec/bgp';
import {
  addSegment,
  computeSki,
  createNobleEngine,
  createRouterKeys,
  encodeEcdsaSigValue,
  originSegment,
  parseEcdsaSigValue,
  routerPrivateKey,
  type SignatureEngine,
  suite1,
  unicast,
  verdictOfUpdate,
  verdictsOfUpdates,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { formatPrefix, parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { describeShared, shared } from '../support.js';
import { external, native } from './world.js';

interface Cases {
  readonly k: string;
  readonly keys: readonly { asn: number; ski: string; spki: string; scalar: string }[];
  readonly updates: readonly {
    id: string;
    localAs: number;
    peerAs: number;
    message: string;
    messageWithType33: string;
    prefix: string;
    asPath: string;
    signatures: readonly {
      signerAs: number;
      targetAs: number;
      octets: string;
      digest: string;
      signature: string;
    }[];
    digests: readonly string[];
  }[];
  readonly malformed: readonly {
    localAs: number;
    peerAs: number;
    message: string;
    reason: string;
    check?: number;
  }[];
}

const load = (name: string): Cases =>
  JSON.parse(readFileSync(new URL(`../kit/bgpsec/facts/${name}.json`, import.meta.url), 'utf8'));
const rfc = load('rfc8608');
const frr = load('frr-capture');
const keys = createRouterKeys(
  [...rfc.keys, ...frr.keys].map(({ asn, ski, spki }) => ({ asn, ski: fromHex(ski), spki: fromHex(spki) })),
);

describe.each([
  ['noble', createNobleEngine()],
  ['native', native],
])('RFC 8608 and RFC 8208 Appendix A, %s', (_name, engine) => {
  const verifier = { keys, suites: suite1(engine) };

  it('has three UPDATEs', () => {
    expect(rfc.updates).toHaveLength(3);
  });

  it.each(rfc.updates.map((update) => [update.id, update] as const))('%s', (_id, update) => {
    requirement(
      'rfc8205:4.4:order',
      'rfc8205:5.1:two-states',
      'rfc8205:5.2:equivalent-algorithm',
      'rfc8205:5.2:octet-order',
      'rfc8205:5.2:target-of-inner',
      'rfc8608:2.1:signature-id',
      'rfc8608:2.2.1:ecdsa-p256',
      'rfc8608:2.2.1:sha-256',
      'rfc8608:2.2.1:suite-identifier',
    );
    const session = external(update.localAs, update.peerAs);
    const result = verifyUpdate(fromHex(update.messageWithType33), session, verifier);
    expect(result.verdict).toBe('valid');
    expect(result.notes).toEqual([]);
    expect(result.prefix && formatPrefix(result.prefix)).toBe(update.prefix);
    expect(result.asPath && formatAsPath(result.asPath)).toBe(update.asPath);
    const found = result.blocks[0]?.signatures.map(({ signerAs, targetAs, octets, digest, signature }) => ({
      signerAs,
      targetAs,
      octets: octets && toHex(octets),
      digest: digest && toHex(digest),
      signature: toHex(signature),
    }));
    expect(found).toEqual(update.signatures);
    expect(verdictOfUpdate(fromHex(update.messageWithType33), session, verifier)).toBe('valid');
    // As printed, with type 30: only by request (trap 1).
    const printed = verifyUpdate(fromHex(update.message), session, verifier, { attributeType: 30 });
    expect([printed.verdict, printed.notes]).toEqual(['valid', ['legacy-type-30']]);
    expect(verifyUpdate(fromHex(update.message), session, verifier).reason).toBe('as-path-missing');
  });
});

/** ECDSA with the k of the vectors, which no engine offers. */
const fixedNonce: SignatureEngine = {
  ...native,
  sign: (key, octets) => {
    const { Fn, BASE } = p256.Point;
    const k = BigInt(`0x${rfc.k}`);
    const r = Fn.create(BASE.multiply(k).toAffine().x);
    const e = Fn.create(BigInt(`0x${toHex(native.digest(octets))}`));
    const d = BigInt(`0x${toHex(key.scalar())}`);
    const s = Fn.mul(Fn.inv(k), Fn.add(e, Fn.mul(r, d)));
    const octetsOf = (value: bigint) => fromHex(value.toString(16).padStart(64, '0'));
    return encodeEcdsaSigValue(octetsOf(r), octetsOf(s));
  },
};

describe('signing with the k of the RFC gives its octets', () => {
  it.each(rfc.updates.map((update) => [update.id, update] as const))('%s', (_id, update) => {
    requirement(
      'rfc8205:4.2:octet-order',
      'rfc8205:4.2:family-from-mp-reach',
      'rfc8205:4.2:digest-and-sign',
      'rfc8205:4.2:signature-length-field',
      'rfc8608:2.2.1:ecdsa-p256',
      'rfc8608:4:update-signature',
    );
    const signer = {
      suites: suite1(fixedNonce),
      keyOf: (asn: number) => {
        const found = rfc.keys.find((key) => key.asn === asn);
        return found && routerPrivateKey(fromHex(found.scalar), [asn]);
      },
    };
    const announced = unicast(parsePrefix(update.prefix));
    const first = originSegment({ pCount: 1, flags: 0, asn: 64496 }, 65536, announced, signer);
    const path = addSegment(first, { pCount: 1, flags: 0, asn: 65536 }, 65537, announced, signer);
    // The RFC puts ORIGIN and MULTI_EXIT_DISC first, and sets Extended Length for 205 octets.
    const { message } = decodeUpdate(fromHex(update.messageWithType33));
    const attributes = message.attributes.map((attribute) =>
      attribute.code === ATTR_BGPSEC_PATH
        ? { ...pathAttribute(ATTR_BGPSEC_PATH, encodeBgpsecPath(path)), flags: 0x90 }
        : attribute,
    );
    expect(toHex(encodeUpdateMessage({ ...message, attributes }, false))).toBe(update.messageWithType33);
  });

  it('the keys and identifiers agree', () => {
    requirement('rfc8205:3.2:ski-20-octets', 'rfc8205:4.2:ski-of-certificate');
    for (const { scalar, spki, ski } of rfc.keys) {
      const key = routerPrivateKey(fromHex(scalar));
      expect([toHex(key.spki), toHex(key.ski)]).toEqual([spki, ski]);
    }
    for (const { spki, ski } of [...rfc.keys, ...frr.keys])
      expect(toHex(computeSki(fromHex(spki)))).toBe(ski);
  });

  it('all signatures of the RFCs have a high s (trap 2)', () => {
    const half = p256.Point.Fn.ORDER / 2n;
    for (const { signatures } of rfc.updates) {
      for (const { signature } of signatures) {
        const value = parseEcdsaSigValue(fromHex(signature));
        expect(value && BigInt(`0x${toHex(value.s)}`) > half).toBe(true);
      }
    }
  });
});

describe('a capture of FRR-based speakers', () => {
  const verifier = { keys, suites: suite1(native) };

  it('verifies all 30 signatures of 20 UPDATEs', async () => {
    requirement('rfc8205:5:validate-external', 'rfc8205:5.2:block-valid');
    let signatures = 0;
    for (const { message, localAs, peerAs, asPath, digests } of frr.updates) {
      const result = verifyUpdate(fromHex(message), external(localAs, peerAs), verifier);
      expect(result.verdict).toBe('valid');
      expect(result.asPath && formatAsPath(result.asPath)).toBe(asPath);
      const [block] = result.blocks;
      expect(block?.signatures.map(({ digest }) => digest && toHex(digest))).toEqual(digests);
      signatures += block?.verified ?? 0;
    }
    expect([frr.updates.length, signatures]).toEqual([20, 30]);
    const items = frr.updates.map(({ message, localAs, peerAs }) => ({
      message: fromHex(message),
      session: external(localAs, peerAs),
    }));
    expect(await verdictsOfUpdates(items, verifier)).toEqual(items.map(() => 'valid'));
  });

  it('names what is wrong with the malformed UPDATE of another speaker', () => {
    expect(frr.malformed).toHaveLength(2);
    for (const { message, localAs, peerAs, reason, check } of frr.malformed) {
      const result = verifyUpdate(fromHex(message), external(localAs, peerAs), verifier);
      expect([result.verdict, result.reason, result.check]).toEqual(['treat-as-withdraw', reason, check]);
    }
  });
});

describeShared('the vectors as delivered', () => {
  it('say the same as the re-encoded ones', () => {
    const original = JSON.parse(readFileSync(shared('vectors/rfc8608.json'), 'utf8'));
    expect(original.updates.map((update: { message: string }) => update.message)).toEqual(
      rfc.updates.map(({ message }) => message),
    );
    const capture = JSON.parse(readFileSync(shared('vectors/frr-bgpsec-capture.json'), 'utf8'));
    expect(capture.updates.map((update: { message: string }) => update.message)).toEqual(
      frr.updates.map(({ message }) => message),
    );
  });
});
