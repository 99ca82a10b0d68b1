import { falcon512padded } from '@noble/post-quantum/falcon.js';
import { ml_dsa44, ml_dsa65 } from '@noble/post-quantum/ml-dsa.js';
import { slh_dsa_sha2_128s } from '@noble/post-quantum/slh-dsa.js';
import {
  compositeSigner,
  createSuiteEngine,
  createSuiteKey,
  ecdsaSigner,
  experimentalSuite,
  postQuantumSigner,
  SIGNATURE_SIZES,
  SUITE_POST_QUANTUM,
  type SuiteSigner,
} from 'pathsec/apvas';
import { type BgpsecPath, MAX_MESSAGE_LENGTH } from 'pathsec/bgp';
import {
  addSegment,
  createRouterKeys,
  createSignedRouteStore,
  createSigner,
  encodeSignedUpdate,
  isValidRoute,
  originSegment,
  type RouterPrivateKey,
  type SigningError,
  type Suites,
  suite1,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { equalOctets } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { announced, keyOf, native, nextHop, origin } from '../bgpsec/world.js';

const mlDsa44 = postQuantumSigner('ML-DSA-44', ml_dsa44);
const mlDsa65 = postQuantumSigner('ML-DSA-65', ml_dsa65);
const fnDsa = postQuantumSigner('FN-DSA-512', falcon512padded);
const slhDsa = postQuantumSigner('SLH-DSA-128s', slh_dsa_sha2_128s);

/** Each with a path: a signature of SLH-DSA takes seconds, so its path has one hop. */
const SIGNERS: readonly (readonly [SuiteSigner, readonly number[]])[] = [
  [mlDsa44, [65536, 65537, 65538]],
  [mlDsa65, [65536, 65537, 65538]],
  [fnDsa, [65536, 65537]],
  [slhDsa, [65536]],
  [compositeSigner(mlDsa44), [65536, 65537, 65538]],
  [compositeSigner(mlDsa65), [65536, 65537]],
  [ecdsaSigner, [65536, 65537, 65538, 65539]],
];
const TARGET = 65550;

function world(signer: SuiteSigner, asns: readonly number[]) {
  const suites = experimentalSuite(signer);
  const keys = asns.map((asn, i) => ({
    asn,
    key: createSuiteKey(signer, new Uint8Array(32).fill(i + 1)),
    suite: SUITE_POST_QUANTUM,
  }));
  const path = pathOf(suites, keys, [SUITE_POST_QUANTUM]);
  const routerKeys = createRouterKeys(keys.map(({ asn, key: { ski, spki } }) => ({ asn, ski, spki })));
  const session = { localAs: TARGET, peerAs: asns.at(-1) ?? 0, kind: 'external' } as const;
  return { path, verifier: { keys: routerKeys, suites }, session };
}

function pathOf(
  suites: Suites,
  keys: readonly { readonly asn: number; readonly key: RouterPrivateKey; readonly suite: number }[],
  blocks: readonly number[],
): BgpsecPath {
  const signer = createSigner(suites, keys);
  const asns = [...new Set(keys.map(({ asn }) => asn))];
  let path: BgpsecPath | undefined;
  for (const [i, asn] of asns.entries()) {
    const segment = { pCount: 1, flags: 0, asn };
    const target = asns[i + 1] ?? TARGET;
    path =
      path === undefined
        ? originSegment(segment, target, announced, signer, blocks)
        : addSegment(path, segment, target, announced, signer);
  }
  return path as BgpsecPath;
}

const parts = (path: BgpsecPath) => ({ announced, bgpsecPath: path, nextHop, attributes: [origin] });

describe('post-quantum suites, NON-STANDARD', () => {
  it.each(SIGNERS.map(([signer, asns]) => [signer.name, signer, asns] as const))(
    '%s: UPDATEs are signed, sent and verified',
    (_, signer, asns) => {
      const { path, verifier, session } = world(signer, asns);
      const message = encodeSignedUpdate(parts(path), true);
      const result = verifyUpdate(message, session, verifier);
      expect(result).toMatchObject({ verdict: 'valid', reason: 'ok', pathLength: asns.length });
      const signatures = path.blocks[0]?.signatures ?? [];
      const octets = signatures.reduce((sum, { signature }) => sum + signature.length, 0);
      // 52 octets and 28 a hop, as for every suite of BGPsec.
      expect(message).toHaveLength(52 + 28 * asns.length + octets);
      // Both readings of RFC 8205 agree, and a packed store gives back what it was given.
      expect(isValidRoute({ path, announced, session }, verifier)).toBe(true);
      const store = createSignedRouteStore();
      expect(store.get(store.add({ announced, path }))).toEqual({ announced, path });
      const [newest] = signatures;
      const damaged = newest?.signature.map((octet, i) => (i === 20 ? octet ^ 1 : octet));
      if (newest === undefined || damaged === undefined) throw new Error('no signature');
      for (const [signature, reason] of [
        [damaged, 'signature-mismatch'],
        [new Uint8Array(signer.signatureOctets + 1), 'signature-encoding'],
      ] as const) {
        const blocks = [
          { suite: SUITE_POST_QUANTUM, signatures: [{ ...newest, signature }, ...signatures.slice(1)] },
        ];
        const bad = encodeSignedUpdate(parts({ ...path, blocks }), true);
        expect(verifyUpdate(bad, session, verifier)).toMatchObject({ verdict: 'not-valid', reason });
      }
    },
    60_000,
  );

  it.each(SIGNERS.filter(([signer]) => signer !== slhDsa).map(([signer]) => [signer.name, signer] as const))(
    '%s: has the octets of the table, equal signatures for equal octets, and no verdict but false for nonsense',
    (name, signer) => {
      const key = createSuiteKey(signer, new Uint8Array(32).fill(9));
      const engine = createSuiteEngine(signer);
      const message = new Uint8Array(100).fill(3);
      const signature = engine.sign(key, message);
      const sizes = SIGNATURE_SIZES[name as keyof typeof SIGNATURE_SIZES];
      if (sizes !== undefined) {
        expect([signer.publicKeyOctets, signer.signatureOctets]).toEqual([
          sizes.publicKeyOctets,
          sizes.signatureOctets,
        ]);
      }
      expect(key.spki).toHaveLength(signer.publicKeyOctets);
      expect(signature.length).toBeLessThanOrEqual(signer.signatureOctets);
      expect(signature.length).toBeGreaterThanOrEqual(signer.signatureOctets - 4);
      expect(equalOctets(engine.sign(key, message), signature)).toBe(true);
      expect([engine.usableKey(key.spki), engine.usableKey(key.spki.subarray(1))]).toEqual([true, false]);
      expect(engine.verify(key.spki, message, signature)).toBe(true);
      for (const [spki, octets, bad] of [
        [key.spki, message.subarray(1), signature],
        [key.spki.subarray(1), message, signature],
        [new Uint8Array(signer.publicKeyOctets), message, signature],
        [key.spki, message, signature.subarray(1)],
        [key.spki, message, new Uint8Array(0)],
        [key.spki, message, new Uint8Array(signer.signatureOctets).fill(0xff)],
      ] as const) {
        expect(engine.verify(spki, octets, bad)).toBe(false);
      }
      expect(JSON.stringify(key)).not.toContain('secret');
    },
  );

  it('a composite needs both of its signatures', () => {
    const signer = compositeSigner(mlDsa44);
    const key = createSuiteKey(signer, new Uint8Array(32).fill(5), [65536]);
    expect(key.asns).toEqual([65536]);
    const message = new Uint8Array(60).fill(1);
    const signature = signer.sign(message, key.scalar());
    for (const at of [5, signature.length - 5]) {
      const bad = signature.map((octet, i) => (i === at ? octet ^ 1 : octet));
      expect(signer.verify(bad, message, key.spki)).toBe(false);
    }
  });

  it('stands in a second block beside suite 1, and one block suffices', () => {
    const asn = 65536;
    const suites: Suites = new Map([...suite1(native), ...experimentalSuite(mlDsa44)]);
    const quantum = createSuiteKey(mlDsa44, new Uint8Array(32).fill(1));
    const keys = [
      { asn, key: keyOf(asn), suite: 1 },
      { asn, key: quantum, suite: SUITE_POST_QUANTUM },
    ];
    const path = pathOf(suites, keys, [1, SUITE_POST_QUANTUM]);
    const message = encodeSignedUpdate(parts(path), true);
    const session = { localAs: TARGET, peerAs: asn, kind: 'external' } as const;
    const routerKeys = createRouterKeys(keys.map(({ key: { ski, spki } }) => ({ asn, ski, spki })));
    for (const known of [suites, suite1(native), experimentalSuite(mlDsa44)]) {
      expect(verifyUpdate(message, session, { keys: routerKeys, suites: known }).verdict).toBe('valid');
    }
    const none = verifyUpdate(message, session, {
      keys: routerKeys,
      suites: experimentalSuite(mlDsa44, 0xfa),
    });
    expect(none).toMatchObject({ verdict: 'unsigned', reason: 'no-supported-suite' });
  });

  it('fits into messages as the sizes say: the hops of 4,096 and 65,535 octets', () => {
    const fits = (signatureOctets: number, extended: boolean) => {
      for (let hops = 1; ; hops++) {
        const segments = Array.from({ length: hops }, (_, i) => ({ pCount: 1, flags: 0, asn: 65536 + i }));
        const signature = { ski: new Uint8Array(20), signature: new Uint8Array(signatureOctets) };
        const blocks = [{ suite: SUITE_POST_QUANTUM, signatures: segments.map(() => signature) }];
        try {
          encodeSignedUpdate(parts({ segments, blocks }), extended);
        } catch (error) {
          expect((error as SigningError).code).toBe('message-too-long');
          return hops - 1;
        }
      }
    };
    const hops = Object.entries(SIGNATURE_SIZES).map(([name, { signatureOctets }]) => [
      name,
      fits(signatureOctets, false),
      fits(signatureOctets, true),
    ]);
    expect(MAX_MESSAGE_LENGTH).toBe(4096);
    expect(hops).toEqual([
      ['ML-DSA-44', 1, 26],
      ['ML-DSA-65', 1, 19],
      ['FN-DSA-512', 5, 94],
      ['SLH-DSA-128s', 0, 8],
      ['ML-DSA-44 + P-256', 1, 25],
      ['ML-DSA-65 + P-256', 1, 19],
    ]);
  });

  it('refuses what is not the algorithm, a number of BGPsec, and a seed of another length', () => {
    expect(() => postQuantumSigner('ML-DSA-44', ml_dsa65)).toThrow(/ML-DSA-44 has keys of 1312/);
    for (const suite of [1, 0xf6, 0xfb, 0xff])
      expect(() => experimentalSuite(mlDsa44, suite)).toThrow(RangeError);
    expect(() => createSuiteKey(mlDsa44, new Uint8Array(48))).toThrow(RangeError);
  });
});
