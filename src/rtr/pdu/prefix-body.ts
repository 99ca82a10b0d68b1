import type { Reader, Writer } from '../../bytes/index.js';
import { type Afi, addressLength, maskedOctets } from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';
import { ERROR_CODE } from './error-code.js';
import { RtrError } from './rtr-error.js';

/** What IPv4 and IPv6 Prefix PDUs carry (8210bis §5.9, §5.10). */
export interface PrefixBody {
  /** Flags bit 0: true announces, false withdraws. The other bits are reserved and ignored. */
  readonly announce: boolean;
  readonly vrp: Vrp;
}

/** Writes flags, lengths, address and ASN; the host bits of the address are zero in every {@link Vrp}. */
export function encodePrefixBody(writer: Writer, body: PrefixBody): void {
  const { prefix, maxLength, asn } = body.vrp;
  writer
    .u8(body.announce ? 1 : 0, 'flags')
    .u8(prefix.length, 'prefix-length')
    .u8(maxLength, 'max-length');
  writer.u8(0, 'zero').bytes(prefix.octets).u32(asn, 'asn');
}

/**
 * Reads the body of a prefix PDU. Bits behind the prefix length are a fault in version 2 (§5.9); in versions 0 and 1 they
 * are of no meaning to a router and are cleared.
 *
 * @throws {RtrError} error 0: `rtr-prefix-length`, `rtr-max-length`, `rtr-host-bits`.
 */
export function decodePrefixBody(body: Reader, afi: Afi, version: number): PrefixBody {
  const at = body.offset;
  const flags = body.u8('flags');
  const length = body.u8('prefix-length');
  const maxLength = body.u8('max-length');
  body.skip(1, 'zero');
  checkPrefixLengths(length, maxLength, 8 * addressLength(afi), at);
  const address = body.bytes(addressLength(afi), 'prefix').slice();
  const prefix = { afi, octets: maskedOctets(address, length), length };
  if (prefix.octets !== address) checkHostBits(version, length, at);
  return { announce: (flags & 1) === 1, vrp: { prefix, maxLength, asn: body.u32('asn') } };
}

/** §5.1: the prefix length fits the family, and the max length is neither below it nor beyond the family. */
export function checkPrefixLengths(
  length: number,
  maxLength: number,
  bits: number,
  flagsOffset: number,
): void {
  if (length > bits) {
    throw new RtrError(
      ERROR_CODE.corruptData,
      'rtr-prefix-length',
      `prefix length ${length} exceeds ${bits}`,
      {
        field: 'prefix-length',
        offset: flagsOffset + 1,
      },
    );
  }
  if (maxLength < length || maxLength > bits) {
    throw new RtrError(
      ERROR_CODE.corruptData,
      'rtr-max-length',
      `max length ${maxLength} is outside ${length}..${bits}`,
      { field: 'max-length', offset: flagsOffset + 2 },
    );
  }
}

/**
 * For a prefix with bits set behind its length: §5.9 has a router of version 2 verify that there are none, and answer others
 * with Corrupt Data (docs/decisions/rtr.md D-rtr-host-bits).
 */
export function checkHostBits(version: number, length: number, flagsOffset: number): void {
  if (version < 2) return;
  throw new RtrError(
    ERROR_CODE.corruptData,
    'rtr-host-bits',
    `bits of the prefix are set behind its length, ${length}`,
    { field: 'prefix', offset: flagsOffset + 4 },
  );
}
