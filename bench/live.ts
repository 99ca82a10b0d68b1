/**
 * Live routes: 1,000,000 routes of 20 peers in one table, and changes of payloads that touch few of them:
 *   npx tsx --expose-gc bench/live.ts [--json]
 * Prints octets a route and a distinct path, and the CPU time of 1,000 changes that touch some 10,000 routes, beside that of judging
 * the whole table again in the same round; then how many routes the library takes from a session and judges for each
 * second of CPU, and how many `bgp listen` takes, judges and prints, both beside BIRD, which takes the same UPDATEs in the same
 * round and judges nothing.
 */
import { cpus } from 'node:os';
import type { Asn } from 'pathsec/inet';
import { createLiveRoutes, createLiveTables, type LiveRoutes, type LiveTables } from 'pathsec/live';
import { createPayloadSet, type Payloads, type Vrp } from 'pathsec/payload';
import { createRtrCache } from 'pathsec/rtr';
import { fullTable, type OriginRoutes, pathAt } from './lib/full-table.js';
import { measureIntake } from './lib/intake.js';
import { ratioOf, spreadOf } from './lib/spread.js';

const PEERS = 20;
const PREFIXES = 50_000;
const FIRST_PEER = 4_200_000_000;
const ROUNDS = 11;
/** Changes of a round: VRPs of prefixes that every peer has, ASPAs of their origins, and such as touch nothing here. */
const VRPS_THAT_TOUCH = 400;
const ASPAS_THAT_TOUCH = 20;
const CHANGES = 1_000;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Octets of arrays and of everything else that lives. */
function octetsInUse(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function announceAll(live: LiveRoutes, table: readonly OriginRoutes[]): void {
  for (let peer = 0; peer < PEERS; peer++) {
    const peerAs = FIRST_PEER + peer;
    const session = live.session({ peerAs, neighborRole: 'customer' });
    for (const { origin, prefixes } of table) {
      const asPath = pathAt(peerAs, origin);
      for (const prefix of prefixes) session.announce({ prefix, asPath });
    }
  }
}

/** Payloads that are announced in one round and withdrawn in the next. */
function changes(table: readonly OriginRoutes[]): Payloads {
  const vrps: Vrp[] = [];
  const step = Math.floor(table.length / VRPS_THAT_TOUCH);
  const few = table.filter((_, i) => i % step === 0).slice(0, VRPS_THAT_TOUCH);
  for (const { origin, prefixes } of few) {
    const [prefix] = prefixes;
    if (prefix) vrps.push({ prefix, maxLength: prefix.length, asn: origin });
  }
  const customers: Asn[] = table.filter((_, i) => i % step === 1).map(({ origin }) => origin);
  const aspas = customers.slice(0, ASPAS_THAT_TOUCH).map((customer) => ({ customer, providers: [1] }));
  const idle = CHANGES - vrps.length - aspas.length;
  for (let i = 0; i < idle / 2; i++) {
    vrps.push({
      prefix: { afi: 1, octets: Uint8Array.of(240, 0, i >> 8, i & 0xff), length: 32 },
      maxLength: 32,
      asn: 1,
    });
  }
  for (let i = 0; vrps.length + aspas.length < CHANGES; i++)
    aspas.push({ customer: 1_000 + i, providers: [1] });
  return { ...createPayloadSet(), vrps, aspas };
}

/** Milliseconds of CPU time so far: what other programs do to the machine counts less than on a clock. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

interface Walked {
  readonly milliseconds: number;
  readonly touched: number;
  readonly changed: number;
}

function walk(live: LiveRoutes, apply: () => ReturnType<LiveTables['apply']>): Walked {
  const started = cpuMilliseconds();
  let touched = 0;
  let changed = 0;
  for (const one of live.rejudge(apply())) {
    touched++;
    if (one) changed++;
  }
  return { milliseconds: cpuMilliseconds() - started, touched, changed };
}

function measureTable(): object {
  const table = fullTable(PREFIXES);
  const tables = createLiveTables({ payloads: () => createPayloadSet() });
  const cache = createRtrCache({ sessionId: 1, maxHistory: 0 });
  cache.replace(createPayloadSet());
  const before = octetsInUse();
  const started = cpuMilliseconds();
  const live = createLiveRoutes(tables);
  announceAll(live, table);
  const seconds = (cpuMilliseconds() - started) / 1_000;
  const inUse = octetsInUse() - before;
  const { routes, prefixes, paths, routeOctets, pathOctets } = live.memory;
  const few = changes(table);
  const all: Payloads = {
    ...createPayloadSet(),
    vrps: [
      { prefix: { afi: 1, octets: new Uint8Array(4), length: 0 }, maxLength: 0, asn: 0 },
      { prefix: { afi: 2, octets: new Uint8Array(16), length: 0 }, maxLength: 0, asn: 0 },
    ],
  };
  const some: Walked[] = [];
  const whole: Walked[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    say(`round ${round + 1} of ${ROUNDS}`);
    const turn = (payloads: Payloads) => () =>
      tables.apply(round % 2 === 0 ? cache.change(payloads, {}) : cache.change({}, payloads));
    some.push(walk(live, turn(few)));
    whole.push(walk(live, turn(all)));
  }
  const times = some.map(({ milliseconds }) => milliseconds);
  const wholeTimes = whole.map(({ milliseconds }) => milliseconds);
  return {
    routes,
    prefixes,
    paths,
    octetsARoute: routeOctets / routes,
    octetsAPath: pathOctets / paths,
    octetsInUseARoute: inUse / routes,
    announcedACpuSecond: Math.round(routes / seconds),
    changes: CHANGES,
    touched: some[0]?.touched,
    changed: some[0]?.changed,
    changesCpuMilliseconds: spreadOf(times),
    wholeTableCpuMilliseconds: spreadOf(wholeTimes),
    changesOfWholeTable: ratioOf(times, wholeTimes),
  };
}

const result = {
  benchmark: 'live',
  cpu: cpus()[0]?.model,
  node: process.version,
  table: measureTable(),
  intake: await measureIntake(say),
};
if (process.argv.includes('--json')) console.log(JSON.stringify(result));
else console.log(JSON.stringify(result, null, 2));
say('routes and signatures that leave this side: npm run bench -- inject');
