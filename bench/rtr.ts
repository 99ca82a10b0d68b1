/**
 * RTR over loopback, cache and router in a process of their own: a full image of 1,000,000 VRPs, 3,400 ASPAs and 20
 * router keys, then updates of 1,000 changes:
 *   npx tsx bench/rtr.ts [--json]
 * Prints the time from connecting to the applied image, also with live tables of a verifier kept up to date, the time
 * from a change in the cache to the change in the router, and the peak memory of both processes.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { connectRtr, listenRtr } from 'pathsec/node';
import { createPayloadSet, type Payloads, type Vrp } from 'pathsec/payload';
import { applyPayloadChanges, createRtrCache, createRtrClient, storeSize } from 'pathsec/rtr';
import { spreadOf } from './lib/spread.js';

const VRPS = 1_000_000;
const ASPAS = 3_400;
const KEYS = 20;
/** Routers that take the whole image, one after the other. */
const IMAGES = 5;
const UPDATES = 20;
const CHANGES = 1_000;

/** Four IPv4 VRPs for each IPv6 one, spread over the address space; made one at a time. */
function* vrps(count: number): Generator<Vrp> {
  for (let i = 0; i < count; i++) {
    const asn = 1 + ((i * 7919) % 400_000);
    const mixed = Math.imul(i, 0x9e3779b1) >>> 0;
    if (i % 5 < 4) {
      const octets = Uint8Array.of(1 + (mixed >>> 25), (mixed >>> 17) & 0xff, (mixed >>> 9) & 0xff, 0);
      yield { prefix: { afi: 1, octets, length: 24 }, maxLength: 24, asn };
    } else {
      const octets = new Uint8Array(16);
      octets.set([0x20, 0x01, mixed >>> 24, (mixed >>> 16) & 0xff, (mixed >>> 8) & 0xff, mixed & 0xff]);
      yield { prefix: { afi: 2, octets, length: 48 }, maxLength: 48, asn };
    }
  }
}

function payloads(): Payloads {
  const aspas = Array.from({ length: ASPAS }, (_, i) => ({
    customer: 100_000 + i,
    providers: Array.from({ length: 1 + (i % 8) }, (_, k) => 200_000 + i + k * 10),
  }));
  const routerKeys = Array.from({ length: KEYS }, (_, i) => ({
    asn: 64_512 + i,
    ski: new Uint8Array(20).fill(i),
    spki: new Uint8Array(91).fill(i),
  }));
  return { ...createPayloadSet(), vrps: { [Symbol.iterator]: () => vrps(VRPS) }, aspas, routerKeys };
}

/** 500 announcements and 500 withdrawals in turn, so that the size stays. */
function update(round: number): Payloads['vrps'] {
  return Array.from({ length: CHANGES / 2 }, (_, i) => ({
    prefix: { afi: 1, octets: Uint8Array.of(203, round, i >> 8, i & 0xff), length: 32 },
    maxLength: 32,
    asn: 65_000,
  }));
}

async function serve(): Promise<void> {
  const cache = createRtrCache({ sessionId: 1 });
  cache.replace(payloads());
  const server = await listenRtr(cache, { host: '127.0.0.1', port: 0, notifySeconds: 0 });
  process.send?.({ port: server.port, size: storeSize(cache.store) });
  process.on('message', (round: number) => {
    if (round < 0) {
      process.send?.({ maxRss: process.resourceUsage().maxRSS });
      return;
    }
    const started = process.hrtime.bigint();
    cache.change({ vrps: update(round) }, round > 0 ? { vrps: update(round - 1) } : {});
    server.notify();
    process.send?.({ changed: round, started: String(started) });
  });
}

function route(port: number, withTables: boolean): void {
  const client = createRtrClient();
  const tables = createPayloadSet();
  const started = process.hrtime.bigint();
  connectRtr(client, { host: '127.0.0.1', port }, (event) => {
    if (event.kind !== 'update') return;
    if (withTables) applyPayloadChanges(tables, event.changes);
    const finished = process.hrtime.bigint();
    process.send?.({
      size: storeSize(client.store),
      inTables: tables.vrps.size + tables.aspas.size + tables.routerKeys.size,
      seconds: Number(finished - started) / 1e9,
      finished: String(finished),
      maxRss: process.resourceUsage().maxRSS,
    });
  });
}

interface Applied {
  readonly size: number;
  readonly inTables: number;
  readonly seconds: number;
  readonly finished: string;
  readonly maxRss: number;
}

const self = fileURLToPath(import.meta.url);
const next = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve) => {
    child.once('message', (message) => resolve(message as T));
  });
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

async function main(): Promise<void> {
  const server = fork(self, ['serve']);
  const { port, size } = await next<{ port: number; size: number }>(server);
  const plain: Applied[] = [];
  const withTables: Applied[] = [];
  let router = server;
  for (let image = 0; image < IMAGES; image++) {
    process.stderr.write(`image ${image + 1} of ${IMAGES}\n`);
    const first = fork(self, ['route', String(port)]);
    const full = await next<Applied>(first);
    if (full.size !== size) throw new Error(`router has ${full.size} of ${size} records`);
    plain.push(full);
    first.kill();
    if (router !== server) router.kill();
    router = fork(self, ['route', String(port), 'tables']);
    const applied = await next<Applied>(router);
    if (applied.inTables !== size) throw new Error(`tables have ${applied.inTables} of ${size} records`);
    withTables.push(applied);
  }
  const milliseconds: number[] = [];
  let peak = Math.max(...withTables.map(({ maxRss }) => maxRss));
  for (let update = 0; update < UPDATES; update++) {
    const applied = next<Applied>(router);
    const changed = next<{ started: string }>(server);
    server.send(update);
    const { started } = await changed;
    const { finished, maxRss } = await applied;
    milliseconds.push(Number(BigInt(finished) - BigInt(started)) / 1e6);
    peak = maxRss;
  }
  const last = next<{ maxRss: number }>(server);
  server.send(-1);
  const { maxRss } = await last;
  server.kill();
  router.kill();
  milliseconds.sort((a, b) => a - b);
  const result = {
    benchmark: 'rtr',
    cpu: cpus()[0]?.model,
    node: process.version,
    records: size,
    fullImageSeconds: spreadOf(plain.map(({ seconds }) => seconds)),
    fullImageWithTablesSeconds: spreadOf(withTables.map(({ seconds }) => seconds)),
    updateChanges: CHANGES,
    updateMilliseconds: spreadOf(milliseconds),
    updateMillisecondsWorst: round(milliseconds[UPDATES - 1] ?? 0, 1),
    cachePeakMegabytes: Math.round(maxRss / 1024),
    routerPeakMegabytes: Math.round(Math.max(...plain.map((one) => one.maxRss)) / 1024),
    routerWithTablesPeakMegabytes: Math.round(peak / 1024),
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify(result));
  else {
    for (const [name, value] of Object.entries(result)) {
      console.log(`${name.padEnd(30)} ${JSON.stringify(value)}`);
    }
  }
}

const [role, port, tables] = process.argv.slice(2);
if (role === 'serve') await serve();
else if (role === 'route') route(Number(port), tables === 'tables');
else await main();
