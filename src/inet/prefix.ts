import { DecodeError } from '../bytes/index.js';
import { formatAddress, parseAddress } from './address.js';
import { AFI_IPV4, AFI_IPV6, type Afi, addressLength } from './afi.js';
import { requireText } from './value-kind.js';

/** An IP prefix: `octets` is the whole address (4 or 16 octets, network order) with host bits zero. */
export interface Prefix {
  readonly afi: Afi;
  readonly octets: Uint8Array;
  /** Prefix length in bits, 0..32 or 0..128. */
  readonly length: number;
}

const LENGTH = /^(?:0|[1-9][0-9]{0,2})$/;

/**
 * Reads `192.0.2.0/24` or `2001:db8::/32`: address, slash, length; no leading zeros, no zone, host bits zero.
 *
 * @throws {DecodeError} `prefix-syntax`, `prefix-length` or `prefix-host-bits`.
 */
export function parsePrefix(text: string, field = 'prefix'): Prefix {
  const prefix = readPrefix(text, field);
  if (maskedOctets(prefix.octets, prefix.length) !== prefix.octets) {
    throw new DecodeError('prefix-host-bits', `${text} has host bits set`, { field });
  }
  return prefix;
}

/** As {@link parsePrefix}, but host bits are cleared, as for prefixes in BGP messages (RFC 4271 §4.3). */
export function parsePrefixMasked(text: string, field = 'prefix'): Prefix {
  const { afi, octets, length } = readPrefix(text, field);
  return { afi, octets: maskedOctets(octets, length), length };
}

function readPrefix(text: string, field: string): Prefix {
  requireText(text, field);
  const slash = text.indexOf('/');
  const digits = text.slice(slash + 1);
  if (slash < 0 || !LENGTH.test(digits)) {
    throw new DecodeError('prefix-syntax', `${JSON.stringify(text.slice(0, 60))} is not a prefix`, { field });
  }
  let octets: Uint8Array;
  try {
    octets = parseAddress(text.slice(0, slash), field);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new DecodeError('prefix-syntax', `${JSON.stringify(text.slice(0, 60))} is not a prefix`, { field });
  }
  const afi = octets.length === 4 ? AFI_IPV4 : AFI_IPV6;
  const length = Number(digits);
  if (length > 8 * octets.length) {
    throw new DecodeError('prefix-length', `${text}: the length goes to ${8 * octets.length}`, { field });
  }
  return { afi, octets, length };
}

/** `octets` with all bits from `length` on cleared; the same array when they already are. */
export function maskedOctets(octets: Uint8Array, length: number): Uint8Array {
  const whole = length >> 3;
  const partial = length & 7;
  const keep = partial === 0 ? 0 : (0xff00 >> partial) & 0xff;
  let clean = whole >= octets.length || ((octets[whole] as number) & ~keep & 0xff) === 0;
  for (let i = whole + 1; clean && i < octets.length; i++) clean = octets[i] === 0;
  if (clean) return octets;
  const masked = octets.slice();
  masked[whole] = (masked[whole] as number) & keep;
  masked.fill(0, whole + 1);
  return masked;
}

/** Canonical text, `192.0.2.0/24`; IPv6 in RFC 5952 form. */
export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix.octets)}/${prefix.length}`;
}

/** Whether both are the same prefix. */
export function equalPrefix(a: Prefix, b: Prefix): boolean {
  return comparePrefix(a, b) === 0;
}

/** Whether `outer` covers `inner`: same family, not longer, and equal in its first `length` bits (RFC 6811 §2). */
export function coversPrefix(outer: Prefix, inner: Prefix): boolean {
  if (outer.afi !== inner.afi || outer.length > inner.length) return false;
  const whole = outer.length >> 3;
  for (let i = 0; i < whole; i++) if (outer.octets[i] !== inner.octets[i]) return false;
  const partial = outer.length & 7;
  return (
    partial === 0 ||
    (((outer.octets[whole] as number) ^ (inner.octets[whole] as number)) & ((0xff00 >> partial) & 0xff)) === 0
  );
}

/** Order by family, then address, then length. */
export function comparePrefix(a: Prefix, b: Prefix): number {
  if (a.afi !== b.afi) return a.afi - b.afi;
  for (let i = 0; i < a.octets.length; i++) {
    const difference = (a.octets[i] as number) - (b.octets[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** A prefix from its parts; host bits are cleared. Throws `RangeError` when the parts do not fit together. */
export function makePrefix(afi: Afi, octets: Uint8Array, length: number): Prefix {
  if (octets.length !== addressLength(afi) || !(length >= 0 && length <= 8 * octets.length)) {
    throw new RangeError(`AFI ${afi}, ${octets.length} octets, length ${length}`);
  }
  return { afi, octets: maskedOctets(octets, length), length };
}
