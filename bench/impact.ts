// What a change of one ASPA does to a RIB of 600,000 entries, by `createImpact`, against reading the RIB twice. CPU time in one
// process, in turn; prints one JSON object.
import { cpus } from 'node:os';
import { createImpact } from 'pathsec/audit';
import { encodeAsPath } from 'pathsec/bgp';
import { createPayloadSet, type Vrp } from 'pathsec/payload';
import { createRouteReader, encodePeerIndexTable, encodeRibRecord, type OnElement } from 'pathsec/routes';
import { fullTable, type OriginRoutes, pathAt } from './lib/full-table.js';
import { ratioOf, spreadOf } from './lib/spread.js';

const PEERS = 12;
const PREFIXES = 50_000;
const VRPS = 20_000;
const ROUNDS = 9;
const FIRST_PEER = 4_200_000_000;

/** The table as a RIB dump: each prefix with an entry of every peer. */
function ribOf(table: readonly OriginRoutes[]): Uint8Array[] {
  const peers = Array.from({ length: PEERS }, (_, i) => ({
    bgpId: i + 1,
    address: Uint8Array.of(192, 0, 2, i + 1),
    asn: FIRST_PEER + i,
  }));
  const records = [encodePeerIndexTable({ time: 0, collectorBgpId: 1, peers })];
  for (const { origin, prefixes } of table) {
    const entries = peers.map(({ asn }, peerIndex) => ({
      peerIndex,
      originated: 0,
      attributes: [{ flags: 0x40, code: 2, value: encodeAsPath(pathAt(asn, origin), 4) }],
    }));
    for (const prefix of prefixes) {
      records.push(encodeRibRecord({ time: 0, sequence: records.length - 1, prefix, entries }));
    }
  }
  return records;
}

function read(rib: readonly Uint8Array[], onElement: OnElement): void {
  const reader = createRouteReader(onElement, { reuse: true });
  for (const record of rib) reader.push(record);
  reader.end();
}

/** Milliseconds of CPU time that `work` takes. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const table = fullTable(PREFIXES);
const rib = ribOf(table);
const vrps: Vrp[] = table
  .flatMap(({ origin, prefixes }) =>
    prefixes.map((prefix) => ({ prefix, maxLength: prefix.length, asn: origin })),
  )
  .slice(0, VRPS);
const customer = table[0]?.origin as number;
const before = createPayloadSet({ vrps });
const after = createPayloadSet({ vrps, aspas: [{ customer, providers: [1] }] });

let changed = 0;
let entries = 0;
const own: number[] = [];
const twice: number[] = [];
for (let round = 0; round <= ROUNDS; round++) {
  const one = cpuOf(() => {
    const impact = createImpact({ before, after, defaultRole: 'customer' });
    read(rib, impact.add);
    const report = impact.report();
    changed = report.changed;
    entries = report.routes;
  });
  const two = cpuOf(() => {
    for (let i = 0; i < 2; i++) read(rib, () => {});
  });
  if (round === 0) continue; // warms the engine up
  own.push(one);
  twice.push(two);
}
const what = 'a change of one ASPA over the RIB, against reading it twice';
console.log(
  JSON.stringify(
    {
      ...{ cpu: cpus()[0]?.model, node: process.version, entries, changed },
      figures: [
        { what, value: ratioOf(own, twice), unit: 'times', target: 1 },
        { what: 'the same, CPU time', value: spreadOf(own), unit: 'ms', target: null },
      ],
    },
    null,
    2,
  ),
);
