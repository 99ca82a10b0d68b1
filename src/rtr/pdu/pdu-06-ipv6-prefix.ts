import type { Reader, Writer } from '../../bytes/index.js';
import { AFI_IPV6 } from '../../inet/index.js';
import { PDU_TYPE, writeHeader } from './header.js';
import { decodePrefixBody, encodePrefixBody, type PrefixBody } from './prefix-body.js';

/** IPv6 Prefix (8210bis §5.10): announces or withdraws one VRP. */
export interface Ipv6Prefix extends PrefixBody {
  readonly type: 'ipv6-prefix';
}

/** Writes the whole PDU. Throws `RangeError` for a prefix of another family. */
export function encodeIpv6Prefix(writer: Writer, version: number, pdu: Ipv6Prefix): void {
  if (pdu.vrp.prefix.afi !== AFI_IPV6) throw new RangeError('an IPv6 Prefix PDU carries an IPv6 prefix');
  writeHeader(writer, version, PDU_TYPE.ipv6Prefix, 0, 32);
  encodePrefixBody(writer, pdu);
}

/** Reads the body that follows a checked header. Throws as {@link decodePrefixBody}. */
export function decodeIpv6Prefix(body: Reader, version: number): Ipv6Prefix {
  return { type: 'ipv6-prefix', ...decodePrefixBody(body, AFI_IPV6, version) };
}
