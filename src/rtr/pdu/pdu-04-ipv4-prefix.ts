import type { Reader, Writer } from '../../bytes/index.js';
import { AFI_IPV4 } from '../../inet/index.js';
import { PDU_TYPE, writeHeader } from './header.js';
import { decodePrefixBody, encodePrefixBody, type PrefixBody } from './prefix-body.js';

/** IPv4 Prefix (8210bis §5.9): announces or withdraws one VRP. */
export interface Ipv4Prefix extends PrefixBody {
  readonly type: 'ipv4-prefix';
}

/** Writes the whole PDU. Throws `RangeError` for a prefix of another family. */
export function encodeIpv4Prefix(writer: Writer, version: number, pdu: Ipv4Prefix): void {
  if (pdu.vrp.prefix.afi !== AFI_IPV4) throw new RangeError('an IPv4 Prefix PDU carries an IPv4 prefix');
  writeHeader(writer, version, PDU_TYPE.ipv4Prefix, 0, 20);
  encodePrefixBody(writer, pdu);
}

/** Reads the body that follows a checked header. Throws as {@link decodePrefixBody}. */
export function decodeIpv4Prefix(body: Reader, version: number): Ipv4Prefix {
  return { type: 'ipv4-prefix', ...decodePrefixBody(body, AFI_IPV4, version) };
}
