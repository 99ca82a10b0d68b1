import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { proposal } from '../../bytes/index.js';
import { runCurves } from '../../node/simulate-curves.js';
import {
  type AdoptionOrder,
  type AttackName,
  type CurveSettings,
  curveCsv,
  curveRows,
  type Mechanism,
  ORDERS,
  readAttack,
  readMechanism,
} from '../../simulate/index.js';
import type { Context } from '../shared/command.js';
import { CliError, EXIT } from '../shared/io.js';
import { checked } from '../shared/parse-options.js';
import { createCountProgress } from '../shared/progress.js';
import { untilStopped } from '../shared/until.js';
import { ended, writeJson, writePieces } from '../shared/write-pieces.js';
import { preparePictures, writePictures } from './curve-pictures.js';
import { curvesText } from './curves-text.js';
import { loadTopology } from './topology-file.js';

interface CurvesOptions {
  readonly attack: readonly AttackName[];
  readonly mechanism: readonly Mechanism[];
  readonly adopt: readonly number[];
  readonly trials: number;
  readonly seed: number;
  readonly order: AdoptionOrder;
  readonly stale: number;
  readonly publish?: number;
  readonly verify?: number;
  readonly jobs?: number;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly svg?: string;
}

/** Below so many trials a thread costs more than it brings. */
const TRIALS_OF_A_THREAD = 16;

/** `pathsec simulate curves`: what mechanisms are worth, by how many adopt them. */
export function define(command: Command, { io, exit }: Context): void {
  command
    .argument('<topology>', 'AS relationships of CAIDA (serial 1 or 2) or JSON; - is stdin')
    .requiredOption(
      '--attack <list>',
      'attacks: exact, subprefix, squat, superprefix, forged, path:N, replay, shortest, stripped, leak1 to leak6',
      listOf(readAttack),
    )
    .requiredOption(
      '--mechanism <list>',
      'mechanisms: none, or policies joined by + (rov+aspa)',
      listOf(readMechanism),
    )
    .addOption(
      new Option('--adopt <list>', 'per cent of ASes that adopt')
        .argParser(parseShares)
        .default([0, 10, 20, 50, 80, 100], '0,10,20,50,80,100'),
    )
    .option('--trials <number>', 'attackers and victims that are drawn', parseTrials, 100)
    .option('--seed <number>', 'equal seeds draw the same', parseSeed, 1)
    .option('--order <order>', `who adopts first: ${ORDERS.join(', ')}`, parseOrder, 'uniform')
    .option(
      '--stale <percent>',
      'of the adopters, who validates origins by a table without the ROA',
      parseShare,
      0,
    )
    .option('--publish <percent>', 'so many ASes publish at every share; --adopt is who verifies', parseShare)
    .option('--verify <percent>', 'so many ASes verify at every share; --adopt is who publishes', parseShare)
    .option(
      '--jobs <number>',
      'threads; the result is the same (default: as many as there are cores)',
      parseJobs,
    )
    .option('-j, --json', 'all rows as one JSON object')
    .option('--csv', 'all rows as CSV')
    .option('--svg <folder>', 'write a picture of each attack there, too')
    .action(async (file: string, options: CurvesOptions) => {
      if (options.json && options.csv) throw new CliError('--json or --csv, not both');
      if (options.publish !== undefined && options.verify !== undefined) {
        throw new CliError('--publish or --verify, not both: --adopt is who does the other');
      }
      const { adopt, attack: attacks, mechanism: mechanisms, order, seed, stale, trials } = options;
      const fixed = {
        ...(options.publish === undefined ? {} : { publish: options.publish }),
        ...(options.verify === undefined ? {} : { verify: options.verify }),
      };
      const settings: CurveSettings = { attacks, mechanisms, adopt, order, seed, stale, ...fixed };
      const { topology, clique, sha256 } = await loadTopology(file, io);
      if (options.svg !== undefined) preparePictures(options.svg);
      const jobs = options.jobs ?? Math.min(availableParallelism(), Math.ceil(trials / TRIALS_OF_A_THREAD));
      const progress = await createCountProgress(io, 'trials', trials);
      const stopping = new AbortController();
      const interrupt = untilStopped();
      void interrupt.done.then(() => stopping.abort());
      let counts: Int32Array[];
      try {
        const onTrial = (done: number): void => progress?.update(done);
        counts = await runCurves(topology, clique, settings, {
          trials,
          jobs,
          signal: stopping.signal,
          onTrial,
        });
      } catch (error) {
        if (error instanceof RangeError) throw new CliError(error.message);
        throw error;
      } finally {
        progress?.stop();
        interrupt.stop();
      }
      if (counts.length < trials) {
        exit(EXIT.unknown);
        await io.stderr.write(`interrupted: ${counts.length} of ${trials} trials are done and counted\n`);
      }
      const about = {
        topology: {
          ases: topology.asns.length,
          links: topology.customers.targets.length + topology.peers.targets.length / 2,
          clique: clique.length,
          sha256,
        },
        settings: {
          attacks,
          mechanisms: mechanisms.map(({ name }) => name),
          adopt,
          order,
          seed,
          stale,
          ...fixed,
          trials,
        },
        trials: counts.length,
      };
      const rows = [...curveRows(settings, counts)];
      if (options.svg !== undefined) await writePictures(options.svg, rows);
      if (options.json) await writeJson(io.stdout, { ...about, rows });
      else if (options.csv) await writePieces(io.stdout, ended(curveCsv(rows)));
      else await writePieces(io.stdout, ended(curvesText(about, rows)));
    });
}

/** Names with commas between them; the option may be repeated. */
function listOf<T>(read: (text: string) => T): (text: string, before?: readonly T[]) => readonly T[] {
  return (text, before = []) => checked(() => [...before, ...text.split(',').map(read)]);
}

function parseShares(text: string): readonly number[] {
  const shares = text.split(',').map(parseShare);
  if (shares.some((share, i) => i > 0 && share <= (shares[i - 1] as number))) {
    throw new InvalidArgumentError('Shares in ascending order, such as 0,10,50,100.');
  }
  return shares;
}

function parseShare(text: string): number {
  if (!/^(?:[0-9]{1,2}(?:\.[0-9]{1,3})?|100)$/.test(text))
    throw new InvalidArgumentError('Per cent, 0 to 100.');
  return Number(text);
}

const parseTrials = (text: string): number => parseWhole(text, 1, 1_000_000);
const parseJobs = (text: string): number => parseWhole(text, 1, 256);
const parseSeed = (text: string): number => parseWhole(text, 0, 2 ** 32 - 1);

function parseWhole(text: string, least: number, most: number): number {
  const value = /^[0-9]{1,10}$/.test(text) ? Number(text) : -1;
  if (value >= least && value <= most) return value;
  throw new InvalidArgumentError(`A whole number, ${least} to ${most}.`);
}

function parseOrder(text: string): AdoptionOrder {
  const order = ORDERS.find((one) => one === text);
  if (order !== undefined) return order;
  throw new InvalidArgumentError(`One of ${ORDERS.join(', ')}${proposal(text, ORDERS) || '.'}`);
}
