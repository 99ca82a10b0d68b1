/**
 * Injection: routes a second from `pathsec bgp inject` into a session, beside ExaBGP with the same routes into the same receiver, by
 * the clock, from the start of the program and from the OPENs to the last route (ExaBGP reads its routes before, we while we send); and
 * signatures a second of made signed UPDATEs, by CPU time of the whole command beyond its start, beside `openssl speed` in the same run. Sides alternate within a round; figures are medians with quartiles, ratios within a
 * round.
 *   npx tsx bench/inject.ts [--json] [--quick]
 * ExaBGP is that of this machine, or of the root that scripts/peers.sh makes; without it that part says so. With `--sign` also by the
 * clock, with a thread for each core, beside one `openssl speed`.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodePkcs8, generateRouterKey } from 'pathsec/bgpsec';
import { startBgpSpeaker } from 'pathsec/node';
import { pemOf } from 'pathsec/rpki';
import { type Daemon, findProgram, freePort, startDaemon } from '../spec-tests/interop/daemon.js';
import { amongPeers, hasPeers, here, type Place } from '../spec-tests/interop/place.js';
import { ratioOf, type Spread, spreadOf } from './lib/spread.js';

interface Figure {
  readonly what: string;
  readonly value: Spread;
  readonly unit: string;
  readonly target: number | null;
}

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 2 : 5;
const ROUTES = quick ? 20_000 : 30_000;
const HOPS = 4;
const TARGET = 64500;
const figures: Figure[] = [];
const absent: string[] = [];
const note = (what: string, value: Spread, unit: string, target: number | null = null): void => {
  process.stderr.write(`${what}\n`);
  figures.push({ what, value, unit, target });
};

/** Prefix and path of a route; ten neighbours share a path. */
const route = (i: number): readonly [string, string] => [
  `20.${i >> 8}.${i & 0xff}.0/24`,
  `64499 ${65_000 + (Math.floor(i / 10) % 500)}`,
];

/** Routes a second that a program sends. */
interface Rates {
  readonly fromStart: number;
  readonly fromOpens: number;
}

/** Counts the routes of whoever connects. */
async function received(connect: (port: number) => { stop(): Promise<void> }): Promise<Rates> {
  const port = await freePort();
  let [opens, count] = [0, 0];
  let done = (_: number): void => {};
  const finished = new Promise<number>((resolve) => {
    done = resolve;
  });
  const speaker = await startBgpSpeaker({
    peers: [{ session: { localAs: TARGET, routerId: 0x7f000001 } }],
    listen: { host: '127.0.0.1', port },
    onReport(_, __, report) {
      if (report.kind === 'state' && report.state === 'Established') opens = performance.now();
      if (report.kind !== 'update') return;
      for (const { routes } of report.announced) count += routes.length;
      if (count >= ROUTES) done(performance.now());
    },
  });
  const start = performance.now();
  const sender = connect(port);
  try {
    const end = await finished;
    const rate = (from: number): number => (1e3 * ROUTES) / (end - from);
    return { fromStart: rate(start), fromOpens: rate(opens) };
  } finally {
    await sender.stop();
    await speaker.stop();
  }
}

const COMMAND = fileURLToPath(new URL('../dist/cli/bin.js', import.meta.url));

/** Our side with the routes of a file, or with messages that were written before, as ExaBGP has its own. */
function pathsec(port: number, ...source: readonly string[]): Daemon {
  const argv = ['bgp', 'inject', `127.0.0.1:${port}`, '--local-as', '64499', ...source];
  return startDaemon(process.execPath, [COMMAND, ...argv]);
}

function exabgp(place: Place, port: number): Daemon {
  const statics = Array.from({ length: ROUTES }, (_, i) => {
    const [prefix, path] = route(i);
    return `    route ${prefix} next-hop 127.0.0.2 as-path [ ${path} ];`;
  });
  writeFileSync(
    `${place.outside}/exabgp.conf`,
    `neighbor 127.0.0.1 {
  router-id 127.0.0.2;
  local-address 127.0.0.2;
  local-as 64499;
  peer-as ${TARGET};
  connect ${port};
  family { ipv4 unicast; }
  static {
${statics.join('\n')}
  }
}
`,
  );
  chmodSync(place.outside, 0o755);
  const words = ['exabgp.daemon.user=root', 'exabgp.tcp.attempts=0', 'exabgp.api.cli=false'];
  return place.start('env', ...words, 'exabgp', `${place.inside}/exabgp.conf`);
}

