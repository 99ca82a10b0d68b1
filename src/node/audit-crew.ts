import type { TransferListItem, Worker } from 'node:worker_threads';
import { type AuditOptions, type AuditPart, createAudit } from '../audit/index.js';
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
import type { AuditAnswers, AuditSetup, AuditWork, JudgedByThread } from './audit-work.js';
import { startThread } from './crew.js';

/** Octets of a piece of a RIB dump: some milliseconds of work. */
const PIECE = 1 << 19;
/** As readers have it that are told nothing else. */
const LONGEST_RECORD = 1 << 24;
/** Pieces that a thread has at the same time: the second is there when the first is done. */
const AHEAD = 2;

/** A thread has ended before its work: memory ran out, or there is a fault in the program. */
export class ThreadEnded extends Error {}

/** How many threads, and how large their heaps may become. */
export interface AuditCrewOptions {
  readonly size: number;
  /** MiB of objects a thread; what V8 takes when absent. Packed tables are not counted. */
  readonly heap?: number;
  /** The VRPs of the options, where another crew shares them already. */
  readonly vrps?: SharedVrps;
}

/** What came of a RIB dump. */
export interface JudgedRib {
  readonly summary: ReadSummary;
  /** In no order; added to one audit they make what the dump makes. */
  readonly parts: readonly AuditPart[];
}

/** Threads that judge files, against one table of VRPs that they share. */
export interface AuditCrew {
  /** What an audit gathers of a file, in a thread that has nothing else to do. */
  judgeFile(path: string, hashed: boolean): Promise<JudgedByThread>;
  /**
   * What an audit gathers of a RIB dump, of which each thread judges pieces.
   *
   * @param size octets of a piece, at least.
   */
  judgeRib(chunks: AsyncIterable<Uint8Array>, size?: number): Promise<JudgedRib>;
  /** Ends the threads. */
  close(): Promise<void>;
}

interface Member {
  readonly thread: Worker;
  /** What was asked and is not answered, the oldest first. */
  readonly open: Asked[];
}

interface Asked {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** Starts the threads; one that dies takes the others with it, and all that is asked is rejected by {@link ThreadEnded}. */
export function createAuditCrew(options: AuditOptions, { size, heap, vrps }: AuditCrewOptions): AuditCrew {
  const { maxInvalidOrigins, seed } = options;
  const setup: AuditSetup = { vrps: vrps ?? options.rov.share(), maxInvalidOrigins, seed };
  const limits = heap === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heap } };
  const waiting: Asked[] = [];
  let ended: Error | undefined;

  const members = Array.from({ length: size }, (): Member => {
    const member: Member = { thread: startThread('audit-worker', setup, limits), open: [] };
    member.thread.on('message', (answer: unknown) => {
      member.open.shift()?.resolve(answer);
      for (const one of waiting.splice(0)) one.resolve(undefined); // each looks again
    });
    member.thread.on('error', (error) => fail(new ThreadEnded(`a thread ended: ${error.message}`)));
    member.thread.on('exit', (code) => fail(new ThreadEnded(`a thread ended with exit code ${code}`)));
    return member;
  });

  function fail(error: Error): void {
    if (ended !== undefined) return;
    ended = error;
    for (const { open, thread } of members) {
      for (const one of open.splice(0)) one.reject(error);
      void thread.terminate();
    }
    for (const one of waiting.splice(0)) one.reject(error);
  }

  /** The thread with the least work, once one has less than `most`. */
  async function free(most: number): Promise<Member> {
    for (;;) {
      if (ended !== undefined) throw ended;
      const member = members.reduce((a, b) => (b.open.length < a.open.length ? b : a));
      if (member.open.length < most) return member;
      await new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    }
  }

  function ask<W extends AuditWork>(
    member: Member,
    work: W,
    transfer: readonly TransferListItem[] = [],
  ): Promise<AuditAnswers[W['kind']]> {
    const answer = new Promise<AuditAnswers[W['kind']]>((resolve, reject) => {
      if (ended !== undefined) throw ended;
      member.thread.postMessage(work, transfer);
      member.open.push({ resolve: (value) => resolve(value as AuditAnswers[W['kind']]), reject });
    });
    answer.catch(() => {}); // who asked looks later
    return answer;
  }

  const shareTable = tableSharer();
  return {
    judgeFile: async (path, hashed) => ask(await free(1), { kind: 'file', path, hashed }),
    judgeRib: async (chunks, piece = PIECE) => {
      const cutter = createRibCutter(piece, LONGEST_RECORD);
      const summaries: Promise<ReadSummary>[] = [];
      const behind = createAudit(options);
      let rest: RouteReader | undefined;
      let cause: DecodeError | undefined;
      const readRest = (): RouteReader => {
        const { octets, from } = cutter.rest();
        const reader = createMrtReader(behind.add, {
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
            const work = { kind: 'piece', octets, from: shareTable(from) } as const;
            summaries.push(ask(await free(AHEAD), work, [octets.buffer]));
          }
          if (cutter.stopped) rest = readRest();
        }
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        cause = error;
      }
      rest ??= readRest();
      rest.end(cause);
      const all = [...(await Promise.all(summaries)), plainSummary(rest.summary)];
      const parts = await Promise.all(members.map((member) => ask(member, { kind: 'collect' })));
      return { summary: joinSummaries(all), parts: [...parts, behind.part()] };
    },
    close: async () => {
      fail(new ThreadEnded('the threads were closed'));
      await Promise.all(members.map(({ thread }) => thread.terminate()));
    },
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
