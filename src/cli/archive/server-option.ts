import { type Command, InvalidArgumentError } from 'commander';
import { DecodeError } from '../../bytes/index.js';
import { type Job, loadJob } from '../../node/archive/job.js';
import { JOB_NAME, type JobNames, namesOf } from '../../node/archive/names.js';
import {
  type ArchiveServer,
  connectServer,
  plainAddress,
  ServerFault,
  type ServerOptions,
} from '../../node/archive/server.js';
import { nameOf } from '../shared/input.js';
import { CliError } from '../shared/io.js';

/** The server that commands of archives share. */
export interface ServerCliOptions {
  readonly server: string;
}

/** Milliseconds that a command waits for a server that is away. */
export const PATIENCE = 10_000;

/** Declares `--server`. */
export function addServerOption(command: Command): Command {
  return command.requiredOption('--server <url>', 'NATS server with JetStream: nats://HOST:PORT');
}

/** A parser of `--job`. */
export function parseJob(text: string): string {
  if (JOB_NAME.test(text)) return text;
  throw new InvalidArgumentError('Up to 64 letters, digits, - and _.');
}

/** A parser of a whole number from `least` to `most`. */
export function parseWhole({ least, most }: { readonly least: number; readonly most: number }) {
  return (text: string): number => {
    const number = /^[0-9]{1,15}$/.test(text) ? Number(text) : -1;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A whole number in ${least}..${most}.`);
  };
}

/**
 * Works with a server, and ends the connection.
 *
 * @throws {CliError} that names the server, for what it refuses, and where it is away for too long.
 */
export async function withServer<T>(
  address: string,
  options: ServerOptions,
  work: (server: ArchiveServer) => Promise<T>,
): Promise<T> {
  let server: ArchiveServer | undefined;
  try {
    server = await connectServer(address, options);
    return await work(server);
  } catch (error) {
    if (!(error instanceof ServerFault)) throw error;
    throw new CliError(`${nameOf(plainAddress(address))}: ${error.message}`);
  } finally {
    await server?.close();
  }
}

/** A job of the server. @throws {CliError} where there is none, or it cannot be read. */
export async function openJob(
  server: ArchiveServer,
  job: string,
): Promise<{ readonly names: JobNames; readonly job: Job }> {
  const names = namesOf(job);
  const stored = (await server.hasJob(names)) ? await inJob(job, () => loadJob(server, names)) : undefined;
  if (stored === undefined) throw new CliError(`job ${job}: there is none on this server`);
  return { names, job: stored.job };
}

/** Runs `work`; faults of what the server has get the name of the job. @throws {CliError} */
export async function inJob<T>(job: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new CliError(`job ${job}: ${error.message} (${error.code})`);
  }
}
