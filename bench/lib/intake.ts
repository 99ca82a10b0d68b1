import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBgpSpeaker } from 'pathsec/node';
import { createPayloadSet, type Payloads } from 'pathsec/payload';
import { writeRpkiClientJson } from 'pathsec/rpki';
import { findProgram, freePort, run } from '../../spec-tests/interop/daemon.js';
import { fullTable, type OriginRoutes } from './full-table.js';
import { judgedACpuSecond } from './judged.js';
import { ratioOf, spreadOf } from './spread.js';
import { updateStream } from './update-stream.js';

const PREFIXES = 200_000;
const ROUNDS = 3;
const LOCAL_AS = 64_500;
const PEER_AS = 4_200_000_000;
const HOST = '127.0.0.1';
const PEER_HOST = '127.0.0.9';
const ASK_MS = 50;
const LIMIT_MS = 60_000;
const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

/** A program that takes routes from a session. */
interface Taker {
  readonly child: ChildProcess;
  /** Resolves when it waits for the session. */
  readonly ready: Promise<unknown>;
  /** Resolves when it has all routes. */
  readonly full: Promise<unknown>;
}

type Start = (port: number, folder: string) => Taker;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, ASK_MS));

/** `bgp listen` with payloads, whose lines are read and thrown away. */
function listener(rpki: string): Start {
  return (port) => {
    const words = ['--local-as', LOCAL_AS, '--port', port, '--role', 'provider', '--rpki', rpki, '--json'];
    const child = spawn(process.execPath, [BIN, 'bgp', 'listen', ...words.map(String)]);
    let tail = '';
    const full = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        tail = (tail + chunk.toString('latin1')).slice(-1_000);
        if (tail.includes('"family":"1/1"')) resolve();
      });
    });
    return { child, ready: once(child.stderr, 'data'), full };
  };
}

/** BIRD, which judges nothing here. */
const bird =
  (size: number): Start =>
  (port, folder) => {
    const socket = `${folder}/bird.ctl`;
    const channel = '{ import all; export none; gateway recursive; }';
    const config = `router id 127.0.0.1;\nprotocol device {}
protocol bgp peer { local ${HOST} port ${port} as ${LOCAL_AS}; neighbor ${PEER_HOST} as ${PEER_AS}; multihop; passive;
ipv4 ${channel}; ipv6 ${channel}; }\n`;
    writeFileSync(`${folder}/bird.conf`, config);
    const child = spawn(findProgram('bird') ?? 'bird', ['-f', '-c', `${folder}/bird.conf`, '-s', socket], {
      stdio: 'ignore',
    });
    const until = async (holds: (routes: number) => boolean): Promise<void> => {
      for (const end = Date.now() + LIMIT_MS; Date.now() < end; ) {
        const text = await run('birdc', '-s', socket, 'show', 'route', 'count').catch(() => '');
        const counts = [...text.matchAll(/^(\d+) of \d+ routes/gm)].map(([, count]) => Number(count));
        if (counts.length > 0 && holds(counts.reduce((sum, count) => sum + count, 0))) return;
        await pause();
      }
      throw new Error(`BIRD has not all routes within ${LIMIT_MS / 1_000} s`);
    };
    const ready = until(() => true);
    return { child, ready, full: ready.then(() => until((routes) => routes >= size)) };
  };

/** Seconds of CPU that a process has used: Linux counts hundredths. */
function cpuSeconds({ pid }: ChildProcess): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ');
  const fields = rest.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Routes for each second of CPU that the program uses from the first UPDATE to the last. */
async function intake(start: Start, messages: readonly Uint8Array[], size: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-bench-live-'));
  const port = await freePort();
  const { child, ready, full } = start(port, folder);
  try {
    await ready;
    let before: number | undefined;
    let next = 0;
    const session = {
      localAs: PEER_AS,
      routerId: 0x7f000009,
      role: 'customer',
      idleHold: [0.1, 0.2],
    } as const;
    const speaker = await startBgpSpeaker({
      peers: [{ session, address: HOST, port, localAddress: PEER_HOST }],
      onReport(connection, _, report) {
        const up = report.kind === 'state' && report.state === 'Established';
        if (!up && report.kind !== 'writable') return;
        before ??= cpuSeconds(child);
        while (next < messages.length && connection.send(messages[next] as Uint8Array)) next++;
      },
    });
    await full;
    const used = cpuSeconds(child) - (before ?? 0);
    await speaker.stop();
    return size / used;
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function payloadsOf(table: readonly OriginRoutes[]): Payloads {
  const attested = table.filter((_, i) => i % 2 === 0);
  const vrps = attested.flatMap(({ origin: asn, prefixes }) =>
    prefixes.map((prefix) => ({ prefix, maxLength: prefix.length, asn })),
  );
  const aspas = table
    .filter((_, i) => i % 20 === 0)
    .map(({ origin: customer }) => ({ customer, providers: [1] }));
  return { vrps, aspas, routerKeys: [], prefixLists: [], asras: [] };
}

/**
 * What the library takes from one session and judges, what `bgp listen` takes, judges and prints, and what BIRD takes of the same
 * UPDATEs in the same rounds.
 */
export async function measureIntake(say: (text: string) => void): Promise<object> {
  // BIRD takes no routes of 127.0.0.0/8.
  const table = fullTable(PREFIXES).map(({ origin, prefixes }) => ({
    origin,
    prefixes: prefixes.filter(({ afi, octets }) => afi === 2 || octets[0] !== 127),
  }));
  const size = table.reduce((sum, { prefixes }) => sum + prefixes.length, 0);
  const messages = [...updateStream(PEER_AS, table)];
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-bench-live-'));
  const rpki = join(folder, 'rpki.json');
  writeFileSync(rpki, writeRpkiClientJson(createPayloadSet(payloadsOf(table))));
  const stream = join(folder, 'stream.bgp');
  writeFileSync(stream, Buffer.concat(messages));
  const judged: number[] = [];
  const own: number[] = [];
  const others: number[] = [];
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      say(`intake ${round} of ${ROUNDS}`);
      judged.push(judgedACpuSecond([LOCAL_AS, PEER_AS], stream, rpki));
      own.push(await intake(listener(rpki), messages, size));
      if (findProgram('bird')) others.push(await intake(bird(size), messages, size));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    routes: size,
    updates: messages.length,
    judgedACpuSecond: spreadOf(judged),
    printedACpuSecond: spreadOf(own),
    ...(others.length > 0
      ? {
          birdACpuSecond: spreadOf(others),
          judgedAgainstBird: ratioOf(judged, others),
          printedAgainstBird: ratioOf(own, others),
        }
      : { absent: ['BIRD'] }),
  };
}
