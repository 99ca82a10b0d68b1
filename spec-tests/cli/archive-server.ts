import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findProgram, freePort } from '../interop/daemon.js';
import { startBuilt } from './built.js';
import { jsonLines } from './run.js';

/** A NATS server of a test, with a store of its own. */
export interface NatsServer {
  readonly url: string;
  /** Kills it as a power failure does; its store stays. */
  kill(): Promise<void>;
  /** Starts it again where it was. */
  start(): Promise<void>;
}

/** Starts a server with JetStream on a free port of loopback; it is gone after the test. */
export async function startNats(...more: readonly string[]): Promise<NatsServer> {
  const program = findProgram('nats-server') ?? 'nats-server';
  const store = mkdtempSync(join(tmpdir(), 'pathsec-nats-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    const gone = child && ended(child);
    child?.kill('SIGKILL');
    await gone;
    child = undefined;
  };
  const start = async (): Promise<void> => {
    const argv = ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', store, ...more];
    child = spawn(program, argv, { stdio: 'ignore' });
    while (!(await accepts(port))) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  onTestFinished(async () => {
    await kill();
    rmSync(store, { recursive: true, force: true });
  });
  await start();
  return { url: `nats://127.0.0.1:${port}`, kill, start };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** A worker that is a process of its own. */
export interface WorkerProcess {
  events(): Record<string, unknown>[];
  /** Waits until it told such an event. */
  until(type: string, file?: string): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  stderr(): string;
}

/** Starts the built command as a worker; it is gone after the test. */
export function startWorker(url: string, ...more: readonly string[]): WorkerProcess {
  const argv = ['archive', 'work', '--server', url, '--json', '--jobs', '1', ...more];
  const { child, texts, ended: closed } = startBuilt(argv);
  const gone = closed.then(({ code }) => code);
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
  });
  const events = () => jsonLines(texts.stdout.slice(0, texts.stdout.lastIndexOf('\n') + 1));
  return {
    events,
    stderr: () => texts.stderr,
    ended: gone,
    async until(type, file) {
      const told = () =>
        events().some((one) => one.type === type && (file === undefined || one.file === file));
      // Of a race the others would look for ever, in tests to come too.
      while (!isOver && !told()) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async kill(signal) {
      child.kill(signal);
      await gone;
    },
  };
}
