/**
 * The simulator at the size of the Internet: CPU time of a trial, two threads against two processes, memory.
 *   npx tsx --expose-gc bench/simulate.ts [--json]
 */
import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runCurves } from 'pathsec/node';
import {
  type CurveSettings,
  createCurveStudy,
  generateTopology,
  readAttack,
  readMechanism,
} from 'pathsec/simulate';
import { spreadOf } from './lib/spread.js';

const SIZE = { ases: 75_000, links: 500_000, seed: 1 };
const ROUNDS = 7;
const TRIALS = 30;
/** Of the comparison of threads with processes: those before the clock starts, and all. */
const [WARM, TIMED] = [20, 220];
const AIMED = [
  { attack: 'exact', mechanism: 'rov', most: 10 },
  { attack: 'forged', mechanism: 'aspa', most: 12 },
  { attack: 'leak1', mechanism: 'aspa', most: 20 },
];
const OTHERS = [
  { attack: 'exact', mechanism: 'none' },
  { attack: 'exact', mechanism: 'bgpsec2' },
  { attack: 'subprefix', mechanism: 'rovpp1' },
  { attack: 'leak1', mechanism: 'otc' },
];

const settingsOf = (attack: string, mechanism: string): CurveSettings => ({
  attacks: [readAttack(attack)],
  mechanisms: [readMechanism(mechanism)],
  adopt: [50],
  order: 'uniform',
  seed: 1,
});

const cpuMs = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** Trials a second of one run, from the {@link WARM}-th on. */
async function rateOf(jobs: number): Promise<number> {
  const { topology, clique } = generateTopology(SIZE);
  let start = 0;
  const onTrial = (done: number): void => {
    if (done === WARM) start = performance.now();
  };
  await runCurves(topology, clique, settingsOf('exact', 'rov'), { trials: TIMED, jobs, onTrial });
  return (1000 * (TIMED - WARM)) / (performance.now() - start);
}

function childRate(jobs: number): Promise<number> {
  const file = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, ['--import', 'tsx', file, '--rate', String(jobs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(Number(text)));
  });
}

const [, rate] = process.argv.slice(process.argv.indexOf('--rate'));
if (process.argv.includes('--rate')) console.log(await rateOf(Number(rate)));
else await measure();

async function measure(): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage().arrayBuffers;
  const { topology, clique } = generateTopology(SIZE);
  const studies = [...AIMED, ...OTHERS].map((one) => ({
    ...one,
    study: createCurveStudy(topology, clique, settingsOf(one.attack, one.mechanism)),
  }));
  for (const { study } of studies) for (let trial = 0; trial < 10; trial++) study.run(trial);
  globalThis.gc?.();
  const buffers = process.memoryUsage().arrayBuffers - before;
  const rounds = studies.map((): number[] => []);
  const bound: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, { study }] of studies.entries()) {
      const first = 10 + round * TRIALS;
      rounds[i]?.push(
        cpuMs(() => {
          for (let trial = first; trial < first + TRIALS; trial++) study.run(trial);
        }) / TRIALS,
      );
    }
    bound.push(
      cpuMs(() => {
        for (let i = 0; i < TRIALS; i++) touchAll();
      }) / TRIALS,
    );
    process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
  }
  /** Every link once from each end, and a number of the AS at its other end: what no program can do without. */
  function touchAll(): number {
    const state = new Uint8Array(topology.asns.length).fill(1);
    let sum = 0;
    for (const { targets } of [topology.providers, topology.customers, topology.peers]) {
      for (let i = 0; i < targets.length; i++) sum += state[targets[i] as number] as number;
    }
    return sum;
  }
  const scaling: number[] = [];
  for (let round = 0; round < 3; round++) {
    const threads = await childRate(2);
    const [one, other] = await Promise.all([childRate(1), childRate(1)]);
    scaling.push(threads / (one + other));
    process.stderr.write(`threads, round ${round + 1} of 3\n`);
  }
  // One study has the topology and room for one trial; seven of them share the topology here.
  const shared = topologyOctets();
  function topologyOctets(): number {
    const { asns, customers, peers, providers } = topology;
    return [customers, peers, providers].reduce(
      (sum, { offsets, targets }) => sum + offsets.byteLength + targets.byteLength,
      asns.byteLength,
    );
  }
  const study = shared + (buffers - shared) / studies.length;
  const result = {
    benchmark: 'simulate',
    cpu: cpus()[0]?.model,
    node: process.version,
    ...SIZE,
    trials: studies.map(({ attack, mechanism, ...rest }, i) => ({
      what: `${attack} against ${mechanism} at 50 %`,
      cpuMilliseconds: spreadOf(rounds[i] ?? []),
      ...('most' in rest && { most: rest.most }),
    })),
    everyLinkOnceMilliseconds: spreadOf(bound),
    twoThreadsAgainstTwoProcesses: spreadOf(scaling),
    typedArraysMegabytes: Number((study / 1e6).toFixed(1)),
    rssMegabytes: Math.round(process.memoryUsage().rss / 1e6),
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify(result));
  else
    for (const [name, value] of Object.entries(result))
      console.log(`${name.padEnd(32)} ${JSON.stringify(value)}`);
}
