import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Daemon, run, startDaemon } from './daemon.js';

export const SCRIPT = fileURLToPath(new URL('../../scripts/peers.sh', import.meta.url));

/** The folder of the root with newer peers, where `scripts/peers.sh` looks for it. */
export const PEERS =
  process.env.PATHSEC_PEERS ?? `${process.env.XDG_CACHE_HOME ?? `${homedir()}/.cache`}/pathsec/peers-trixie`;

/** Whether `scripts/peers.sh` has made the root. */
export const hasPeers = existsSync(`${PEERS}/.pathsec-peers`);

/** Where a program runs, and how it and this process call one folder. */
export interface Place {
  /** The folder for us, and for the program. */
  readonly outside: string;
  readonly inside: string;
  start(program: string, ...args: string[]): Daemon;
  run(program: string, ...args: string[]): Promise<string>;
  /** Takes away what the place made for itself. */
  leave(): void;
}

/** The machine itself. */
export function here(folder: string): Place {
  return {
    outside: folder,
    inside: folder,
    start: (program, ...args) => startDaemon(program, args),
    run,
    leave() {},
  };
}

/** The root of `scripts/peers.sh`, with a folder in it. */
export function amongPeers(): Place {
  const outside = mkdtempSync(`${PEERS}/tmp/pathsec-interop-`);
  return {
    outside,
    inside: outside.slice(PEERS.length),
    start: (...command) => startDaemon(SCRIPT, ['run', ...command]),
    run: (...command) => run(SCRIPT, 'run', ...command),
    leave: () => rmSync(outside, { recursive: true, force: true }),
  };
}