async function intoASession(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-bench-inject-'));
  const lines = Array.from({ length: ROUTES }, (_, i) => `${route(i).join('|')}|64499`);
  writeFileSync(join(folder, 'routes.txt'), `${lines.join('\n')}\n`);
  const place = findProgram('exabgp')
    ? here(folder)
    : hasPeers && process.getuid?.() === 0
      ? amongPeers()
      : undefined;
  if (!place) absent.push('exabgp: needs the package exabgp, or what scripts/peers.sh makes and root');
  const [own, played, theirs]: [Rates[], Rates[], Rates[]] = [[], [], []];
  const read = ['--as-received', '--routes', join(folder, 'routes.txt')];
  const messages = join(folder, 'messages');
  execFileSync(process.execPath, [
    ...[COMMAND, 'bgp', 'inject', '--local-as', '64499', '--next-hop', '127.0.0.2', ...read],
    ...['--write', messages],
  ]);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      own.push(await received((port) => pathsec(port, ...read)));
      played.push(await received((port) => pathsec(port, '--play', messages)));
      if (place) theirs.push(await received((port) => exabgp(place, port)));
    }
  } finally {
    place?.leave();
    rmSync(folder, { recursive: true, force: true });
  }
  const sides = [
    ['fromStart', 'from its start to the last route'],
    ['fromOpens', 'from the OPENs to the last route'],
  ] as const;
  for (const [side, words] of sides) {
    const of = (list: readonly Rates[]): number[] => list.map((one) => one[side]);
    note(`pathsec bgp inject --routes, ${words}`, spreadOf(of(own)), 'routes per second');
    note(`pathsec bgp inject --play, ${words}`, spreadOf(of(played)), 'routes per second');
    if (!place) continue;
    note(`exabgp, ${words}`, spreadOf(of(theirs)), 'routes per second');
    note(`--routes against exabgp, ${words}`, ratioOf(of(own), of(theirs)), 'times', 1);
    note(`--play against exabgp, ${words}`, ratioOf(of(played), of(theirs)), 'times', 1);
  }
}

/** `openssl speed ecdsap256`: signatures per second of CPU time, or with `-elapsed` by the clock. */
function opensslRate(...options: readonly string[]): number {
  const args = ['speed', ...options, '-seconds', quick ? '1' : '2', '-mr', 'ecdsap256'];
  const text = execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  return Number(/^\+F4:\d+:256:([0-9.]+):/m.exec(text)?.[1]);
}

/** CPU seconds of a whole process, its start included: `times` of the shell prints them in a line for its children. */
function cpuSecondsOf(argv: readonly string[]): number {
  const script = '"$@" >/dev/null && times';
  const text = execFileSync('sh', ['-c', script, 'sh', process.execPath, COMMAND, ...argv]).toString();
  const [, user, system] = /\n0*(\d+m[\d.]+)s 0*(\d+m[\d.]+)s/.exec(text) ?? [];
  return [user, system].reduce((sum, one = '') => {
    const [minutes, seconds] = one.split('m').map(Number);
    return sum + 60 * (minutes ?? Number.NaN) + (seconds ?? Number.NaN);
  }, 0);
}

/** Seconds of a whole process by the clock. */
function clockSecondsOf(argv: readonly string[]): number {
  const start = performance.now();
  execFileSync(process.execPath, [COMMAND, ...argv], { stdio: 'ignore' });
  return (performance.now() - start) / 1e3;
}

/** Made routes by the command into a file: with keys of the seed, and with keys that are read. */
function signedStream(): void {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-bench-inject-'));
  const files = Array.from({ length: HOPS }, (_, i) => {
    const key = generateRouterKey(createHash('sha384').update(`bench ${i}`).digest());
    const file = join(folder, `${i}.pem`);
    writeFileSync(file, pemOf('PRIVATE KEY', encodePkcs8(key)), { mode: 0o600 });
    return [64499 - i, file] as const;
  });
  const keys = join(folder, 'keys.json');
  writeFileSync(keys, JSON.stringify(Object.fromEntries(files)));
  const count = quick ? 10_000 : 50_000;
  const words = ['--local-as', '64499', '--peer-as', `${TARGET}`, '--hops', `${HOPS}`, '--seed', '1'];
  const command = ['bgp', 'inject', ...words, '--write', join(folder, 'out')];
  const starts: number[] = [];
  const rate = (...argv: readonly string[]): number => {
    const start = cpuSecondsOf([...command, '--count', '1', ...argv]);
    starts.push(start);
    return (HOPS * (count - 1)) / (cpuSecondsOf([...command, '--count', `${count}`, ...argv]) - start);
  };
  const jobs = ['--sign', keys, '--jobs', `${availableParallelism()}`];
  const clocked = (): number => {
    const start = clockSecondsOf([...command, '--count', '1', ...jobs]);
    return (HOPS * (count - 1)) / (clockSecondsOf([...command, '--count', `${count}`, ...jobs]) - start);
  };
  const [own, read, raw]: [number[], number[], number[]] = [[], [], []];
  const [shared, elapsed]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      raw.push(opensslRate());
      own.push(rate());
      read.push(rate('--sign', keys));
      elapsed.push(opensslRate('-elapsed'));
      shared.push(clocked());
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const percent = (rates: readonly number[], of = raw): Spread =>
    spreadOf(rates.map((one, i) => (100 * one) / (of[i] ?? Number.NaN)));
  const what = `${count} made ${HOPS}-hop UPDATEs written, signatures`;
  note('start of the command, which the others are without', spreadOf(starts), 'CPU seconds');
  note('openssl speed, signatures', spreadOf(raw), 'per second');
  note(what, spreadOf(own), 'per second');
  note(`${what} with --sign`, spreadOf(read), 'per second');
  note('made UPDATEs against openssl speed', percent(own), '%', 85);
  note('made UPDATEs with --sign against openssl speed', percent(read), '%');
  const how = `${availableParallelism()} threads, by the clock`;
  note(`${what} with --sign, ${how}`, spreadOf(shared), 'per second');
  note(`made UPDATEs with --sign against one openssl speed, ${how}`, percent(shared, elapsed), '%', 85);
}

signedStream();
await intoASession();
console.log(JSON.stringify({ routes: ROUTES, rounds: ROUNDS, figures, absent }, null, 2));
