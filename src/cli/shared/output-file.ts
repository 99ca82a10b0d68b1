import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, open, realpath, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nameOf, naming } from './input.js';
import { CliError } from './io.js';

/** A file that is to be written when the work is done. */
export interface OutputFile {
  /** Gives the file its content, whole or not at all. @throws {CliError} that names the file; what pieces throw. */
  write(content: Content): Promise<void>;
}

/** The content of a file, or its pieces as they come. */
type Content = string | Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Makes sure that a file can be written before the work for it begins, without leaving a trace: a file that is there keeps
 * its content until the new one is complete, and a new one does not appear before (docs/decisions/cli.md
 * D-cli-outputs).
 *
 * @throws {CliError} that names the file.
 */
export async function prepareOutput(file: string): Promise<OutputFile> {
  refuseStdout(file);
  return naming(file, async () => {
    const found = await probe(file);
    return { write: (content) => naming(file, () => put(found, content)) };
  });
}

/** `-` is standard input and output of commands: whoever names a file so means that, and gets no file of the name. */
export function refuseStdout(file: string): void {
  if (file !== '-') return;
  throw new CliError('- names no file: this needs one of its own (./- is a file of that name)');
}

/** Where the content goes, and how: a device or pipe is written, a file replaced. */
interface Target {
  readonly path: string;
  readonly kind: 'new' | 'file' | 'device';
  readonly mode?: number;
}

async function probe(file: string): Promise<Target> {
  const found = await stat(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found?.isDirectory()) throw new CliError(`${nameOf(file)}: is a directory`);
  if (found && !found.isFile()) return { path: file, kind: 'device' };
  if (!found) {
    await (await open(file, 'wx')).close();
    await unlink(file);
    return { path: file, kind: 'new' };
  }
  await (await open(file, 'r+')).close();
  // What a link points to is replaced, not the link.
  return { path: await realpath(file), kind: 'file', mode: found.mode & 0o7777 };
}

async function put({ path, kind, mode }: Target, content: Content): Promise<void> {
  if (kind === 'device') return writeFile(path, content);
  const beside = join(dirname(path), `.pathsec-${randomBytes(6).toString('hex')}`);
  const free = removeOnSignal(beside);
  try {
    await writeFile(beside, content, { flag: 'wx' });
    if (mode !== undefined) await chmod(beside, mode);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    // A folder that takes no new file can hold one that takes new content.
    if (kind === 'new' || !isForbidden(error)) throw error;
    await writeFile(path, content);
  } finally {
    free();
  }
}

/** Removes the file or folder when a signal ends the program, unless the command does something about the signal. */
export function removeOnSignal(path: string): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return;
    free();
    rmSync(path, { force: true, recursive: true });
    process.kill(process.pid, signal);
  };
  const free = (): void => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return free;
}

function isForbidden(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
}
