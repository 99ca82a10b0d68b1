import { type AsnSize, createPathAttributeCursor, nextPathAttribute } from '../../bgp/index.js';
import { readU16, readU32, toHex } from '../../bytes/index.js';
import { AS_TRANS, formatAddress } from '../../inet/index.js';

const ORIGINS = ['IGP', 'EGP'];
const WELL_KNOWN: Readonly<Record<number, string>> = {
  4294967041: 'no-export',
  4294967042: 'no-advertise',
  4294967043: 'local-AS',
};
/** What bgpdump prints where there is no next hop. */
const NO_NEXT_HOP = '255.255.255.255';

/** The columns of a `bgpdump -m` line after the path, as text. */
export interface BgpdumpColumns {
  readonly origin: string;
  readonly nextHop: string;
  readonly mpNextHop: string;
  readonly localPref: number;
  readonly med: number;
  readonly communities: string;
  readonly atomicAggregate: boolean;
  readonly aggregator: string;
}

/**
 * The columns from the attributes `octets[start, end)`. `abbreviated`: MP_REACH_NLRI may hold the next hop alone, as
 * RIB entries have it (RFC 6396 §4.3.4). Attributes of a wrong length count as absent.
 *
 * @throws {BgpError} `attribute-overrun`; never for the attributes of a route that the reader delivered.
 */
export function bgpdumpColumns(
  octets: Uint8Array,
  start: number,
  end: number,
  asnSize: AsnSize,
  abbreviated: boolean,
): BgpdumpColumns {
  const columns = {
    origin: 'INCOMPLETE',
    nextHop: NO_NEXT_HOP,
    mpNextHop: '',
    localPref: 0,
    med: 0,
    communities: '',
    atomicAggregate: false,
    aggregator: '',
  };
  let aggregatorAs = -1;
  const cursor = createPathAttributeCursor(octets, start, end);
  while (nextPathAttribute(cursor)) {
    const at = cursor.valueStart;
    const length = cursor.valueEnd - at;
    if (cursor.code === 1 && length === 1) columns.origin = ORIGINS[octets[at] as number] ?? 'INCOMPLETE';
    else if (cursor.code === 3 && length === 4) columns.nextHop = formatAddress(octets.subarray(at, at + 4));
    else if (cursor.code === 4 && length === 4) columns.med = readU32(octets, at);
    else if (cursor.code === 5 && length === 4) columns.localPref = readU32(octets, at);
    else if (cursor.code === 6) columns.atomicAggregate = true;
    else if (cursor.code === 7 && (length === 6 || length === 8)) {
      // By its own length: some writers put 8 octets beside 2-octet ASNs (docs/decisions/routes.md
      // D-mrt-aggregator-length).
      aggregatorAs = length === 8 ? readU32(octets, at) : readU16(octets, at);
      columns.aggregator = aggregatorText(aggregatorAs, octets, at + length - 4);
    } else if (cursor.code === 8) columns.communities = communities(octets, at, length);
    else if (cursor.code === 14) columns.mpNextHop = mpNextHop(octets, at, cursor.valueEnd, abbreviated);
    else if (cursor.code === 18 && length === 8 && asnSize === 2 && aggregatorAs === AS_TRANS) {
      columns.aggregator = aggregatorText(readU32(octets, at), octets, at + 4);
    }
  }
  return columns;
}

function aggregatorText(asn: number, octets: Uint8Array, at: number): string {
  return `${asn} ${formatAddress(octets.subarray(at, at + 4))}`;
}

function communities(octets: Uint8Array, at: number, length: number): string {
  const texts: string[] = [];
  for (let i = at; i + 4 <= at + length; i += 4) {
    texts.push(WELL_KNOWN[readU32(octets, i)] ?? `${readU16(octets, i)}:${readU16(octets, i + 2)}`);
  }
  return texts.join(' ');
}

/** The first (global) next hop. A first octet of 0 is the AFI of the complete form, another one a next hop length. */
function mpNextHop(octets: Uint8Array, start: number, end: number, abbreviated: boolean): string {
  const at = abbreviated && octets[start] !== 0 ? start : start + 3;
  const length = octets[at] ?? 0;
  if (at >= end || at + 1 + length > end) return '';
  if (length === 4) return formatAddress(octets.subarray(at + 1, at + 5));
  if (length === 16 || length === 32) return formatAddress(octets.subarray(at + 1, at + 17));
  return length === 0 ? '' : toHex(octets.subarray(at + 1, at + 1 + length));
}
