import type { Family } from '../bgp/index.js';
import { DecodeError, type Reader, readU16, readU32, type Writer } from '../bytes/index.js';
import { type PeerHeader, writePeerHeader } from './peer-header.js';
import { type BmpTlv, readTlvs, writeTlvs } from './tlv.js';

/** Statistics Report (RFC 7854 §4.8). */
export interface BmpStatistics {
  readonly kind: 'statistics';
  readonly peer: PeerHeader;
  readonly statistics: readonly BmpTlv[];
}

/** A statistic that is known (RFC 7854 §4.8, RFC 8671 §6.2). */
export interface Statistic {
  readonly name: string;
  readonly value: bigint;
  /** For those that are of one family. */
  readonly family?: Family;
}

/** Name, and octets of the value: a 32-bit counter, a 64-bit gauge, or a family and a 64-bit gauge. */
const KNOWN: readonly (readonly [name: string, length: 4 | 8 | 11])[] = [
  ['rejected-prefixes', 4],
  ['duplicate-prefixes', 4],
  ['duplicate-withdraws', 4],
  ['cluster-list-loops', 4],
  ['as-path-loops', 4],
  ['originator-id-loops', 4],
  ['as-confed-loops', 4],
  ['adj-rib-in-routes', 8],
  ['loc-rib-routes', 8],
  ['adj-rib-in-family-routes', 11],
  ['loc-rib-family-routes', 11],
  ['updates-treated-as-withdraw', 4],
  ['prefixes-treated-as-withdraw', 4],
  ['duplicate-updates', 4],
  ['adj-rib-out-pre-routes', 8],
  ['adj-rib-out-post-routes', 8],
  ['adj-rib-out-pre-family-routes', 11],
  ['adj-rib-out-post-family-routes', 11],
];

/** What a statistic says; undefined for unknown types, and for values of another length, which are to be ignored (§4.8). */
export function readStatistic({ type, value }: BmpTlv): Statistic | undefined {
  const [name, length] = KNOWN[type] ?? [];
  if (name === undefined || value.length !== length) return undefined;
  if (length === 4) return { name, value: BigInt(readU32(value, 0)) };
  const at = length - 8;
  const gauge = (BigInt(readU32(value, at)) << 32n) | BigInt(readU32(value, at + 4));
  if (length === 8) return { name, value: gauge };
  return { name, value: gauge, family: { afi: readU16(value, 0), safi: value[2] as number } };
}

/**
 * @throws {DecodeError} `bmp-statistics-count` when there are not as many statistics as the message says
 * (docs/decisions/bmp.md D-bmp-statistics-count).
 */
export function readStatistics(peer: PeerHeader, reader: Reader): BmpStatistics {
  const { offset } = reader;
  const count = reader.u32('statistics.count');
  const statistics = readTlvs(reader, 'statistics');
  if (statistics.length !== count) {
    const message = `${count} statistics announced, ${statistics.length} are there`;
    throw new DecodeError('bmp-statistics-count', message, { field: 'statistics.count', offset });
  }
  return { kind: 'statistics', peer, statistics };
}

export function writeStatistics(writer: Writer, { peer, statistics }: BmpStatistics): void {
  writePeerHeader(writer, peer);
  writer.u32(statistics.length, 'statistics.count');
  writeTlvs(writer, statistics, 'statistics');
}
