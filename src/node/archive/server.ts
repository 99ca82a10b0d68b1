import type { Consumer, JetStreamClient, JetStreamManager, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { errorText, isNoStream, isPassing, isWrongSequence } from './faults.js';
import { ALL_FILES, type JobNames, jobOfStream, WORKERS } from './names.js';
import { MOST_RECORD } from './records.js';

/** What is kept under a subject, and its number. */
export interface Stored {
  readonly octets: Uint8Array;
  readonly sequence: number;
}

/** A file that the server gave this worker, until it is told what became of it. */
export interface Delivery {
  readonly octets: Uint8Array;
  readonly subject: string;
  /** The number of the message in its stream. */
  readonly sequence: number;
  /** Files that waited behind it when it was given. */
  readonly behind: number;
  /** It is being worked on: the server is to be patient. */
  working(): void;
  /** It is done, and goes; whether the server confirmed that. */
  done(): Promise<boolean>;
  /** Another worker may have it, after so many milliseconds. */
  giveBack(milliseconds: number): void;
}

/** The files of a job that no result is known of. */
export interface Left {
  readonly waiting: number;
  readonly held: number;
}

/** What is asked of a server; all that fails for a time is tried again while it is patient. */
export interface ArchiveServer {
  /** Octets of a piece of what is kept. */
  readonly pieceLength: number;
  /** Makes the streams of a job, where they are not there. */
  createJob(names: JobNames, patience: number): Promise<void>;
  /** Removes all that there is of a job. */
  removeJob(names: JobNames): Promise<void>;
  /** The jobs that the server has. */
  jobs(): Promise<string[]>;
  /** Whether the server has the job. */
  hasJob(names: JobNames): Promise<boolean>;
  /** Keeps octets under a subject, in place of what was there. */
  put(subject: string, octets: Uint8Array): Promise<void>;
  /** Keeps octets in place of those of that number, 0 for none; false where something else is there. */
  replace(subject: string, octets: Uint8Array, sequence: number): Promise<boolean>;
  /** What is kept under the subject. */
  get(names: JobNames, subject: string): Promise<Stored | undefined>;
  /** The subjects that fit a pattern, and have something. */
  subjects(names: JobNames, pattern: string): Promise<string[]>;
  /** Forgets what is kept under a subject. */
  forget(names: JobNames, subject: string): Promise<void>;
  /** A file of the job, waited for so many milliseconds. */
  next(names: JobNames, milliseconds: number): Promise<Delivery | undefined>;
  left(names: JobNames): Promise<Left>;
  close(): Promise<void>;
}

/** What stands in the way of all work with a server. */
export class ServerFault extends Error {}

/** Octets of the longest piece; a server takes messages of 1 MiB where nobody told it otherwise. */
const LONGEST_PIECE = 1 << 19;
/** Octets of a message that are not its content: subject and header. */
const ASIDE = 1 << 12;
/** Milliseconds before something that failed is tried again. */
const PAUSE = 250;

/** How a server is spoken to. */
export interface ServerOptions {
  /** Milliseconds that the server may be away; infinite for a worker. */
  readonly patience: number;
  /** Ends all waiting. */
  readonly stopped?: AbortSignal;
}

/**
 * Connects to a NATS server with JetStream.
 *
 * @param address `nats://HOST:PORT`, `tls://HOST:PORT`, with `USER:PASSWORD@` in it where the server wants that.
 * @throws {ServerFault} where it cannot be reached, or has no JetStream.
 */
export async function connectServer(
  address: string,
  { patience, stopped }: ServerOptions,
): Promise<ArchiveServer> {
  const { connection, manager, client, api } = await open(address);
  const insist = async <T>(work: () => Promise<T>): Promise<T> => {
    const end = performance.now() + patience;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (connection.isClosed()) throw new ServerFault('the connection was closed');
        if (!isPassing(error)) throw new ServerFault(errorText(error));
        if (stopped?.aborted || performance.now() >= end) {
          throw new ServerFault(`the server does not answer: ${errorText(error)}`);
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  };
  const publish = (subject: string, octets: Uint8Array, sequence?: number): Promise<boolean> =>
    insist(async () => {
      const expect = sequence === undefined ? {} : { expect: { lastSubjectSequence: sequence } };
      try {
        await client.publish(subject, octets, expect);
        return true;
      } catch (error) {
        if (isWrongSequence(error)) return false;
        throw error;
      }
    });
  const consumers = new Map<string, Consumer>();
  const largest = connection.info?.max_payload ?? LONGEST_PIECE + ASIDE;

  return {
    pieceLength: Math.max(1, Math.min(LONGEST_PIECE, largest - ASIDE)),
    createJob: (names, silence) => insist(() => createStreams(manager, api, names, silence)),
    removeJob: (names) =>
      insist(async () => {
        for (const stream of [names.files, names.kept]) {
          if (await hasStream(manager, stream)) await manager.streams.delete(stream);
        }
      }),
    jobs: () =>
      insist(async () => {
        const found: string[] = [];
        for await (const stream of manager.streams.names(ALL_FILES)) {
          const job = jobOfStream(stream);
          if (job !== undefined) found.push(job);
        }
        return found.sort();
      }),
    hasJob: (names) => insist(() => hasStream(manager, names.kept)),
    put: async (subject, octets) => void (await publish(subject, octets)),
    replace: publish,
    get: ({ kept }, subject) =>
      insist(async () => {
        const found = await manager.direct.getMessage(kept, { last_by_subj: subject });
        return found === null ? undefined : { octets: found.data, sequence: found.seq };
      }),
    subjects: ({ kept }, pattern) =>
      insist(async () => {
        const { state } = await manager.streams.info(kept, { subjects_filter: pattern });
        return Object.keys(state.subjects ?? {}).sort();
      }),
    forget: ({ kept }, subject) =>
      insist(async () => void (await manager.streams.purge(kept, { filter: subject }))),
    next: ({ files }, milliseconds) =>
      insist(async () => {
        const consumer = consumers.get(files) ?? (await client.consumers.get(files, WORKERS));
        consumers.set(files, consumer);
        const message = await consumer.next({ expires: Math.max(1000, milliseconds) });
        return message === null ? undefined : deliveryOf(message);
      }),
    left: ({ files }) =>
      insist(async () => {
        const { num_pending, num_ack_pending } = await manager.consumers.info(files, WORKERS);
        return { waiting: num_pending, held: num_ack_pending };
      }),
    close: () => connection.close(),
  };
}

type Api = typeof import('@nats-io/jetstream');

interface Opened {
  readonly connection: NatsConnection;
  readonly manager: JetStreamManager;
  readonly client: JetStreamClient;
  readonly api: Api;
}

async function open(address: string): Promise<Opened> {
  const [{ connect }, api] = await Promise.all([
    import('@nats-io/transport-node'), // loaded by the commands of archives alone
    import('@nats-io/jetstream'),
  ]);
  const { servers, ...login } = serverOf(address);
  let connection: NatsConnection;
  try {
    connection = await connect({
      servers,
      ...login,
      name: 'pathsec',
      timeout: 5000,
      maxReconnectAttempts: -1,
      reconnectTimeWait: PAUSE,
    });
  } catch (error) {
    throw new ServerFault(errorText(error));
  }
  try {
    const manager = await api.jetstreamManager(connection);
    return { connection, manager, client: manager.jetstream(), api };
  } catch (error) {
    await connection.close();
    throw new ServerFault(`no JetStream there: ${errorText(error)}`);
  }
}

/** The address as the client takes it. @throws {ServerFault} for one that is none. */
function serverOf(address: string): {
  readonly servers: string;
  readonly user?: string;
  readonly pass?: string;
} {
  const text = /^[a-z]+:\/\//i.test(address) ? address : `nats://${address}`;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new ServerFault('no address of a server: nats://HOST:PORT');
  }
  if (!['nats:', 'tls:'].includes(url.protocol) || url.host === '' || !['', '/'].includes(url.pathname)) {
    throw new ServerFault('no address of a server: nats://HOST:PORT or tls://HOST:PORT');
  }
  const { username, password } = url;
  const login =
    username === '' ? {} : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return { servers: `${url.protocol}//${url.host}`, ...login };
}

/** The address without a password, to be printed. */
export function plainAddress(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//').replace(/^[^/@]*@/, '');
}

async function hasStream(manager: JetStreamManager, stream: string): Promise<boolean> {
  try {
    await manager.streams.info(stream);
    return true;
  } catch (error) {
    if (isNoStream(error)) return false;
    throw error;
  }
}

async function createStreams(
  manager: JetStreamManager,
  { AckPolicy, DiscardPolicy, RetentionPolicy, StorageType }: Api,
  names: JobNames,
  patience: number,
): Promise<void> {
  const { streams, consumers } = manager;
  const storage = StorageType.File;
  if (!(await hasStream(manager, names.kept))) {
    await streams.add({
      name: names.kept,
      subjects: [names.all],
      storage,
      max_msgs_per_subject: 1, // the last one counts
      discard: DiscardPolicy.Old,
      max_msg_size: LONGEST_PIECE + ASIDE,
      allow_direct: true,
    });
  }
  if (!(await hasStream(manager, names.files))) {
    await streams.add({
      name: names.files,
      subjects: [names.file('*')],
      storage,
      retention: RetentionPolicy.Workqueue,
      max_msg_size: MOST_RECORD,
    });
  }
  const settings = { ack_wait: patience * 1e9, max_deliver: -1, max_ack_pending: -1 };
  const found = await consumers.list(names.files).next();
  if (found.some(({ name }) => name === WORKERS)) await consumers.update(names.files, WORKERS, settings);
  else {
    await consumers.add(names.files, { durable_name: WORKERS, ack_policy: AckPolicy.Explicit, ...settings });
  }
}

function deliveryOf(message: JsMsg): Delivery {
  return {
    octets: message.data,
    subject: message.subject,
    sequence: message.seq,
    behind: message.info.pending,
    working: () => message.working(),
    done: () => message.ackAck().catch(() => false), // it comes once more, and its result is found
    giveBack: (milliseconds) => message.nak(milliseconds),
  };
}
