import {
  type BgpsecSession,
  type BgpsecVerdict,
  MAX_KEYS_PER_SIGNATURE,
  type ReceivedMessage,
  type RouterKeys,
  type UpdateAnswer,
} from '../bgpsec/index.js';
import { proposal } from '../bytes/index.js';
import { requireObject, sayValue } from '../inet/index.js';
import { type Chunk, errorOf, type Found, type Job, packChunk, packKeys } from './bgpsec-work.js';
import { type Crew, createCrew } from './crew.js';

/** How {@link createBgpsecPool} verifies. */
export interface BgpsecPoolOptions {
  /** Threads, 1 to 256. As many as there are cores is as fast as it gets. */
  readonly workers: number;
  /** OpenSSL, or portable code. Default `native`. */
  readonly engine?: 'native' | 'noble';
  /** As in a `Verifier`. */
  readonly maxKeys?: number;
  /** Of the threads' tables of keys, as in `createRouterKeys`. */
  readonly seed?: number;
}

/** A message of octets, and the session on which it arrived. */
export interface OctetsItem {
  readonly message: Uint8Array;
  readonly session: BgpsecSession;
}

/** Threads that verify BGPsec UPDATEs, each with a table of its own of the same router keys. */
export interface BgpsecPool {
  readonly workers: number;
  /** How many questions keep all threads busy when they are under way at once; more only wait in memory. */
  readonly inFlight: number;
  /** The verdicts of many UPDATEs in their order, as `verdictsOfUpdates` of `pathsec/bgpsec` gives them. */
  verdicts(items: readonly OctetsItem[]): Promise<readonly (BgpsecVerdict | 'session-reset')[]>;
  /** The answer to one question, as `answerUpdate` of `pathsec/bgpsec` gives it. Rejects with what that throws. */
  answer(received: ReceivedMessage, explain?: boolean): Promise<UpdateAnswer>;
  /** Ends the threads; what is under way is rejected. */
  close(): Promise<void>;
}

type Answered = Extract<Found, string | { readonly answer: UpdateAnswer }>;

const OPTIONS = [
  'workers',
  'engine',
  'maxKeys',
  'seed',
] as const satisfies readonly (keyof BgpsecPoolOptions)[];

/** Messages in a chunk: some ten milliseconds of work, so that a calling thread that is late lets nobody wait. */
const CHUNK = 64;

/**
 * Threads that verify with the keys that the table holds now. Close the pool when it is no longer needed: it keeps the
 * program running. A thread that dies fails everything that is under way and everything asked later.
 *
 * @throws {RangeError} for `workers` outside 1..256 or an engine of another name; {@link TypeError} for what is no table of
 * keys, and for an option of another name.
 */
export function createBgpsecPool(keys: RouterKeys, options: BgpsecPoolOptions): BgpsecPool {
  requireObject(options, 'the options', '{workers, engine, maxKeys, seed}');
  requireKnownOptions(options, OPTIONS);
  const { workers, engine = 'native', maxKeys = MAX_KEYS_PER_SIGNATURE, seed } = options;
  if (!Number.isInteger(workers) || workers < 1 || workers > 256) {
    throw new RangeError(`workers: ${sayValue(workers)} is not a whole number in 1..256`);
  }
  if (engine !== 'native' && engine !== 'noble') {
    throw new RangeError(`engine: ${sayValue(engine)} is none of native, noble`);
  }
  if (!(maxKeys >= 1)) throw new RangeError(`maxKeys ${sayValue(maxKeys)} is not at least 1`);
  if (typeof keys?.entries !== 'function') {
    throw new TypeError(`the keys are ${sayValue(keys)}, not what createRouterKeys made`);
  }
  const crew: Crew<Job, Found> = createCrew<Job, Chunk, Found>({
    module: 'bgpsec-worker',
    size: workers,
    data: { keys: packKeys(keys.entries()), engine, maxKeys, seed },
    chunk: CHUNK,
    pack: (jobs) => {
      const chunk = packChunk(jobs);
      return { chunk, transfer: [chunk.octets.buffer] };
    },
  });
  const ask = async (job: Job): Promise<Answered> => {
    requireOctets(job.message);
    const found = await crew.ask(job);
    if (typeof found === 'string' || 'answer' in found) return found;
    throw 'fault' in found ? errorOf(found.fault) : found.misuse;
  };
  const verdictOf = async (item: OctetsItem): Promise<BgpsecVerdict | 'session-reset'> => {
    requireObject(item, 'an item', '{message, session}');
    const found = await ask({ message: item.message, session: item.session });
    if (typeof found !== 'string') throw new TypeError('an answer where a verdict was asked for');
    return found;
  };
  return {
    workers,
    inFlight: crew.inFlight,
    verdicts: async (items) => {
      if (!Array.isArray(items)) {
        throw new TypeError(`items is ${sayValue(items)}, not a list of {message, session}`);
      }
      const verdicts = new Array<BgpsecVerdict | 'session-reset'>(items.length);
      let next = 0;
      const run = async (): Promise<void> => {
        while (next < items.length) {
          const index = next++;
          verdicts[index] = await verdictOf(items[index] as OctetsItem);
        }
      };
      await Promise.all(Array.from({ length: Math.min(crew.inFlight, items.length) }, run));
      return verdicts;
    },
    answer: async ({ message, session, attributeType, extendedMessages }, explain = false) => {
      const found = await ask({ message, session, form: { attributeType, extendedMessages, explain } });
      if (typeof found === 'string') throw new TypeError('a verdict where an answer was asked for');
      return found.answer;
    },
    close: crew.close,
  };
}

/**
 * The verdicts of many UPDATEs in their order over `workers` threads, which end with the batch: the same verdicts as
 * `verdictsOfUpdates` of `pathsec/bgpsec`. Starting threads takes some tenths of a second, so this pays from some thousand
 * UPDATEs on; for batches that follow each other keep a {@link createBgpsecPool}. RFC 8205 §5.2.
 *
 * @throws as {@link createBgpsecPool}, and rejects with the misuse that an item is.
 */
export async function verifyBatch(
  items: readonly OctetsItem[],
  keys: RouterKeys,
  options: BgpsecPoolOptions,
): Promise<readonly (BgpsecVerdict | 'session-reset')[]> {
  const pool = createBgpsecPool(keys, options);
  try {
    return await pool.verdicts(items);
  } finally {
    await pool.close();
  }
}

/** A misspelt option that is passed over would leave its default in place, unseen. */
function requireKnownOptions(options: object, known: readonly string[]): void {
  const name = Object.keys(options).find((one) => !known.includes(one));
  if (name === undefined) return;
  throw new TypeError(
    `unknown option ${sayValue(name)}${proposal(name, known) || `; known are ${known.join(', ')}`}`,
  );
}

function requireOctets(message: Uint8Array): void {
  if (message instanceof Uint8Array) return;
  throw new TypeError(`the message is ${sayValue(message)}, not octets: threads decode by themselves`);
}
