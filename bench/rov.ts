/**
 * Origin validation over synthetic VRPs in the number and shape of the real RPKI:
 *   npx tsx --expose-gc bench/rov.ts [--json]
 * Prints the load time, octets per VRP and nanoseconds per validation; also the time for one change and for reading
 * the same VRPs from rpki-client JSON.
 */
import { cpus } from 'node:os';
import { makePrefix, type Prefix } from 'pathsec/inet';
import { createVrpStore } from 'pathsec/payload';
import { createRovTable, validateOrigin } from 'pathsec/rov';
import { readPayloads, writeRpkiClientJson } from 'pathsec/rpki';
import { spreadOf } from './lib/spread.js';
import { createRandom, randomAsn, randomPrefix, vrps } from './lib/vrps.js';

const VRPS = 1_000_000;
const ROUTES = 100_000;
const ROUNDS = 15;

/** Two thirds of the routes are of a VRP's prefix and AS or a more specific, one third is random. */
function makeRoutes(): { prefix: Prefix; origin: number }[] {
  const random = createRandom(7);
  const known = [...vrps(ROUTES)];
  return known.map(({ prefix, asn }) => {
    if (random() % 3 === 0) return { prefix: randomPrefix(random), origin: randomAsn(random) };
    const longer = random() % 4 === 0 ? 1 : 0;
    const origin = random() % 50 === 0 ? randomAsn(random) : asn;
    return { prefix: makePrefix(prefix.afi, prefix.octets, prefix.length + longer), origin };
  });
}

function milliseconds(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const all = [...vrps(VRPS)];
const routes = makeRoutes();
globalThis.gc?.();
const before = process.memoryUsage();
let table = createRovTable();
const loadMs = milliseconds(() => {
  table = createRovTable(all);
});
globalThis.gc?.();
const after = process.memoryUsage();
const counts = { valid: 0, invalid: 0, 'not-found': 0 };
const validate = (): void => {
  for (const { prefix, origin } of routes) counts[validateOrigin(table, prefix, origin)]++;
};
const rounds = Array.from({ length: ROUNDS }, () => (milliseconds(validate) * 1e6) / ROUTES);
const changed = all.slice(0, 100_000);
const changeNs =
  (milliseconds(() => {
    for (const vrp of changed) table.withdraw(vrp);
    for (const vrp of changed) table.announce(vrp);
  }) *
    1e6) /
  (2 * changed.length);
const text = writeRpkiClientJson({ ...readPayloads('{"roas":[]}'), vrps: createVrpStore(all) });
let read = 0;
const jsonMs = milliseconds(() => {
  read = readPayloads(text).vrps.size;
});
const parseMs = milliseconds(() => {
  JSON.parse(text);
});

const result = {
  benchmark: 'rov',
  cpu: cpus()[0]?.model,
  node: process.version,
  vrps: table.size,
  loadMs: Math.round(loadMs),
  tableOctetsPerVrp: Math.round((table.bytes / table.size) * 10) / 10,
  processMegabytesAdded: Math.round(
    (after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed) / 1e6,
  ),
  nsPerValidation: spreadOf(rounds),
  nsPerChange: Math.round(changeNs),
  jsonMegabytes: Math.round(text.length / 1e6),
  jsonReadMs: Math.round(jsonMs),
  jsonReadToParse: Math.round((100 * jsonMs) / parseMs) / 100,
  jsonVrps: read,
  verdicts: counts,
};
if (process.argv.includes('--json')) console.log(JSON.stringify(result));
else
  for (const [name, value] of Object.entries(result))
    console.log(`${name.padEnd(24)} ${JSON.stringify(value)}`);
