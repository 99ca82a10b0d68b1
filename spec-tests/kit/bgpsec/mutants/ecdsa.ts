import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

export const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
export const FIELD = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
export const SPKI_HEAD = '3059301306072a8648ce3d020106082a8648ce3d03010703420004';

/** A signature as two numbers. */
export interface Value {
  readonly r: bigint;
  readonly s: bigint;
}

export const number = (octets: Buffer): bigint =>
  octets.length === 0 ? 0n : BigInt(`0x${octets.toString('hex')}`);

/** Ecdsa-Sig-Value in strict DER with 1 <= r, s < n. */
export function strictValue(signature: Buffer): Value | undefined {
  const { length } = signature;
  if (length < 8 || length > 72 || signature[0] !== 0x30 || signature[1] !== length - 2) return undefined;
  const first = strictInteger(signature.subarray(2));
  const second = first && strictInteger(first.rest);
  if (!second || second.rest.length > 0) return undefined;
  return inRange({ r: first.value, s: second.value });
}

export function inRange(value: Value): Value | undefined {
  return [value.r, value.s].every((one) => one > 0n && one < ORDER) ? value : undefined;
}

function strictInteger(octets: Buffer): { readonly value: bigint; readonly rest: Buffer } | undefined {
  const size = octets[1] ?? 0;
  const content = octets.subarray(2, 2 + size);
  if (octets[0] !== 0x02 || size === 0 || content.length < size) return undefined;
  const [first = 0, second = 0] = content;
  if (first >= 0x80 || (first === 0 && size > 1 && second < 0x80)) return undefined;
  return { value: number(content), rest: octets.subarray(2 + size) };
}

/** Whether the two INTEGERs may be written as a lax reader takes them. */
export interface Laxness {
  readonly longForm?: boolean;
  readonly integers?: boolean;
  readonly trailing?: boolean;
  readonly range?: boolean;
}

/** What a lax reader makes of a signature. */
export function laxValue(signature: Buffer, laxness: Laxness): Value | undefined {
  const outer = element(signature, 0x30, laxness);
  if (outer === undefined || (outer.rest.length > 0 && !laxness.trailing)) return undefined;
  const r = element(outer.content, 0x02, laxness);
  const s = r && element(r.rest, 0x02, laxness);
  if (!r || !s || (s.rest.length > 0 && !laxness.trailing)) return undefined;
  for (const { content } of [r, s]) {
    const [first = 0, second = 0] = content;
    const odd = content.length === 0 || first >= 0x80 || (first === 0 && second < 0x80);
    if (odd && !laxness.integers) return undefined;
  }
  const value = { r: number(r.content), s: number(s.content) };
  return laxness.range ? inRange({ r: value.r % ORDER, s: value.s % ORDER }) : inRange(value);
}

function element(
  octets: Buffer,
  tag: number,
  { longForm }: Laxness,
): { readonly content: Buffer; readonly rest: Buffer } | undefined {
  const [first, size = 0x80] = octets;
  if (first !== tag) return undefined;
  const long = size === 0x81 && longForm === true;
  if (size >= 0x80 && !long) return undefined;
  const start = long ? 3 : 2;
  const end = start + (long ? (octets[2] ?? 0) : size);
  if (end > octets.length) return undefined;
  return { content: octets.subarray(start, end), rest: octets.subarray(end) };
}

const imported = new Map<string, KeyObject | undefined>();

/** Whether an SPKI has the length and the beginning of an uncompressed point on P-256. */
export function hasHead(spki: string): boolean {
  return spki.length === 182 && spki.startsWith(SPKI_HEAD);
}

/** The key of a SubjectPublicKeyInfo of the one form that RFC 8608 §3.1 allows. */
export function strictKey(spki: string): KeyObject | undefined {
  if (!hasHead(spki)) return undefined;
  return pointKey(spki.slice(54, 118), spki.slice(118));
}

/** The key of a point; `undefined` when it is not on P-256. */
export function pointKey(x: string, y: string): KeyObject | undefined {
  const name = x + y;
  if (!imported.has(name)) {
    const part = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
    let key: KeyObject | undefined;
    try {
      key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: part(x), y: part(y) }, format: 'jwk' });
    } catch {
      key = undefined;
    }
    imported.set(name, key);
  }
  return imported.get(name);
}

/**
 * What a general library imports: any SubjectPublicKeyInfo. Not the point at infinity, a BIT STRING of one octet 00:
 * Node takes it, and the process ends when such a key is used.
 */
export function generalKey(spki: string): KeyObject | undefined {
  if (spki.endsWith('03020000')) return undefined;
  try {
    return createPublicKey({ key: Buffer.from(spki, 'hex'), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

const known = new WeakMap<KeyObject, Map<string, boolean>>();

/** ECDSA with SHA-256 over `octets`; remembered, since mistakes ask the same again and again. */
export function verifies(key: KeyObject, octets: Buffer, { r, s }: Value): boolean {
  const hex = [r, s].map((value) => value.toString(16).padStart(64, '0')).join('');
  const name = `${hex} ${createHash('sha256').update(octets).digest('hex')}`;
  const answers = known.get(key) ?? new Map<string, boolean>();
  known.set(key, answers);
  let answer = answers.get(name);
  if (answer === undefined) {
    try {
      answer = verify('sha256', octets, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(hex, 'hex'));
    } catch {
      answer = false; // a key of another kind, which a lax import took
    }
    answers.set(name, answer);
  }
  return answer;
}
