/**
 * BGPsec: verifications per second against `openssl speed` in the same run, the batch on all cores, the noble engine
 * with and without tables, the segment cache over real routes, octets per stored route.
 *   npx tsx bench/bgpsec.ts [--json] [--quick]
 * Rates of one core count CPU time, as `openssl speed` does, so that neighbours on the machine matter less; batches
 * are measured by the clock, and threads by both. The rounds of what is compared alternate; figures are medians with
 * quartiles, ratios within a round.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpus } from 'node:os';
import { p256 } from '@noble/curves/nist.js';
import { encodeOrigin, pathAttribute } from 'pathsec/bgp';
import {
  createNobleEngine,
  createRouterKeys,
  createSegmentCache,
  createSignedRouteStore,
  encodeSignedUpdate,
  generateRouterKey,
  isValidRoute,
  suite1,
  unicast,
  verdictOfUpdate,
  verdictsOfUpdates,
} from 'pathsec/bgpsec';
import { makePrefix } from 'pathsec/inet';
import { createBgpsecPool, createOpensslEngine } from 'pathsec/node';
import { type SignedTable, signTable } from './lib/signed-routes.js';
import { ratioOf, type Spread, spreadOf } from './lib/spread.js';

interface Figure {
  readonly what: string;
  readonly value: number | Spread;
  readonly unit: string;
  readonly target: number | null;
}

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 3 : 7;
const SECONDS = quick ? 0.4 : 1;
const LOCAL = 64500;
const PEER = 64499;
const HOPS = [64496, 64497, 64498, PEER];

const engine = createOpensslEngine();
const figures: Figure[] = [];
const note = (what: string, value: number | Spread, unit: string, target: number | null = null): void => {
  process.stderr.write(`${what}\n`);
  figures.push({ what, value, unit, target });
};

/** Calls of `work` per second of CPU time, over about `seconds` of it. */
function cpuRate(work: () => void, seconds = SECONDS): number {
  let calls = 0;
  const start = process.cpuUsage();
  for (;;) {
    for (let i = 0; i < 8; i++) work();
    calls += 8;
    const { user, system } = process.cpuUsage(start);
    const used = (user + system) / 1e6;
    if (used >= seconds) return calls / used;
  }
}

/** `openssl speed ecdsap256`: verifications per second of CPU time. */
function opensslRate(): number {
  const args = ['speed', '-seconds', quick ? '1' : '2', '-mr', 'ecdsap256'];
  const text = execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  // +F4:index:bits:signatures per second:verifications per second
  return Number(/^\+F4:\d+:256:[0-9.]+:([0-9.]+)/m.exec(text)?.[1]);
}

/** Verifications per second by the clock of `processes` runs of `openssl speed` at once. */
function opensslTogether(processes: number): number {
  const args = ['speed', '-seconds', '1', '-elapsed', '-multi', String(processes), 'ecdsap256'];
  const text = execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  return Number(text.trim().split(/\s+/).at(-1));
}

const keyPairs = new Map(HOPS.map((asn) => [asn, generateRouterKey(randomBytes(48))] as const));
const verifier = {
  keys: createRouterKeys([...keyPairs].map(([asn, { ski, spki }]) => ({ asn, ski, spki }))),
  suites: suite1(engine),
};
const fourHops = signTable(
  Array.from({ length: 64 }, (_, i) => ({
    prefix: makePrefix(1, Uint8Array.of(192, 0, i, 0), 24),
    asns: [...HOPS].reverse(),
  })),
  LOCAL,
  engine,
  keyPairs,
);
const session = { localAs: LOCAL, peerAs: PEER, kind: 'external' } as const;
const messages = fourHops.routes.map(({ announced, path }) =>
  encodeSignedUpdate(
    {
      announced,
      bgpsecPath: path,
      nextHop: Uint8Array.of(198, 51, 100, 1),
      attributes: [pathAttribute(1, encodeOrigin('igp'))],
    },
    true,
  ),
);

