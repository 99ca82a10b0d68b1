import { fromHex } from '../bytes/index.js';

/** The order of the group of P-256. */
const ORDER = fromHex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
const INTEGER = 0x02;
const SEQUENCE = 0x30;

/** Where r and s stand in a DER Ecdsa-Sig-Value, without the octet 00 that keeps an INTEGER positive. */
export interface EcdsaSigValue {
  readonly r: Uint8Array;
  readonly s: Uint8Array;
}

/**
 * Reads an ECDSA signature of suite 1: `Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }` in strict DER
 * (RFC 8608 §2.1, RFC 3279 §2.2.3) with 1 <= r, s < n; `undefined` for every other octet string.
 *
 * Both engines go through this function, so that no two readings of a sloppy encoding can exist. It never judges
 * whether s is high or low: RFC 3279 has no such rule (docs/decisions/bgpsec.md D-bgpsec-high-s, D-bgpsec-strict-der).
 */
export function parseEcdsaSigValue(signature: Uint8Array): EcdsaSigValue | undefined {
  if (!isStrictSignature(signature)) return undefined;
  const middle = 4 + (signature[3] as number);
  return { r: magnitude(signature, 4, middle), s: magnitude(signature, middle + 2, signature.length) };
}

/** Whether {@link parseEcdsaSigValue} reads `signature`; allocates nothing. RFC 8608 §4, RFC 3279 §2.2.3. */
export function isStrictSignature(signature: Uint8Array): boolean {
  // 2 + 2 * (2 + 33) octets at most, so every length has the short form.
  if (signature.length < 8 || signature.length > 72) return false;
  if (signature[0] !== SEQUENCE || signature[1] !== signature.length - 2) return false;
  const middle = scalarEnd(signature, 2);
  return middle > 0 && scalarEnd(signature, middle) === signature.length;
}

/**
 * The DER Ecdsa-Sig-Value of r and s, each big-endian with any number of leading zero octets.
 * RFC 8608 §4, RFC 3279 §2.2.3.
 */
export function encodeEcdsaSigValue(r: Uint8Array, s: Uint8Array): Uint8Array {
  const body = [...integer(r), ...integer(s)];
  return Uint8Array.from([SEQUENCE, body.length, ...body]);
}

/** The offset after a minimal INTEGER in 1..n-1 at `at`, or -1. */
function scalarEnd(octets: Uint8Array, at: number): number {
  const length = octets[at + 1];
  if (octets[at] !== INTEGER || length === undefined || length === 0 || length > 33) return -1;
  let from = at + 2;
  const end = from + length;
  if (end > octets.length) return -1;
  const first = octets[from] as number;
  if (first >= 0x80) return -1; // negative
  if (first === 0) {
    // Zero itself, or a leading octet that the sign does not need.
    if (length === 1 || (octets[from + 1] as number) < 0x80) return -1;
    from++;
  }
  if (end - from > 32 || (end - from === 32 && !belowOrder(octets, from))) return -1;
  return end;
}

function belowOrder(octets: Uint8Array, from: number): boolean {
  for (let i = 0; i < 32; i++) {
    const difference = (octets[from + i] as number) - (ORDER[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function magnitude(octets: Uint8Array, from: number, end: number): Uint8Array {
  return octets.subarray(octets[from] === 0 ? from + 1 : from, end);
}

function integer(value: Uint8Array): number[] {
  let from = 0;
  while (from < value.length - 1 && value[from] === 0) from++;
  const digits = [...value.subarray(from)];
  if ((digits[0] as number) >= 0x80) digits.unshift(0);
  return [INTEGER, digits.length, ...digits];
}
