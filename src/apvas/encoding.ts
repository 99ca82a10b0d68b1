import { sha1 } from '@noble/hashes/legacy.js';
import { DecodeError } from '../bytes/index.js';
import type { PairingEngine } from './engine.js';
import { PUBLIC_KEY_OCTETS, SIGNATURE_OCTETS } from './suite.js';

const COMPRESSED = 0x80;
const IDENTITY = 0x40;
const FLAGS = 0xe0;
/** The prime p of the base field, 48 octets. */
const P = Uint8Array.from(
  (
    '1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f624' + '1eabfffeb153ffffb9feffffffffaaab'
  ).match(/../g) ?? [],
  (digits) => Number.parseInt(digits, 16),
);
/** The order r of the groups G1, G2 and GT. */
export const GROUP_ORDER = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;

/**
 * Decodes a signature, an aggregate or a proof of possession: exactly 48 octets, compressed, x canonical, on the
 * curve, in the subgroup (BLS draft §2.7 steps 1 to 3) and not the identity, which no valid path yields
 * (docs/decisions/apvas.md D-apvas-identity).
 *
 * @throws {DecodeError} `signature-encoding`.
 */
export function decodeSignature<P1, K, T>(
  engine: PairingEngine<P1, K, T>,
  octets: Uint8Array,
  field = 'signature',
): P1 {
  const point = strictForm(octets, SIGNATURE_OCTETS) ? engine.decodeG1(octets) : undefined;
  if (point === undefined || engine.isIdentity(point)) {
    throw new DecodeError('signature-encoding', 'not a point of G1 other than the identity', { field });
  }
  return point;
}

/**
 * As {@link decodeSignature}, but takes the identity as well: the aggregate of the empty set.
 *
 * @throws {DecodeError} `signature-encoding`.
 */
export function decodeAggregate<P1, K, T>(engine: PairingEngine<P1, K, T>, octets: Uint8Array): P1 {
  const empty = octets.length === SIGNATURE_OCTETS && octets.every((o, i) => o === (i === 0 ? 0xc0 : 0));
  return empty ? engine.identity : decodeSignature(engine, octets, 'aggregate');
}

/**
 * KeyValidate (BLS draft §2.5): exactly 96 octets, compressed, canonical, on the curve, in the subgroup, not the
 * identity.
 *
 * @throws {DecodeError} `key-encoding`.
 */
export function decodePublicKey<P1, K, T>(
  engine: PairingEngine<P1, K, T>,
  octets: Uint8Array,
  field = 'public-key',
): K {
  const key = strictForm(octets, PUBLIC_KEY_OCTETS) ? engine.decodeG2(octets) : undefined;
  if (key === undefined) {
    throw new DecodeError('key-encoding', 'not a point of G2 other than the identity', { field });
  }
  return key;
}

/** NON-SPEC: SHA-1 of the compressed key, by analogy with RFC 6487 §4.8.2 (docs/decisions/apvas.md D-apvas-ski). */
export function subjectKeyIdentifier(publicKey: Uint8Array): Uint8Array {
  return sha1(publicKey);
}

/** Flags and canonical coordinates. Libraries differ in what they let pass here, so this is ours. */
export function strictForm(octets: Uint8Array, length: number): boolean {
  if (octets.length !== length) return false;
  const first = octets[0] as number;
  if ((first & COMPRESSED) === 0 || (first & IDENTITY) !== 0) return false;
  for (let at = 0; at < length; at += P.length) {
    if (!belowP(octets, at)) return false;
  }
  return true;
}

function belowP(octets: Uint8Array, at: number): boolean {
  for (let i = 0; i < P.length; i++) {
    const octet = (octets[at + i] as number) & (at + i === 0 ? ~FLAGS : 0xff);
    const limit = P[i] as number;
    if (octet !== limit) return octet < limit;
  }
  return false;
}