function nativeAgainstOpenssl(): void {
  let at = 0;
  const one = (): void => {
    if (verdictOfUpdate(messages[at++ % messages.length] as Uint8Array, session, verifier) !== 'valid') {
      throw new Error('not valid');
    }
  };
  cpuRate(one, 3 * SECONDS);
  const [own, raw]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    raw.push(opensslRate());
    own.push(cpuRate(one, SECONDS) * HOPS.length);
  }
  note('openssl speed, verifications', spreadOf(raw), 'per second');
  note('native, verifications in 4-hop UPDATEs, all included', spreadOf(own), 'per second');
  const share = own.map((rate, i) => (100 * rate) / (raw[i] ?? Number.NaN));
  note('native against openssl speed', spreadOf(share), '%', 80);
}

/**
 * One thread, the thread pool of Node, and N threads of our own, against one and N processes of `openssl speed`: what the
 * machine gives at all, since cores of a shared machine are not always whole ones.
 */
async function batchOnAllCores(): Promise<void> {
  const items = Array.from({ length: quick ? 1000 : 4000 }, (_, i) => ({
    message: messages[i % messages.length] as Uint8Array,
    session,
  }));
  const workers = cpus().length;
  const pool = createBgpsecPool(verifier.keys, { workers });
  // Every thread compiles its own code, and is measured when it has.
  for (let verified = 0; verified < workers * 4000; verified += items.length) await pool.verdicts(items);
  /** Verifications per second, by the clock and by CPU time of all threads. */
  const timed = async (work: () => unknown): Promise<{ readonly clock: number; readonly cpu: number }> => {
    const [start, used] = [performance.now(), process.cpuUsage()];
    await work();
    const seconds = (performance.now() - start) / 1e3;
    const { user, system } = process.cpuUsage(used);
    const count = items.length * HOPS.length;
    return { clock: count / seconds, cpu: (1e6 * count) / (user + system) };
  };
  const [threadPool, ours, ofMachine, ofCore, machine]: number[][] = [[], [], [], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    const raw = { one: opensslTogether(1), cpu: opensslRate() };
    const one = await timed(() => {
      for (const { message } of items) verdictOfUpdate(message, session, verifier);
    });
    const promised = await timed(() => verdictsOfUpdates(items, verifier));
    const together = opensslTogether(workers);
    const threads = await timed(() => pool.verdicts(items));
    threadPool?.push(promised.clock / one.clock);
    ours?.push(threads.clock / one.clock);
    // The processes of openssl before and after, so that a neighbour who comes or goes weighs half.
    ofMachine?.push((200 * threads.clock) / (together + opensslTogether(workers)));
    ofCore?.push((100 * threads.cpu) / raw.cpu);
    machine?.push(together / raw.one);
  }
  await pool.close();
  note(
    `${workers} threads against ${workers} processes of openssl speed`,
    spreadOf(ofMachine ?? []),
    '%',
    80,
  );
  note(`${workers} threads against openssl speed, by CPU time`, spreadOf(ofCore ?? []), '%', 80);
  note(`batch over ${workers} threads against one thread`, spreadOf(ours ?? []), 'times');
  note('batch over the thread pool of Node against one thread', spreadOf(threadPool ?? []), 'times');
  note(`${workers} processes of openssl speed against one`, spreadOf(machine ?? []), 'times');
}

function nobleWarmAgainstPlain(): void {
  const warm = createNobleEngine({ tableAfter: 0 });
  const key = generateRouterKey(randomBytes(48));
  const octets = new Uint8Array(118).fill(7);
  const signature = warm.sign(key, octets);
  const point = key.spki.subarray(26);
  const plain = (): void => {
    if (!p256.verify(signature, octets, point, { format: 'der', lowS: false })) throw new Error('not valid');
  };
  const tabled = (): void => {
    if (!warm.verify(key.spki, octets, signature)) throw new Error('not valid');
  };
  cpuRate(plain, SECONDS / 2);
  cpuRate(tabled, SECONDS / 2);
  const [slow, fast]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    slow.push(cpuRate(plain));
    fast.push(cpuRate(tabled));
  }
  note('noble, plain', spreadOf(slow), 'per second');
  note('noble, warm keys', spreadOf(fast), 'per second');
  note('noble, warm against plain', ratioOf(fast, slow), 'times', 3.5);
}

