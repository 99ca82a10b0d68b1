import type { Sequence } from 'asn1js';
import { DecodeError } from '../../bytes/index.js';
import type { Afi } from '../../inet/index.js';
import { type Asn1, octetString, sequence } from '../der/asn1.js';
import { type Node, octets, seq, seqOf } from '../der/build.js';
import { decodeFamily } from '../x509/ip-resources.js';

/** The prefixes of one family, in the order of the object. */
interface AddressFamily<T> {
  readonly afi: Afi;
  readonly prefixes: readonly T[];
}

/**
 * A SEQUENCE of families, each an addressFamily without SAFI and a SEQUENCE of prefixes, as in ROAs (RFC 9582 §4.3) and signed
 * prefix lists (prefixlist §3.3).
 *
 * @throws {DecodeError} `asn1-syntax`, and as `decode`.
 */
export function decodeFamilies<T>(
  blocks: Asn1 | undefined,
  path: string,
  type: string,
  decode: (item: Asn1, afi: Afi, field: string) => T,
): AddressFamily<T>[] {
  return sequence(blocks, path).map((block, i) => {
    const field = `${path}[${i}]`;
    const [family, addresses, ...others] = sequence(block, field);
    const { afi, safi } = decodeFamily(octetString(family, field), field);
    if (safi || others.length > 0) throw new DecodeError('asn1-syntax', `not a ${type}`, { field });
    return {
      afi,
      prefixes: sequence(addresses, field).map((item, k) => decode(item, afi, `${field}[${k}]`)),
    };
  });
}

/** The same as ASN.1. */
export function encodeFamilies<T>(
  families: readonly AddressFamily<T>[],
  encode: (prefix: T) => Node,
): Sequence {
  return seqOf(
    families.map(({ afi, prefixes }) => seq(octets(Uint8Array.of(0, afi)), seqOf(prefixes.map(encode)))),
  );
}
