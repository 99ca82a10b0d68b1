import { setTimeout } from 'node:timers/promises';
import { loadJob, type StoredJob } from '../../node/archive/job.js';
import { namesOf } from '../../node/archive/names.js';
import { type Left, ServerFault } from '../../node/archive/server.js';
import { CliError } from '../shared/io.js';
import type { Worker } from './events.js';
import { type JobWork, openJobWork } from './job-work.js';
import { inJob } from './server-option.js';

/** Which jobs a worker does, and until when. */
export interface WorkPlan {
  /** This one alone. */
  readonly job?: string | undefined;
  /** It ends when no file waits or is held, by whomever. */
  readonly untilDone: boolean;
}

/** Milliseconds before a worker without work asks again. */
const IDLE = 1000;

/**
 * Does jobs, one at a time, until the worker is stopped. A job that it cannot do is told and left to others, where it is not the one it
 * was started for.
 *
 * @throws {CliError} where that one cannot be done; {ServerFault}.
 */
export async function work(worker: Worker, { job: only, untilDone }: WorkPlan): Promise<void> {
  const { server, stopped, tell } = worker;
  let open: { readonly name: string; readonly sha256: string; readonly work: JobWork } | undefined;
  /** Jobs that were refused, by their content: what is handed in again is looked at again. */
  const refused = new Map<string, string>();

  async function close(): Promise<void> {
    await open?.work.close();
    open = undefined;
  }

  /** Does what there is of a job; whether it could. */
  async function doJob(name: string, { job, sha256 }: StoredJob): Promise<boolean> {
    if (refused.get(name) === sha256) return false;
    if (open?.name !== name || open.sha256 !== sha256) {
      await close();
      try {
        open = { name, sha256, work: await inJob(name, () => openJobWork(namesOf(name), job, worker)) };
      } catch (error) {
        if (!(error instanceof CliError) || only !== undefined) throw error;
        refused.set(name, sha256);
        await tell({ type: 'refused', job: name, message: error.message });
        return false;
      }
    }
    await open.work.run();
    return true;
  }

  /** Does the jobs that have files; whether there was one. */
  async function doJobs(): Promise<boolean> {
    let any = false;
    for (const name of only === undefined ? await server.jobs() : [only]) {
      if (stopped.aborted) break;
      try {
        const { waiting, held }: Left = await server.left(namesOf(name));
        if (waiting + held === 0) continue;
        const stored = await inJob(name, () => loadJob(server, namesOf(name)));
        if (stored !== undefined && (await doJob(name, stored))) any = true;
      } catch (error) {
        // A job that was removed meanwhile is no fault.
        if (!(error instanceof ServerFault) || stopped.aborted || (await server.hasJob(namesOf(name))))
          throw error;
        if (only !== undefined) throw new CliError(`job ${name}: there is none on this server`);
      }
    }
    return any;
  }

  try {
    while (!stopped.aborted) {
      const any = await doJobs();
      if (any) continue;
      if (untilDone) break;
      await setTimeout(IDLE, undefined, { signal: stopped }).catch(() => {});
    }
  } finally {
    await close();
  }
}
