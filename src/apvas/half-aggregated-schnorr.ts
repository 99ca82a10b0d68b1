import { mulAddUnsafe } from '@noble/curves/abstract/curve.js';
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { attempt } from './attempt.js';
import type { PathScheme } from './path-scheme.js';
import { statements } from './statement.js';

const { Point } = secp256k1;
const { Fn } = Point;
const { taggedHash, lift_x } = schnorr.utils;

/**
 * BIP 340 signatures (R_i, s_i), half-aggregated: R_1 .. R_L and one s = sum of z_i s_i, 32L + 32 octets. A hop can
 * append, since z_i depends on the list up to i alone; nothing can be taken out again.
 */
export const halfAggregatedSchnorr: PathScheme<Uint8Array, Uint8Array> = {
  name: 'half-aggregated Schnorr',
  signatureOctets: (hops) => 32 * hops + 32,
  keyPair: (seed) => ({ secret: seed, verifier: schnorr.getPublicKey(seed) }),
  sign: (route, secrets) => {
    const messages = statements(route, 'plain');
    const list: Uint8Array[] = [];
    const nonces: Uint8Array[] = [];
    let sum = 0n;
    for (const [i, secret] of secrets.entries()) {
      const message = messages[i] as Uint8Array;
      // No auxiliary randomness: signing is deterministic, as everywhere below the room of Node.
      const signature = schnorr.sign(message, secret, new Uint8Array(32));
      const nonce = signature.slice(0, 32);
      list.push(nonce, schnorr.getPublicKey(secret), message);
      nonces.push(nonce);
      sum = Fn.add(sum, Fn.mul(weight(list), Fn.fromBytes(signature.subarray(32))));
    }
    return [...nonces, Fn.toBytes(sum)];
  },
  verify: (route, keys, signatures) => {
    if (keys.length === 0 || signatures.length !== keys.length + 1) return false;
    const messages = statements(route, 'plain');
    // s*G = sum of z_i (R_i + e_i P_i), as one sum of 2L + 1 multiples.
    const points = [Point.BASE];
    const aggregate = attempt(() => Fn.fromBytes(signatures[keys.length] as Uint8Array));
    if (aggregate === undefined) return false;
    const scalars = [Fn.neg(aggregate)];
    const list: Uint8Array[] = [];
    for (const [i, key] of keys.entries()) {
      const nonce = signatures[i] as Uint8Array;
      const message = messages[i] as Uint8Array;
      const lifted = attempt(() => [lift_x(toInteger(nonce)), lift_x(toInteger(key))] as const);
      if (lifted === undefined || nonce.length !== 32) return false;
      list.push(nonce, key, message);
      const z = weight(list);
      const challenge = Fn.create(toInteger(taggedHash('BIP0340/challenge', nonce, key, message)));
      points.push(...lifted);
      scalars.push(z, Fn.mul(z, challenge));
    }
    return mulAddUnsafe(Point, points, scalars).is0();
  },
};

/** z_1 = 1, z_i = hash(R_1 || P_1 || m_1 || ... || R_i || P_i || m_i) mod n. */
function weight(list: readonly Uint8Array[]): bigint {
  if (list.length === 3) return 1n;
  const hash = sha256.create();
  for (const part of list) hash.update(part);
  return Fn.create(toInteger(hash.digest()));
}

function toInteger(octets: Uint8Array): bigint {
  let value = 0n;
  for (const octet of octets) value = (value << 8n) | BigInt(octet);
  return value;
}
