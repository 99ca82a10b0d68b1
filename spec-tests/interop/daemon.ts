import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import type { Readable } from 'node:stream';

/** A program that runs until it is stopped. */
export interface Daemon {
  /** What it wrote so far, both streams. */
  output(): string;
  /** What it wrote to stdout alone: lines of stderr can fall between the halves of one of stdout. */
  printed(): string;
  /** Ends it and waits until it is gone; SIGKILL when SIGTERM does not do. */
  stop(): Promise<void>;
}

/** Starts a program. */
export function startDaemon(command: string, args: readonly string[]): Daemon {
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let printed = '';
  const keep = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    keep(chunk);
  });
  child.stderr?.on('data', keep);
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      text += `${error.message}\n`;
      resolve();
    });
    child.once('close', () => resolve());
  });
  return {
    output: () => text,
    printed: () => printed,
    async stop() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await gone;
      clearTimeout(force);
    },
  };
}

/** What a process writes, growing as it comes. */
export function written(child: { readonly stdout: Readable; readonly stderr: Readable }): {
  readonly stdout: string;
  readonly stderr: string;
} {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  return texts;
}

/** Runs a program to its end, ten minutes at most, and gives what it wrote to stdout, whatever its exit code. */
export function run(command: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: 600_000 });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', () => resolve(text));
  });
}

/** The path of a program in PATH or the folders of system programs; undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
  if (name.startsWith('/')) return existsSync(name) ? name : undefined;
  const folders = (process.env.PATH ?? '').split(':').concat('/usr/sbin', '/sbin');
  return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
}

/** A TCP port of 127.0.0.1 that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks every 200 ms until the answer is undefined, for ten minutes; then gives the last answer. */
export async function settle(ask: () => Promise<string | undefined>): Promise<string | undefined> {
  let last: string | undefined;
  for (let i = 0; i < 3000; i++) {
    last = await ask();
    if (last === undefined) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return last;
}
