import { constants } from 'node:os';
import type { CaseResult } from '../../conformance/index.js';
import { plural } from '../shared/text-table.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What was done while signals were watched. */
export interface Watched<T> {
  readonly done: T;
  /** The name of the signal that came; undefined where none did. */
  readonly interrupted: string | undefined;
}

/**
 * Watches signals for as long as `work` takes, however it ends. The first signal ends what is under test and shows what is known. A
 * second one ends this program at once, with the exit code that it has of a signal, and what it started with it: programs in
 * groups of their own would outlive it otherwise.
 */
export async function watchingSignals<T>(work: (signal: AbortSignal) => Promise<T>): Promise<Watched<T>> {
  const stop = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (stop.signal.aborted) process.exit(128 + constants.signals[name]);
    stop.abort(name);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  try {
    const done = await work(stop.signal);
    return { done, interrupted: stop.signal.aborted ? String(stop.signal.reason) : undefined };
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal);
  }
}

/** What an interrupted run says of itself. */
export function interruptedNote(name: string, results: readonly CaseResult[]): string {
  const asked = results.filter(({ verdict }) => verdict !== 'not-asked' && verdict !== 'not-playable').length;
  return `interrupted by ${name} after ${plural(asked, 'case')} of ${results.length}`;
}
