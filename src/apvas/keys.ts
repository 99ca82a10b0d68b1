import { DecodeError, equalOctets, toHex } from '../bytes/index.js';
import { type Asn, isAsn } from '../inet/index.js';
import { decodePublicKey, decodeSignature, GROUP_ORDER, subjectKeyIdentifier } from './encoding.js';
import type { PairingEngine } from './engine.js';
import { DST_POP } from './suite.js';

/** A public key with its proof of possession, as it arrives. NON-STANDARD: no router certificate carries these. */
export interface KeyEntry {
  readonly asn: Asn;
  /** 20 octets. */
  readonly ski: Uint8Array;
  /** 96 octets, compressed; 48 in the other variant. */
  readonly publicKey: Uint8Array;
  /** 48 octets, compressed; 96 in the other variant. */
  readonly pop: Uint8Array;
}

/** An admitted key. `prepared` is what the engine pairs with. */
export interface AdmittedKey<K> extends KeyEntry {
  readonly prepared: K;
}

/** What a hop signs with. The scalar is a secret: never printed, never part of an error. */
export interface SigningKey extends KeyEntry {
  /** 1 <= scalar < r. */
  readonly scalar: bigint;
}

/** Admitted keys by (AS, SKI). */
export interface KeyTable<K> {
  readonly size: number;
  /**
   * Checks a key and admits it. The same key again is no error.
   *
   * @throws {DecodeError} `key-as`, `key-encoding`, `key-ski-mismatch`, `signature-encoding`, `key-pop` or `key-clash`.
   */
  admit(entry: KeyEntry): AdmittedKey<K>;
  find(asn: Asn, ski: Uint8Array): AdmittedKey<K> | undefined;
  /** Takes a key out; false when it was not there. Every route that names it is `not-valid` from then on. */
  withdraw(asn: Asn, ski: Uint8Array): boolean;
}

/** An empty {@link KeyTable}. */
export function createKeyTable<P, K, T>(engine: PairingEngine<P, K, T>): KeyTable<K> {
  return keyTableOf<K>({
    decode: (publicKey) => decodePublicKey(engine, publicKey),
    proves: ({ publicKey, pop }, prepared) => popVerify(engine, publicKey, prepared, pop),
  });
}

/** What an engine does at admission. */
interface KeyAdmission<K> {
  /** KeyValidate. @throws {DecodeError} `key-encoding`. */
  decode(publicKey: Uint8Array): K;
  /** PopVerify. @throws {DecodeError} `signature-encoding`. */
  proves(entry: KeyEntry, prepared: K): boolean;
}

/** An empty {@link KeyTable} of keys that are admitted in that way. */
export function keyTableOf<K>({ decode, proves }: KeyAdmission<K>): KeyTable<K> {
  const keys = new Map<string, AdmittedKey<K>>();
  const place = (asn: Asn, ski: Uint8Array): string => `${asn} ${toHex(ski)}`;
  return {
    get size() {
      return keys.size;
    },
    admit(entry) {
      if (!isAsn(entry.asn) || entry.asn === 0) throw new DecodeError('key-as', `AS ${entry.asn}`);
      const known = keys.get(place(entry.asn, entry.ski));
      if (known !== undefined && equalOctets(known.publicKey, entry.publicKey)) return known;
      // 1. KeyValidate: decodes, in the subgroup, not the identity (BLS draft §2.5, required by §5.2).
      const prepared = decode(entry.publicKey);
      // 2. The SKI is that of the key.
      if (!equalOctets(subjectKeyIdentifier(entry.publicKey), entry.ski)) {
        throw new DecodeError('key-ski-mismatch', 'the SKI is not SHA-1 of the key', { field: 'ski' });
      }
      // 3. Proof of possession (docs/decisions/apvas.md D-apvas-pop).
      if (!proves(entry, prepared)) {
        throw new DecodeError('key-pop', 'the proof of possession does not verify', { field: 'pop' });
      }
      // 4. One key per (AS, SKI): trying alternatives would multiply over the hops (docs/decisions/apvas.md
      // D-apvas-clash).
      if (known !== undefined) throw new DecodeError('key-clash', 'another key has this AS and SKI');
      const admitted = { ...entry, prepared };
      keys.set(place(entry.asn, entry.ski), admitted);
      return admitted;
    },
    find: (asn, ski) => keys.get(place(asn, ski)),
    withdraw: (asn, ski) => keys.delete(place(asn, ski)),
  };
}

/**
 * UserKeyGen (Algorithm 2): the signing key of `scalar` with its proof of possession (PopProve, BLS draft §3.3.2).
 * The caller draws the scalar, uniformly from 1..r-1.
 *
 * @throws {RangeError} for a scalar outside that range.
 */
export function createSigningKey<P, K, T>(
  engine: PairingEngine<P, K, T>,
  asn: Asn,
  scalar: bigint,
): SigningKey {
  requireScalar(scalar);
  const publicKey = engine.publicKey(scalar);
  const pop = engine.encodeG1(engine.multiply(engine.hashToG1(publicKey, DST_POP), scalar));
  return { asn, ski: subjectKeyIdentifier(publicKey), publicKey, pop, scalar };
}

/** @throws {RangeError} outside 1..r-1; the message does not have the secret. */
export function requireScalar(scalar: bigint): void {
  if (scalar < 1n || scalar >= GROUP_ORDER) throw new RangeError('secret scalar out of range');
}

/** PopVerify (BLS draft §3.3.3) of a key that has passed KeyValidate: e(H(pk), pk) = e(pop, g2). */
function popVerify<P, K, T>(
  engine: PairingEngine<P, K, T>,
  publicKey: Uint8Array,
  prepared: K,
  pop: Uint8Array,
): boolean {
  const proof = decodeSignature(engine, pop, 'pop');
  const value = engine.miller([
    { point: engine.hashToG1(publicKey, DST_POP), key: prepared },
    { point: engine.negate(proof), key: engine.generator },
  ]);
  return engine.equalGt(engine.finalExponentiation(value), engine.one);
}
