import type { TransferListItem, Worker } from 'node:worker_threads';
import type { AuditAnswers, AuditSetup, AuditWork } from './audit-work.js';
import { startThread } from './crew.js';

/** A thread has ended before its work: memory ran out, or there is a fault in the program. */
export class ThreadEnded extends Error {}

/** A thread of {@link AuditThreads}. */
export interface AuditThread {
  readonly worker: Worker;
  /** What was asked and is not answered, the oldest first. */
  readonly open: Asked[];
}

interface Asked {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** Threads that are asked and answer in their order. */
export interface AuditThreads {
  readonly all: readonly AuditThread[];
  /** The thread with the least work, where that is less than `most`. */
  free(most: number): AuditThread | undefined;
  /** Resolves at the next answer of any thread. */
  answer(): Promise<void>;
  ask<W extends AuditWork>(
    thread: AuditThread,
    work: W,
    transfer?: readonly TransferListItem[],
  ): Promise<AuditAnswers[W['kind']]>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/**
 * Starts `size` threads; one that dies takes the others with it, and all that is asked is rejected by {@link ThreadEnded}.
 *
 * @param heap MiB of objects a thread; what V8 takes when absent. Packed tables are not counted.
 */
export function startAuditThreads(setup: AuditSetup, size: number, heap: number | undefined): AuditThreads {
  const limits = heap === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heap } };
  const waiting: Asked[] = [];
  let ended: Error | undefined;

  const all = Array.from({ length: size }, (): AuditThread => {
    const thread: AuditThread = { worker: startThread('audit-worker', setup, limits), open: [] };
    thread.worker.on('message', (answer: unknown) => {
      thread.open.shift()?.resolve(answer);
      for (const one of waiting.splice(0)) one.resolve(undefined); // each looks again
    });
    thread.worker.on('error', (error) => fail(new ThreadEnded(`a thread ended: ${error.message}`)));
    thread.worker.on('exit', (code) => fail(new ThreadEnded(`a thread ended with exit code ${code}`)));
    return thread;
  });

  function fail(error: Error): void {
    if (ended !== undefined) return;
    ended = error;
    for (const { open, worker } of all) {
      for (const one of open.splice(0)) one.reject(error);
      void worker.terminate();
    }
    for (const one of waiting.splice(0)) one.reject(error);
  }

  return {
    all,
    free: (most) => {
      if (ended !== undefined) throw ended;
      const thread = all.reduce((a, b) => (b.open.length < a.open.length ? b : a));
      return thread.open.length < most ? thread : undefined;
    },
    answer: () =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) throw ended;
        waiting.push({ resolve: () => resolve(), reject });
      }),
    ask: <W extends AuditWork>(thread: AuditThread, work: W, transfer: readonly TransferListItem[] = []) => {
      const answer = new Promise<AuditAnswers[W['kind']]>((resolve, reject) => {
        if (ended !== undefined) throw ended;
        thread.worker.postMessage(work, transfer);
        thread.open.push({ resolve: (value) => resolve(value as AuditAnswers[W['kind']]), reject });
      });
      answer.catch(() => {}); // who asked looks later
      return answer;
    },
    close: async () => {
      fail(new ThreadEnded('the threads were closed'));
      await Promise.all(all.map(({ worker }) => worker.terminate()));
    },
  };
}
