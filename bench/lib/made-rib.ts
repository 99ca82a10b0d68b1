import { closeSync, openSync, writeSync } from 'node:fs';
import { encodeAsPath } from 'pathsec/bgp';
import { formatPrefix, type Prefix } from 'pathsec/inet';
import { encodePeerIndexTable, encodeRibRecord } from 'pathsec/routes';
import { fullTable, pathAt } from './full-table.js';

const TIME = 1_700_000_000;
/** Transitive (RFC 4271 §4.3). */
const WELL_KNOWN = 0x40;
const FIRST_PEER = 64_512;
/** Prefixes whose records are written together. */
const TOGETHER = 256;

/** What stands in a made RIB dump. */
export interface MadeRib {
  readonly routes: number;
  /** Distinct paths. */
  readonly paths: number;
  readonly octets: number;
}

let last: { readonly prefixes: number; readonly table: ReturnType<typeof fullTable> } | undefined;

/** The table of so many prefixes; to make it takes as long as to write it, and its parts are asked for in turn. */
function tableOf(prefixes: number): ReturnType<typeof fullTable> {
  if (last?.prefixes !== prefixes) last = { prefixes, table: fullTable(prefixes) };
  return last.table;
}

/** One of several parts of a table, which share no origin. */
export interface TablePart {
  readonly index: number;
  readonly of: number;
}

/** Writes a RIB dump (TABLE_DUMP_V2) of `prefixes` prefixes, or of a part of them, from `peers` peers, each with paths of its own. */
export function makeRib(
  file: string,
  prefixes: number,
  peers: number,
  { index, of }: TablePart = { index: 0, of: 1 },
): MadeRib {
  const table = tableOf(prefixes).filter((_, i) => i % of === index);
  const own = Array.from({ length: peers }, (_, i) => FIRST_PEER + i);
  const descriptor = openSync(file, 'w');
  let octets = 0;
  let batch: Uint8Array[] = [];
  const flush = (): void => {
    octets += writeSync(descriptor, Buffer.concat(batch));
    batch = [];
  };
  batch.push(
    encodePeerIndexTable({
      time: TIME,
      collectorBgpId: 1,
      peers: own.map((asn, i) => ({ bgpId: i + 1, address: Uint8Array.of(192, 0, 2, i + 1), asn })),
    }),
  );
  let sequence = 0;
  for (const { origin, prefixes: announced } of table) {
    const entries = own.map((asn, peerIndex) => ({
      peerIndex,
      originated: TIME,
      attributes: [
        { flags: WELL_KNOWN, code: 1, value: Uint8Array.of(0) }, // ORIGIN IGP
        { flags: WELL_KNOWN, code: 2, value: encodeAsPath(pathAt(asn, origin), 4) },
        { flags: WELL_KNOWN, code: 3, value: Uint8Array.of(192, 0, 2, peerIndex + 1) },
      ],
    }));
    let same: Uint8Array | undefined; // what stands behind the prefix in all records of the origin
    for (const prefix of announced) {
      const head = prefixAt + 1 + octetsOf(prefix);
      const record =
        same === undefined
          ? encodeRibRecord({ time: TIME, sequence, prefix, entries })
          : recordOf(prefix, sequence, same);
      same ??= record.subarray(head);
      sequence++;
      batch.push(record);
      if (batch.length >= TOGETHER) flush();
    }
  }
  flush();
  closeSync(descriptor);
  return { routes: sequence * peers, paths: table.length * peers, octets };
}

/** Where the prefix of a record stands: behind its header and the sequence number (RFC 6396 §2, §4.3.2). */
const prefixAt = 16;

const octetsOf = ({ length }: Prefix): number => (length + 7) >> 3;

/** A record of another prefix with the same entries: encoding each takes most of the time. */
function recordOf(prefix: Prefix, sequence: number, entries: Uint8Array): Uint8Array {
  const record = Buffer.alloc(prefixAt + 1 + octetsOf(prefix) + entries.length);
  record.writeUInt32BE(TIME, 0);
  record.writeUInt16BE(13, 4); // TABLE_DUMP_V2
  record.writeUInt16BE(prefix.afi === 1 ? 2 : 4, 6); // RIB_IPV4_UNICAST, RIB_IPV6_UNICAST
  record.writeUInt32BE(record.length - 12, 8);
  record.writeUInt32BE(sequence, 12);
  record[prefixAt] = prefix.length;
  record.set(prefix.octets.subarray(0, octetsOf(prefix)), prefixAt + 1);
  record.set(entries, prefixAt + 1 + octetsOf(prefix));
  return record;
}

/** Payloads over such a table: every fourth origin has VRPs, 2 % of them wrong, and every tenth attests providers. */
export function payloadsOfRib(prefixes: number): string {
  const roas: object[] = [];
  const aspas: object[] = [];
  for (const [i, { origin, prefixes: announced }] of fullTable(prefixes).entries()) {
    if (i % 4 === 0) {
      for (const prefix of announced) {
        roas.push({
          asn: i % 200 === 0 ? origin + 1 : origin,
          prefix: formatPrefix(prefix),
          maxLength: prefix.length,
        });
      }
    }
    if (i % 10 === 0) {
      const providers = [FIRST_PEER, FIRST_PEER + 1].flatMap(
        (peer) => pathAt(peer, origin)[0]?.asns.at(-2) ?? [],
      );
      aspas.push({ customer_asid: origin, providers: [...new Set(providers)] });
    }
  }
  return JSON.stringify({ metadata: {}, roas, aspas });
}
