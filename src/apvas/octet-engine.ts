import { bls12_381 } from '@noble/curves/bls12-381.js';
import { attempt } from './attempt.js';

const { longSignatures, G1 } = bls12_381;
/** The tag of the proof-of-possession scheme with signatures in G2 (BLS draft §4.2.3), fixed in blst's Node binding. */
const DST_LONG = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';

/**
 * BLS signatures at the level of octets, in the other variant (BLS draft §2.1, minimal public keys): 48-octet keys,
 * 96-octet signatures. CHAIN and grouping are impossible at this level. `K` is a decoded key.
 */
export interface OctetEngine<K> {
  readonly name: string;
  readonly signatureOctets: number;
  /** `secret`: 32 octets, big-endian, in 1..r-1. */
  publicKey(secret: Uint8Array): Uint8Array;
  /** KeyValidate; undefined for what it refuses. */
  decodeKey(publicKey: Uint8Array): K | undefined;
  sign(message: Uint8Array, secret: Uint8Array): Uint8Array;
  /** The sum of signatures, each of them checked to be in the subgroup. Throws for one that is not. */
  aggregate(signatures: readonly Uint8Array[]): Uint8Array;
  /** CoreAggregateVerify (BLS draft §2.9). */
  aggregateVerify(messages: readonly Uint8Array[], keys: readonly K[], signature: Uint8Array): boolean;
}

/** A decoded key of {@link nobleOctetEngine}. */
export type NobleLongKey = InstanceType<typeof G1.Point>;

/** {@link OctetEngine} over `@noble/curves`. */
export const nobleOctetEngine: OctetEngine<NobleLongKey> = {
  name: 'noble, 96-octet signatures',
  signatureOctets: 96,
  publicKey: (secret) => longSignatures.getPublicKey(secret).toBytes(),
  decodeKey: (octets) => {
    const point = attempt(() => G1.Point.fromBytes(octets));
    return point === undefined || point.is0() ? undefined : point;
  },
  sign: (message, secret) => {
    const signature = longSignatures.sign(longSignatures.hash(message, DST_LONG), secret);
    return longSignatures.Signature.toBytes(signature);
  },
  aggregate: (signatures) =>
    longSignatures.Signature.toBytes(longSignatures.aggregateSignatures([...signatures])),
  aggregateVerify: (messages, keys, signature) => {
    const point = attempt(() => longSignatures.Signature.fromBytes(signature));
    if (point === undefined || point.is0() || keys.length === 0) return false;
    // A fresh hash point per message: the library groups by object identity.
    const items = keys.map((publicKey, i) => ({
      message: longSignatures.hash(messages[i] as Uint8Array, DST_LONG),
      publicKey,
    }));
    return longSignatures.verifyBatch(point, items);
  },
};

/** A key of `@chainsafe/blst`. */
export interface BlstKey {
  toBytes(): Uint8Array;
}
/** A signature of `@chainsafe/blst`. */
export interface BlstSignature {
  toBytes(): Uint8Array;
}
/** The part of the package `@chainsafe/blst` 2.2 that the engine uses; load it and pass it in. */
export interface BlstModule {
  readonly SecretKey: {
    fromBytes(octets: Uint8Array): { toPublicKey(): BlstKey; sign(message: Uint8Array): BlstSignature };
  };
  readonly PublicKey: { fromBytes(octets: Uint8Array, validate: boolean): BlstKey };
  readonly Signature: { fromBytes(octets: Uint8Array, validate: boolean): BlstSignature };
  aggregateSerializedSignatures(signatures: Uint8Array[], groupCheck: boolean): BlstSignature;
  aggregateVerify(messages: Uint8Array[], keys: never[], signature: never): boolean;
}

/** {@link OctetEngine} over `@chainsafe/blst`: an oracle in tests, a ceiling for native code in benchmarks. */
export function createBlstEngine(blst: BlstModule): OctetEngine<BlstKey> {
  return {
    name: 'blst, 96-octet signatures',
    signatureOctets: 96,
    publicKey: (secret) => blst.SecretKey.fromBytes(secret).toPublicKey().toBytes(),
    // Without `true` the binding accepts points outside the subgroup.
    decodeKey: (octets) => attempt(() => blst.PublicKey.fromBytes(octets, true)),
    sign: (message, secret) => blst.SecretKey.fromBytes(secret).sign(message).toBytes(),
    aggregate: (signatures) => blst.aggregateSerializedSignatures([...signatures], true).toBytes(),
    aggregateVerify: (messages, keys, signature) => {
      const point = attempt(() => blst.Signature.fromBytes(signature, true));
      if (point === undefined || keys.length === 0) return false;
      return blst.aggregateVerify([...messages], [...keys] as never[], point as never);
    },
  };
}
