import { setTimeout } from 'node:timers/promises';
import type { Job } from '../../node/archive/job.js';
import type { JobNames } from '../../node/archive/names.js';
import type { Delivery } from '../../node/archive/server.js';
import type { AuditCrew } from '../../node/audit-crew.js';
import { type AttemptContext, judgeTaken, leave, takeFile } from './attempt.js';
import { createCrews } from './crews.js';
import type { Worker } from './events.js';
import { openJobAudit } from './job-payloads.js';

/** A job that a worker has read the payloads of. */
export interface JobWork {
  /** Works until no file waits, or the worker is stopped. @throws {ServerFault} */
  run(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds that a free thread waits for a file. */
const WAIT = 1000;
/** Signs of life in the time that the server is patient. */
const SIGNS = 3;

/** Reads the payloads of a job. Throws as `openJobAudit`. */
export async function openJobWork(names: JobNames, job: Job, worker: Worker): Promise<JobWork> {
  const { server, io, stopped, threads } = worker;
  const audit = await openJobAudit(job, io);
  const crews = createCrews(audit.all, threads);
  const context: AttemptContext = { ...worker, names, job, audit, crews };
  const held = new Set<Delivery>();
  const signs = setInterval(
    () => {
      for (const delivery of held) delivery.working();
    },
    (1000 * job.patience) / SIGNS,
  );
  const aborted = new Promise<undefined>((resolve) => {
    stopped.addEventListener('abort', () => resolve(undefined), { once: true });
  });

  async function attempt(delivery: Delivery, crew: AuditCrew): Promise<void> {
    const taken = await takeFile(context, delivery);
    if (taken === undefined) return crews.give(crew);
    const judged = judgeTaken(context, taken, delivery, crew);
    judged.catch(() => {}); // of a worker that is stopped nobody waits for it
    const rest = await Promise.race([judged, aborted]);
    await (rest === undefined ? leave(context, taken, delivery) : rest());
  }

  return {
    run: async () => {
      const attempts = new Set<Promise<void>>();
      let fault: unknown;
      /** Files that wait, as far as is known. */
      let waiting = 1;
      const begin = (delivery: Delivery, crew: AuditCrew): void => {
        held.add(delivery);
        const one = attempt(delivery, crew)
          .catch((error: unknown) => {
            fault ??= error;
          })
          .finally(() => {
            held.delete(delivery);
            attempts.delete(one);
          });
        attempts.add(one);
      };
      try {
        while (fault === undefined && !stopped.aborted) {
          // As many results as threads may be on their way to the server, so that memory stays bounded.
          if (attempts.size >= 2 * threads) await Promise.race(attempts);
          if (waiting === 0) {
            // A server without files takes its time to say so: what is under way ends meanwhile.
            if (attempts.size > 0)
              await Promise.race([...attempts, setTimeout(WAIT, undefined, { ref: false })]);
            ({ waiting } = await server.left(names));
            if (waiting === 0 && attempts.size === 0) break;
            continue;
          }
          const crew = await Promise.race([crews.take(), aborted]);
          if (crew === undefined) break;
          const delivery = await server.next(names, WAIT);
          waiting = delivery?.behind ?? 0;
          if (delivery !== undefined) begin(delivery, crew);
          else await crews.give(crew);
        }
      } catch (error) {
        fault ??= error;
      }
      await Promise.all(attempts);
      if (fault !== undefined && !stopped.aborted) throw fault;
    },
    close: async () => {
      clearInterval(signs);
      await crews.close();
      await audit.close();
    },
  };
}
