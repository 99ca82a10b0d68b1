import type { Audit, AuditOptions, TimedAuditOptions } from '../audit/index.js';
import { DecodeError } from '../bytes/index.js';
import type { SharedVrps } from '../payload/index.js';
import {
  createMrtReader,
  createRibCutter,
  joinSummaries,
  plainSummary,
  type ReadFrom,
  type ReadSummary,
  type RouteReader,
} from '../routes/index.js';
import { judgePiece } from './audit-piece.js';
import { startAuditThreads } from './audit-threads.js';
import type { FileWork, JudgedByThread } from './audit-work.js';
import type { StoredTimeline } from './payload-timeline.js';

/** Octets of a piece of a RIB dump: some milliseconds of work. */
const PIECE = 1 << 19;
/** As readers have it that are told nothing else. */
const LONGEST_RECORD = 1 << 24;
/** Pieces that a thread has at the same time: the next are there when the first is done. */
const AHEAD = 3;

/** What a crew judges by: payloads of many times stand in files that each thread reads. */
export type CrewAudit = AuditOptions | (TimedAuditOptions & { readonly stored: StoredTimeline });

/** How many threads, and how large their heaps may become. */
export interface AuditCrewOptions {
  /** Threads beside the one that asks. */
  readonly size: number;
  /** MiB of objects a thread; what V8 takes when absent. Packed tables are not counted. */
  readonly heap?: number;
  /** The VRPs of the options, where another crew shares them already. */
  readonly vrps?: SharedVrps;
  /** The ASPAs of the options as `wordsOfAspas` has them, where files are wanted packed. */
  readonly aspas?: Uint32Array;
}

/** Threads that judge files, and pieces of them together with the thread that asks, against one table of VRPs that all share. */
export interface AuditCrew {
  /** Whether a thread has nothing to do. */
  readonly idle: boolean;
  /** Resolves when a thread has done something. */
  answer(): Promise<void>;
  /** Judges a file in a thread that has nothing else to do. */
  judgeFile(file: Omit<FileWork, 'kind'>): Promise<JudgedByThread>;
  /**
   * Judges a RIB dump: in pieces, by the threads, and here into `into` as long as all of these have enough to do.
   *
   * @param size octets of a piece, at least.
   */
  judgeRib(chunks: AsyncIterable<Uint8Array>, into: Audit, size?: number): Promise<ReadSummary>;
  /** Adds to `into` what the threads have gathered and not given away, and ends when all that was asked is done. */
  collect(into: Audit): Promise<void>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** Starts the threads; one that dies takes the others with it, and all that is asked is rejected by `ThreadEnded`. */
export function createAuditCrew(
  options: CrewAudit,
  { size, heap, vrps, aspas }: AuditCrewOptions,
): AuditCrew {
  const { maxInvalidOrigins, seed } = options;
  const payloads = 'timeline' in options ? options.stored : (vrps ?? options.rov.share());
  const setup = { payloads, aspas, maxInvalidOrigins, seed };
  const threads = startAuditThreads(setup, size, heap);
  const shareTable = tableSharer();

  /** A thread, once one has nothing to do. */
  async function idleThread() {
    for (;;) {
      const thread = threads.free(1);
      if (thread !== undefined) return thread;
      await threads.answer();
    }
  }

  return {
    get idle() {
      return threads.free(1) !== undefined;
    },
    answer: threads.answer,
    judgeFile: async (file) => threads.ask(await idleThread(), { kind: 'file', ...file }),
    judgeRib: async (chunks, into, piece = PIECE) => {
      const cutter = createRibCutter(piece, LONGEST_RECORD);
      const summaries: (ReadSummary | Promise<ReadSummary>)[] = [];
      let rest: RouteReader | undefined;
      let cause: DecodeError | undefined;
      const readRest = (): RouteReader => {
        const { octets, from } = cutter.rest();
        const reader = createMrtReader(into.add, {
          reuse: true,
          ...(seed === undefined ? {} : { seed }),
          from,
        });
        reader.push(octets);
        return reader;
      };
      try {
        for await (const chunk of chunks) {
          if (rest !== undefined) {
            rest.push(chunk);
            continue;
          }
          for (const { octets, from } of cutter.push(chunk)) {
            const thread = threads.free(AHEAD);
            if (thread === undefined) {
              summaries.push(judgePiece({ octets, from }, into, seed));
              await new Promise(setImmediate); // answers may have come
            } else {
              const work = { kind: 'piece', octets, from: shareTable(from) } as const;
              summaries.push(threads.ask(thread, work, [octets.buffer]));
            }
          }
          if (cutter.stopped) rest = readRest();
        }
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        cause = error;
      }
      rest ??= readRest();
      rest.end(cause);
      return joinSummaries([...(await Promise.all(summaries)), plainSummary(rest.summary)]);
    },
    collect: async (into) => {
      const parts = threads.all.map(async (thread) => {
        into.addPart(await threads.ask(thread, { kind: 'collect' }));
      });
      await Promise.all(parts);
    },
    close: threads.close,
  };
}

/** Puts the table that goes with many pieces into memory that threads share, once. */
function tableSharer(): (from: ReadFrom) => ReadFrom {
  let last: Uint8Array | undefined;
  let shared = new Uint8Array(0);
  return (from) => {
    const { peerIndexTable } = from;
    if (peerIndexTable === undefined) return from;
    if (peerIndexTable !== last) {
      last = peerIndexTable;
      shared = new Uint8Array(new SharedArrayBuffer(peerIndexTable.length)) as never;
      shared.set(peerIndexTable);
    }
    return { ...from, peerIndexTable: shared };
  };
}
