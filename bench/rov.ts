/**
 * Origin validation over synthetic VRPs in the number and shape of the real RPKI:
 *   npx tsx --expose-gc bench/rov.ts [--json]
 * Prints the load time, octets per VRP and nanoseconds per validation; also the time for one change and for reading
 * the same VRPs from rpki-client JSON.
 */
import { cpus } from 'node:os';
import { AFI_IPV4, AFI_IPV6, type Afi, makePrefix, type Prefix } from 'pathsec/inet';
import { createVrpStore, type Vrp } from 'pathsec/payload';
import { createRovTable, validateOrigin } from 'pathsec/rov';
import { readPayloads, writeRpkiClientJson } from 'pathsec/rpki';

const VRPS = 1_000_000;
const ROUTES = 100_000;
const ROUNDS = 15;

// Share of each prefix length in percent, about as in the RPKI of 2026; three quarters of the VRPs are IPv4.
const LENGTHS: Readonly<Record<Afi, readonly (readonly [length: number, percent: number])[]>> = {
  1: [
    [24, 55],
    [22, 12],
    [23, 9],
    [20, 6],
    [21, 5],
    [19, 4],
    [16, 4],
    [18, 3],
    [17, 1],
    [15, 0.5],
    [14, 0.3],
    [12, 0.2],
  ],
  2: [
    [48, 52],
    [32, 17],
    [40, 9],
    [44, 8],
    [36, 6],
    [29, 4],
    [46, 2],
    [34, 1],
    [64, 0.5],
    [28, 0.5],
  ],
};

/** Numbers in 0..2^32-1 from a fixed seed (xorshift32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

function pickLength(afi: Afi, percentile: number): number {
  let rest = percentile;
  for (const [length, percent] of LENGTHS[afi]) {
    rest -= percent;
    if (rest < 0) return length;
  }
  return afi === AFI_IPV4 ? 24 : 48;
}

function randomPrefix(random: () => number): Prefix {
  const afi: Afi = random() % 4 === 0 ? AFI_IPV6 : AFI_IPV4;
  const length = pickLength(afi, (random() % 10_000) / 100);
  const octets = new Uint8Array(afi === AFI_IPV4 ? 4 : 16);
  for (let i = 0; i < octets.length; i++) octets[i] = random() >>> 9;
  if (afi === AFI_IPV4) octets[0] = 1 + ((octets[0] as number) % 223);
  else octets.set([0x20 + (random() % 2) * 8, random() % 64, random() % 16]);
  return makePrefix(afi, octets, length);
}

/** Origins are 64,512 ASNs over the whole range. */
function randomAsn(random: () => number): number {
  return Math.imul(1 + (random() % 64_512), 0x9e3779b1) >>> 0;
}

function randomVrp(random: () => number): Vrp {
  const prefix = randomPrefix(random);
  const longer = random() % 5 === 0 ? random() % 5 : 0;
  const maxLength = Math.min(prefix.length + longer, prefix.afi === AFI_IPV4 ? 32 : 128);
  return { prefix, maxLength, asn: randomAsn(random) };
}

function* vrps(count: number): IterableIterator<Vrp> {
  const random = createRandom(20261124);
  for (let i = 0; i < count; i++) yield randomVrp(random);
}

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
// The best round: the machine may be busy with other things.
const rounds = Array.from({ length: ROUNDS }, () => milliseconds(validate));
const validateNs = (Math.min(...rounds) * 1e6) / ROUTES;
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
  nsPerValidation: Math.round(validateNs),
  nsPerChange: Math.round(changeNs),
  jsonMegabytes: Math.round(text.length / 1e6),
  jsonReadMs: Math.round(jsonMs),
  jsonVrps: read,
  verdicts: counts,
};
if (process.argv.includes('--json')) console.log(JSON.stringify(result));
else
  for (const [name, value] of Object.entries(result))
    console.log(`${name.padEnd(24)} ${JSON.stringify(value)}`);