function segmentCache(name: string, { routes, keys, source }: SignedTable): void {
  const byTable = { keys: createRouterKeys(keys), suites: suite1(engine) };
  let verifications = 0;
  const counting = {
    ...engine,
    verify: (spki: Uint8Array, octets: Uint8Array, signature: Uint8Array) => {
      verifications++;
      return engine.verify(spki, octets, signature);
    },
  };
  const signed = routes.map(({ announced, path }) => ({
    path,
    announced,
    session: { localAs: LOCAL, peerAs: path.segments[0]?.asn ?? 0, kind: 'external' as const },
  }));
  const [plain, cached]: [number[], number[]] = [[], []];
  const timed = (work: () => void): number => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  let hitRate = Number.NaN;
  for (const route of signed) if (!isValidRoute(route, byTable)) throw new Error('not valid');
  for (let round = 0; round < (quick ? 2 : 4); round++) {
    plain.push(
      timed(() => {
        for (const route of signed) isValidRoute(route, byTable);
      }),
    );
    const cache = createSegmentCache(100_000);
    cached.push(
      timed(() => {
        for (const route of signed) isValidRoute(route, byTable, { cache });
      }),
    );
    hitRate = cache.hits / signed.length;
  }
  const counted = { keys: byTable.keys, suites: suite1(counting) };
  for (const route of signed) isValidRoute(route, counted);
  const without = verifications;
  verifications = 0;
  const cache = createSegmentCache(100_000);
  for (const route of signed) isValidRoute(route, counted, { cache });
  note(`segment cache, ${name}: routes (${source})`, signed.length, 'routes');
  note(`segment cache, ${name}: routes with a known tail`, 100 * hitRate, '%');
  note(`segment cache, ${name}: verifications saved`, 100 * (1 - verifications / without), '%');
  note(`segment cache, ${name}: speed-up`, ratioOf(plain, cached), 'times');
}

function memory(): void {
  const store = createSignedRouteStore();
  const total = quick ? 20_000 : 100_000;
  for (let i = 0; i < total; i++) {
    const { path } = fourHops.routes[i % fourHops.routes.length] ?? { path: { segments: [], blocks: [] } };
    store.add({ announced: unicast(makePrefix(1, Uint8Array.of(i >> 16, i >> 8, i, 0), 24)), path });
  }
  const { allocated, packed, wire } = store.memory();
  note('memory for a stored 4-hop route, allocated', allocated / total, 'octets');
  note('memory for a stored 4-hop route, packed', packed / total, 'octets');
  note('the same on the wire (NLRI and BGPsec_PATH)', wire / total, 'octets');
}

nativeAgainstOpenssl();
await batchOnAllCores();
nobleWarmAgainstPlain();
const limit = quick ? 1500 : 10_000;
segmentCache('RIB of several peers, 2002', signTable('rib', LOCAL, engine, undefined, limit));
segmentCache('UPDATE stream, 2007', signTable('updates', LOCAL, engine, undefined, limit));
memory();

if (process.argv.includes('--json')) {
  const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version };
  console.log(JSON.stringify({ machine, quick, figures }, null, 2));
} else {
  for (const { what, value, unit, target } of figures) {
    const wanted = target === null ? '' : `  (target ${target})`;
    const number = (one: number): string => String(one >= 100 ? Math.round(one) : Number(one.toFixed(2)));
    const said =
      typeof value === 'number'
        ? number(value)
        : `${number(value.median)} (${number(value.q1)} to ${number(value.q3)})`;
    console.log(`${what}: ${said} ${unit}${wanted}`);
  }
}
