import { type ResourceLimits, type TransferListItem, Worker } from 'node:worker_threads';

/** Threads of one program that answer questions, some of them together. */
export interface Crew<Q, A> {
  /** Questions under way that keep all threads busy. */
  readonly inFlight: number;
  ask(question: Q): Promise<A>;
  /** Ends the threads; what is under way is rejected. */
  close(): Promise<void>;
}

/** What {@link createCrew} needs to know. */
export interface CrewOptions<Q, C> {
  /** The file of the program in this folder, without its ending. It answers each chunk by a list, an answer a question. */
  readonly module: string;
  readonly size: number;
  /** What every thread is told when it starts. */
  readonly data: unknown;
  /** Questions that go to a thread together, at most. */
  readonly chunk: number;
  pack(questions: readonly Q[]): { readonly chunk: C; readonly transfer: readonly TransferListItem[] };
}

/** Chunks that a thread has at the same time: the second is there when the first is done. */
const AHEAD = 2;

interface Task<Q, A> {
  readonly question: Q;
  resolve(answer: A): void;
  reject(error: unknown): void;
}

interface Member<Q, A> {
  readonly thread: Worker;
  /** Chunks that were handed over and are not answered, the oldest first. */
  readonly open: (readonly Task<Q, A>[])[];
}

/** Starts the threads. One that dies takes the others with it. */
export function createCrew<Q, C, A>(options: CrewOptions<Q, C>): Crew<Q, A> {
  const { size, data, chunk, pack } = options;
  const queue: Task<Q, A>[] = [];
  let planned = false;
  let ended: Error | undefined;
  const members = Array.from({ length: size }, (): Member<Q, A> => {
    const member: Member<Q, A> = { thread: startThread(options.module, data), open: [] };
    member.thread.on('message', (answers: readonly A[]) => {
      const tasks = member.open.shift() ?? [];
      for (const [i, task] of tasks.entries()) task.resolve(answers[i] as A);
      plan();
    });
    member.thread.on('error', fail);
    member.thread.on('exit', (code) => fail(new Error(`a thread ended with exit code ${code}`)));
    return member;
  });

  /** Questions that are asked in the same turn go together. */
  function plan(): void {
    if (planned || queue.length === 0) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      handOver();
    });
  }

  function handOver(): void {
    for (let load = 0; load < AHEAD; load++) {
      for (const member of members) {
        if (member.open.length > load || queue.length === 0) continue;
        // A short queue is shared out, so that no thread waits for another.
        give(member, queue.splice(0, Math.min(chunk, Math.ceil(queue.length / size))));
      }
    }
  }

  /** What cannot be handed over is rejected, and nothing beside it. */
  function give(member: Member<Q, A>, tasks: readonly Task<Q, A>[]): void {
    try {
      const packed = pack(tasks.map(({ question }) => question));
      member.thread.postMessage(packed.chunk, packed.transfer);
      member.open.push(tasks);
    } catch (error) {
      if (tasks.length > 1) for (const task of tasks) give(member, [task]);
      else tasks[0]?.reject(error);
    }
  }

  function fail(error: Error): void {
    if (ended !== undefined) return;
    ended = error;
    for (const task of [...members.flatMap(({ open }) => open.flat()), ...queue.splice(0)]) {
      task.reject(error);
    }
    for (const { thread } of members) void thread.terminate();
  }

  return {
    inFlight: size * AHEAD * chunk,
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended);
          return;
        }
        queue.push({ question, resolve, reject });
        plan();
      }),
    close: async () => {
      fail(new Error('the threads were closed'));
      await Promise.all(members.map(({ thread }) => thread.terminate()));
    },
  };
}

/**
 * A thread of the program `module`, which stands in the folder of this room, and beside the command that was bundled: a hundred
 * modules take a thread longer to load than some work does.
 */
export function startThread(
  module: string,
  workerData: unknown,
  limits: { readonly resourceLimits?: ResourceLimits } = {},
): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    const program = new URL(`./${module}.js`, import.meta.url);
    return new Worker(program, { workerData, execArgv: [], ...limits });
  }
  // Run from sources, as tests and benchmarks are.
  const program = new URL('../../scripts/source-thread.mjs', import.meta.url);
  return new Worker(program, { workerData, execArgv: [], argv: [module], ...limits });
}
