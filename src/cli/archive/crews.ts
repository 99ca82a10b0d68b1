import { wordsOfAspas } from '../../node/aspa-words.js';
import { type AuditCrew, type CrewAudit, createAuditCrew } from '../../node/audit-crew.js';
import { ThreadEnded } from '../../node/audit-threads.js';

/** Threads that judge a file each; one that ends takes its file with it, and no other. */
export interface Crews {
  /** A thread that has nothing to do, once there is one. */
  take(): Promise<AuditCrew>;
  /** It has nothing to do any more; `error` is what came of its work. */
  give(crew: AuditCrew, error?: unknown): Promise<void>;
  close(): Promise<void>;
}

/** Crews of one thread each, which share the VRPs and pack what they judge. */
export function createCrews(options: CrewAudit, threads: number): Crews {
  const shared = 'rov' in options ? { vrps: options.rov.share(), aspas: wordsOfAspas(options.aspa) } : {};
  const create = (): AuditCrew => createAuditCrew(options, { size: 1, ...shared });
  const free: AuditCrew[] = [];
  const all = new Set<AuditCrew>();
  const waiting: ((crew: AuditCrew) => void)[] = [];
  let closed = false;
  return {
    take: async () => {
      const found = free.pop();
      if (found !== undefined) return found;
      if (all.size === threads) return new Promise((resolve) => waiting.push(resolve));
      const started = create(); // only now that there is work for it
      all.add(started);
      return started;
    },
    give: async (crew, error) => {
      if (closed) return;
      let next = crew;
      if (error instanceof ThreadEnded) {
        next = create();
        all.delete(crew);
        all.add(next);
        await crew.close();
      }
      const waits = waiting.shift();
      if (waits === undefined) free.push(next);
      else waits(next);
    },
    close: async () => {
      closed = true;
      await Promise.all([...all].map((crew) => crew.close()));
    },
  };
}
