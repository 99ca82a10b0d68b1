import { p256 } from '@noble/curves/nist.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { falcon512padded } from '@noble/post-quantum/falcon.js';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { slh_dsa_sha2_128s } from '@noble/post-quantum/slh-dsa.js';
import {
  aggregatePathScheme,
  createNobleEngine,
  ed25519Signer,
  type HopSigner,
  halfAggregatedSchnorr,
  longAggregatePathScheme,
  nobleOctetEngine,
  type PathScheme,
  perHopPathScheme,
} from 'pathsec/apvas';
import type { StudyConfig } from '../config.js';
import { interleave, measure, type Samples } from '../counters.js';
import { createWorkload, prefix24 } from '../workload.js';

/** Size and time of one scheme over a path of four hops (one hop for SLH-DSA, whose signing takes seconds). */
export interface SchemeResult {
  readonly name: string;
  readonly hops: number;
  readonly signatureOctets: number;
  /** One sample: signing all hops in turn, milliseconds. */
  readonly signMs: number;
  readonly verify: Samples;
  /** ECDSA over as many hops in the same rounds. */
  readonly ecdsa: Samples;
}

const signers: readonly HopSigner[] = [
  ed25519Signer,
  {
    name: 'ML-DSA-44',
    signatureOctets: 2420,
    keyPair: (seed) => ml_dsa44.keygen(seed),
    sign: (message, key) => ml_dsa44.sign(message, key),
    verify: (signature, message, key) => ml_dsa44.verify(signature, message, key),
  },
  {
    name: 'FN-DSA-512',
    signatureOctets: 666,
    keyPair: (seed) => falcon512padded.keygen(sha512(seed).subarray(0, 48)),
    sign: (message, key) => falcon512padded.sign(message, key),
    verify: (signature, message, key) => falcon512padded.verify(signature, message, key),
  },
  {
    name: 'SLH-DSA-SHA2-128s',
    signatureOctets: 7856,
    keyPair: (seed) => slh_dsa_sha2_128s.keygen(sha512(seed).subarray(0, 48)),
    sign: (message, key) => slh_dsa_sha2_128s.sign(message, key),
    verify: (signature, message, key) => slh_dsa_sha2_128s.verify(signature, message, key),
  },
];

/** Every other scheme behind the one interface, against ECDSA over the same statements. */
export function schemes(config: StudyConfig): SchemeResult[] {
  return [
    one(config, aggregatePathScheme(createNobleEngine(), 'plain'), 4),
    one(config, longAggregatePathScheme(nobleOctetEngine), 4),
    one(config, halfAggregatedSchnorr, 4),
    ...signers.map((signer) => one(config, perHopPathScheme(signer), signer.name.startsWith('SLH') ? 1 : 4)),
  ];
}

const ecdsaSigner: HopSigner = {
  name: 'ECDSA P-256',
  signatureOctets: 72,
  keyPair: (seed) => ({ secretKey: seed, publicKey: p256.getPublicKey(seed) }),
  sign: (message, key) => p256.sign(message, key, { format: 'der', lowS: false }),
  verify: (signature, message, key) => p256.verify(signature, message, key, { format: 'der', lowS: false }),
};

function one<S, V>(config: StudyConfig, scheme: PathScheme<S, V>, hops: number): SchemeResult {
  const asns = Array.from({ length: hops }, (_, i) => 64_500 + i);
  const { route } = createWorkload().aggregate('plain', { asns, prefix: prefix24(3) });
  const seeds = asns.map((_, i) => new Uint8Array(32).fill(i + 1));
  const prepare = <S1, V1>(of: PathScheme<S1, V1>) => {
    const pairs = seeds.map((seed) => of.keyPair(seed));
    let signatures: Uint8Array[] = [];
    const signed = measure(() => {
      signatures = of.sign(
        route,
        pairs.map(({ secret }) => secret),
      );
      return true;
    });
    const keys = pairs.map(({ verifier }) => verifier);
    return { signMs: signed.cpu, signatures, verify: () => of.verify(route, keys, signatures) };
  };
  const own = prepare(scheme);
  const ecdsa = prepare(perHopPathScheme(ecdsaSigner));
  if (!own.verify()) throw new Error(`${scheme.name} does not verify`);
  const samples = interleave({ own: own.verify, ecdsa: ecdsa.verify }, config.rounds);
  return {
    name: scheme.name,
    hops,
    signatureOctets: own.signatures.reduce((sum, { length }) => sum + length, 0),
    signMs: own.signMs,
    verify: samples.own as Samples,
    ecdsa: samples.ecdsa as Samples,
  };
}
