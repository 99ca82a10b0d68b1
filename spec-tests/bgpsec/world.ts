import { sha256 } from '@noble/hashes/sha2.js';
import { type BgpsecPath, encodeOrigin, type PathAttribute, pathAttribute } from 'pathsec/bgp';
import {
  addSegment,
  type BgpsecSession,
  createRouterKeys,
  encodeSignedUpdate,
  originSegment,
  type RouterPrivateKey,
  routerPrivateKey,
  type SignatureEngine,
  type SignedPrefix,
  type Suites,
  suite1,
  unicast,
  type Verifier,
  withSignatureCache,
} from 'pathsec/bgpsec';
import { parsePrefix } from 'pathsec/inet';
import { createOpensslEngine } from 'pathsec/node';

/** One native engine for all tests: its key objects are cached by key. */
export const native: SignatureEngine = createOpensslEngine();
/** Suite 1, and an experimental suite of the same algorithms. */
export const twoSuites: Suites = new Map([
  [1, native],
  [0xf7, native],
]);
export const EXPERIMENTAL = 0xf7;

const made = new Map<string, RouterPrivateKey>();

/** A key for tests: always the same for an AS and a variant. */
export function keyOf(asn: number, variant = ''): RouterPrivateKey {
  const name = `${asn} ${variant}`;
  const key = made.get(name) ?? routerPrivateKey(sha256(new TextEncoder().encode(`test key ${name}`)));
  made.set(name, key);
  return key;
}

const signing = withSignatureCache(native, 10_000);
/** A signer that has the key of every AS; equal octets get equal signatures, so paths share their tails. */
export const signer = {
  suites: new Map([
    [1, signing],
    [EXPERIMENTAL, signing],
  ]),
  keyOf: (asn: number) => keyOf(asn),
};

/** A verifier that knows the keys of the ASes named. */
export function verifierOf(asns: Iterable<number>, suites: Suites = suite1(native)): Verifier {
  const keys = createRouterKeys();
  for (const asn of new Set(asns)) keys.announce({ asn, ski: keyOf(asn).ski, spki: keyOf(asn).spki });
  return { keys, suites };
}

export const announced: SignedPrefix = unicast(parsePrefix('192.0.2.0/24'));
export const nextHop = Uint8Array.of(198, 51, 100, 1);
export const origin: PathAttribute = pathAttribute(1, encodeOrigin('igp'));

/** The attribute of a path of plain hops, origin first, signed to `target`. */
export function pathOf(asns: readonly number[], target: number, suites: readonly number[] = [1]): BgpsecPath {
  let path: BgpsecPath | undefined;
  for (const [i, asn] of asns.entries()) {
    const segment = { pCount: 1, flags: 0, asn };
    const next = asns[i + 1] ?? target;
    path =
      path === undefined
        ? originSegment(segment, next, announced, signer, suites)
        : addSegment(path, segment, next, announced, signer);
  }
  if (path === undefined) throw new Error('no hops');
  return path;
}

/** The UPDATE that carries `path`. */
export function messageOf(path: BgpsecPath, attributes: readonly PathAttribute[] = [origin]): Uint8Array {
  return encodeSignedUpdate({ announced, bgpsecPath: path, nextHop, attributes }, true);
}

export function external(localAs: number, peerAs: number, more: Partial<BgpsecSession> = {}): BgpsecSession {
  return { localAs, peerAs, kind: 'external', ...more };
}
