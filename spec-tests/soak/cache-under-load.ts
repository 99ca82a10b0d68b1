import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../interop/daemon.js';

/** An RTR cache in a process of its own, with a payload file that can be replaced. */
export interface CacheUnderLoad {
  readonly name: string;
  readonly port: number;
  readonly version: 1 | 2;
  /** Replaces the payload file at once, and says so. */
  replace(marker: number): void;
  /** Largest resident size so far, megabytes. */
  peak(): number;
  readonly alive: boolean;
  stop(): Promise<void>;
}

/** So many VRPs in the JSON of rpki-client, one of them 192.0.2.0/24 of `marker`. */
export function payloadFile(records: number, marker: number): string {
  const roas = [`{"asn":${marker},"prefix":"192.0.2.0/24","maxLength":24,"ta":"soak"}`];
  for (let i = 1; i < records; i++) {
    const [a, b, c] = [16 + (i >>> 16), (i >>> 8) & 0xff, i & 0xff];
    roas.push(`{"asn":${1 + (i % 60_000)},"prefix":"${a}.${b}.${c}.0/24","maxLength":24,"ta":"soak"}`);
  }
  return `{"metadata":{"buildtime":"2026-11-28T00:00:00Z"},"roas":[\n${roas.join(',\n')}\n]}\n`;
}

const COMMANDS: Readonly<Record<string, (file: string, port: number) => readonly [string, ...string[]]>> = {
  pathsec: (file, port) => [
    process.execPath,
    'dist/cli/bin.js',
    'rtr',
    'serve',
    file,
    '--listen',
    `127.0.0.1:${port}`,
    '--notify-interval',
    '1',
  ],
  stayrtr: (file, port) => [
    'stayrtr',
    '-bind',
    `127.0.0.1:${port}`,
    '-metrics.addr',
    '127.0.0.1:0',
    '-cache',
    file,
    '-checktime=false',
    '-refresh',
    '5',
  ],
};

/** Starts `pathsec rtr serve` or StayRTR over a file of `records` VRPs and waits until it listens. */
export async function startCache(
  name: 'pathsec' | 'stayrtr',
  folder: string,
  records: number,
): Promise<CacheUnderLoad> {
  const file = join(folder, `${name}.json`);
  const write = (marker: number): void => {
    writeFileSync(`${file}.new`, payloadFile(records, marker));
    renameSync(`${file}.new`, file);
  };
  write(1);
  const port = await freePort();
  const [command, ...args] = (COMMANDS[name] as (file: string, port: number) => [string, ...string[]])(
    file,
    port,
  );
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  let alive = true;
  child.once('exit', () => {
    alive = false;
  });
  child.once('error', () => {
    alive = false;
  });
  while (alive && !(await accepts(port))) await pause(100);
  return {
    name,
    port,
    version: name === 'pathsec' ? 2 : 1,
    replace(marker) {
      write(marker);
      child.kill('SIGHUP');
    },
    peak() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    },
    get alive() {
      return alive;
    },
    async stop() {
      const gone = new Promise<void>((resolve) => {
        if (alive) child.once('exit', () => resolve());
        else resolve();
      });
      child.kill('SIGTERM');
      await gone;
    },
  };
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
