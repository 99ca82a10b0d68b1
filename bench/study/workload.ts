import {
  type AdmittedKey,
  type AggregateRoute,
  createFcKeys,
  createKeyTable,
  createNobleEngine,
  createSigningKey,
  decodePublicKey,
  type FcKeys,
  type FcPath,
  type FcRoute,
  forward,
  type KeyTable,
  type NobleEngine,
  type NobleKey,
  type NoblePoint,
  type OutgoingRoute,
  originate,
  propagateFc,
  type SchemeId,
  type SignerKey,
  type SigningKey,
} from 'pathsec/apvas';
import type { BgpsecPath } from 'pathsec/bgp';
import {
  addSegment,
  createNobleEngine as createP256Engine,
  createRouterKeys,
  createSigner,
  originSegment,
  type RouterPrivateKey,
  routerPrivateKey,
  type SignatureEngine,
  type SignedPrefix,
  type Suites,
  suite1,
  unicast,
} from 'pathsec/bgpsec';
import { AFI_IPV4, makePrefix, type Prefix } from 'pathsec/inet';

/** The AS of the receiving side in every workload. */
export const LOCAL_AS = 4_200_000_000;

/** A path to sign: ASNs origin first, one pCount each. */
export interface PathShape {
  readonly asns: readonly number[];
  readonly pCounts?: readonly number[];
  readonly prefix: Prefix;
}

/** Signs the same paths under BGPsec, PLAIN and CHAIN, with one synthetic key per AS and algorithm. */
export interface Workload {
  readonly engine: NobleEngine;
  readonly suites: Suites;
  /** Signs under ECDSA, hop by hop, to {@link LOCAL_AS}. */
  ecdsa(shape: PathShape): { readonly path: BgpsecPath; readonly announced: SignedPrefix };
  /** Signs forwarding commitments with the same keys; every AS takes part. */
  commitments(shape: PathShape): FcRoute;
  /** Keys of all ASes that have signed so far, for FC-BGP. */
  fcKeys(): FcKeys;
  /** Signs under PLAIN or CHAIN. */
  aggregate(
    scheme: SchemeId,
    shape: PathShape,
  ): OutgoingRoute<NoblePoint> & { readonly keys: readonly SignerKey<NobleKey>[] };
  /** Keys of all ASes that have signed so far, for the ECDSA verifier. */
  routerKeys(): ReturnType<typeof createRouterKeys>;
  /** The same for the aggregate schemes, admitted with their proofs of possession. */
  keyTable(engine: NobleEngine): KeyTable<NobleKey>;
  admitted(asn: number): AdmittedKey<NobleKey>;
}

/** An empty workload; keys come from the AS numbers, so equal runs give equal octets. */
export function createWorkload(): Workload {
  const engine = createNobleEngine({ cachedKeys: 4096 });
  const suites = suite1(createP256Engine({ maxTables: 0 }));
  const p256Keys = new Map<number, RouterPrivateKey>();
  const blsKeys = new Map<number, { readonly secret: SigningKey; readonly verifier: SignerKey<NobleKey> }>();
  const p256Of = (asn: number): RouterPrivateKey => {
    const key = p256Keys.get(asn) ?? routerPrivateKey(scalarOctets(asn));
    p256Keys.set(asn, key);
    return key;
  };
  const blsOf = (asn: number) => {
    let key = blsKeys.get(asn);
    if (key === undefined) {
      const secret = createSigningKey(engine, asn, BigInt(asn) ** 7n + 12_345n);
      const { publicKey } = secret;
      key = { secret, verifier: { publicKey, prepared: decodePublicKey(engine, publicKey) } };
      blsKeys.set(asn, key);
    }
    return key;
  };
  return {
    engine,
    suites,
    ecdsa: ({ asns, pCounts, prefix }) => {
      const announced = unicast(prefix);
      const signer = createSigner(
        suites,
        asns.map((asn) => ({ asn, key: p256Of(asn) })),
      );
      let path: BgpsecPath | undefined;
      for (const [i, asn] of asns.entries()) {
        const segment = { pCount: pCounts?.[i] ?? 1, flags: 0, asn };
        const target = asns[i + 1] ?? LOCAL_AS;
        path =
          path === undefined
            ? originSegment(segment, target, announced, signer)
            : addSegment(path, segment, target, announced, signer);
      }
      return { path: path as BgpsecPath, announced };
    },
    commitments: ({ asns, pCounts, prefix }) => {
      let path: FcPath | undefined;
      for (const [i, asn] of asns.entries()) {
        const route = { prefix, previousAs: asns[i - 1] ?? 0, prepended: (pCounts?.[i] ?? 1) > 1 };
        const sent = propagateFc(
          path === undefined ? route : { ...route, path },
          { asn, key: p256Of(asn), engine: suites.get(1) as SignatureEngine },
          { asn: asns[i + 1] ?? LOCAL_AS, kind: 'external' },
        );
        if (sent.send && sent.path !== undefined) path = sent.path;
      }
      const sequence = [...asns.entries()].flatMap(([i, asn]) =>
        new Array<number>(pCounts?.[i] ?? 1).fill(asn),
      );
      return { prefix, path: path as FcPath, asPath: [{ type: 2, asns: sequence.reverse() }] };
    },
    fcKeys: () => createFcKeys(Array.from(p256Keys, ([asn, { ski, spki }]) => ({ asn, ski, spki }))),
    aggregate: (scheme, { asns, pCounts, prefix }) => {
      let out: OutgoingRoute<NoblePoint> | undefined;
      const keys: SignerKey<NobleKey>[] = [];
      for (const [i, asn] of asns.entries()) {
        const { secret, verifier } = blsOf(asn);
        const hop = { targetAs: asns[i + 1] ?? LOCAL_AS, pCount: pCounts?.[i] ?? 1 };
        out =
          out === undefined
            ? originate(engine, scheme, secret, destinationOf(prefix), hop)
            : forward(engine, { ...out, publicKeys: keys.map((key) => key.publicKey) }, secret, hop);
        keys.push(verifier);
      }
      return { ...(out as OutgoingRoute<NoblePoint>), keys };
    },
    routerKeys: () => createRouterKeys(Array.from(p256Keys, ([asn, { ski, spki }]) => ({ asn, ski, spki }))),
    keyTable: (other) => {
      const table = createKeyTable(other);
      for (const { secret } of blsKeys.values()) table.admit(secret);
      return table;
    },
    admitted: (asn) => ({ ...blsOf(asn).secret, ...blsOf(asn).verifier }),
  };
}

/** What the aggregate schemes say of a prefix. */
export function destinationOf(prefix: Prefix): Pick<AggregateRoute, 'afi' | 'safi' | 'nlri'> {
  const octets = prefix.octets.subarray(0, Math.ceil(prefix.length / 8));
  return { afi: prefix.afi, safi: 1, nlri: Uint8Array.of(prefix.length, ...octets) };
}

/** 10.x.y.0/24 by number. */
export function prefix24(i: number): Prefix {
  return makePrefix(AFI_IPV4, Uint8Array.of(10, (i >> 8) & 0xff, i & 0xff, 0), 24);
}

function scalarOctets(asn: number): Uint8Array {
  const octets = new Uint8Array(32).fill(0x5a);
  new DataView(octets.buffer).setUint32(28, asn);
  return octets;
}
