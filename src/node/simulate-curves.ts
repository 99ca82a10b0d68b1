import { setImmediate } from 'node:timers/promises';
import type { Asn } from '../inet/index.js';
import { type CurveSettings, createCurveStudy, type Neighbors, type Topology } from '../simulate/index.js';
import { createCrew } from './crew.js';

/** How {@link runCurves} runs. */
export interface CurveRun {
  /** Trials 0 to before this number. */
  readonly trials: number;
  /** Threads, 1 to 256; with 1 the caller's own. The result is the same. */
  readonly jobs: number;
  /** Ends the run: the trials that are done up to the first that is not are kept. */
  readonly signal?: AbortSignal;
  /** Called after each trial with the number of those done. */
  readonly onTrial?: (done: number) => void;
}

/** What a thread of {@link runCurves} is told. */
export interface CurveWork {
  readonly topology: Topology;
  readonly clique: readonly Asn[];
  readonly settings: CurveSettings;
}

/** What a thread finds of a trial: its counts, or why it has none. */
export type CurveFound = Int32Array | { readonly misuse: string };

/**
 * Runs trials of a study over threads that share the topology: what `createCurveStudy` of `pathsec/simulate` gives of trial
 * after trial, whatever the number of threads.
 *
 * @returns the counts of the trials from 0 on, for `curveRows`.
 * @throws {RangeError} as `createCurveStudy` and its `run`; for `trials` outside 1..1,000,000 and `jobs` outside 1..256.
 */
export async function runCurves(
  topology: Topology,
  clique: readonly Asn[],
  settings: CurveSettings,
  { trials, jobs, signal, onTrial }: CurveRun,
): Promise<Int32Array[]> {
  checkNumber('trials', trials, 1_000_000);
  checkNumber('jobs', jobs, 256);
  const study = createCurveStudy(topology, clique, settings);
  const counts: (Int32Array | undefined)[] = [];
  let done = 0;
  const keep = (trial: number, found: Int32Array): void => {
    counts[trial] = found;
    onTrial?.(++done);
  };
  if (jobs === 1) {
    for (let trial = 0; trial < trials && !signal?.aborted; trial++) {
      keep(trial, study.run(trial));
      // Signals are to be heard.
      await setImmediate();
    }
    return wholeOf(counts);
  }
  const data: CurveWork = { topology: shared(topology), clique, settings };
  const crew = createCrew<number, readonly number[], CurveFound>({
    module: 'simulate-worker',
    size: jobs,
    data,
    chunk: 1,
    pack: (chunk) => ({ chunk, transfer: [] }),
  });
  const stop = (): void => void crew.close();
  signal?.addEventListener('abort', stop);
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < trials && !signal?.aborted) {
      const trial = next++;
      const found = await crew.ask(trial).catch((error: unknown) => {
        if (signal?.aborted) return undefined;
        throw error;
      });
      if (found === undefined) return;
      if ('misuse' in found) throw new RangeError(found.misuse);
      keep(trial, found);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(crew.inFlight, trials) }, run));
  } finally {
    signal?.removeEventListener('abort', stop);
    await crew.close();
  }
  return wholeOf(counts);
}

/** The trials before the first that is missing. */
function wholeOf(counts: readonly (Int32Array | undefined)[]): Int32Array[] {
  const found: Int32Array[] = [];
  for (const one of counts) {
    if (one === undefined) break;
    found.push(one);
  }
  return found;
}

/** The same topology in memory that threads share. */
function shared({ asns, customers, peers, providers }: Topology): Topology {
  const neighbors = ({ offsets, targets }: Neighbors): Neighbors => ({
    offsets: sharedInts(offsets),
    targets: sharedInts(targets),
  });
  const copy = new Uint32Array(new SharedArrayBuffer(asns.byteLength));
  copy.set(asns);
  return {
    asns: copy,
    customers: neighbors(customers),
    peers: neighbors(peers),
    providers: neighbors(providers),
  };
}

function sharedInts(list: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(list.byteLength));
  copy.set(list);
  return copy;
}

function checkNumber(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new RangeError(`${name}: ${value} is not a whole number in 1..${most}`);
}
