import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Daemon, findProgram, run, startDaemon } from './daemon.js';

export const SCRIPT = fileURLToPath(new URL('../../scripts/peers.sh', import.meta.url));

/** The folder of the root with newer peers, where `scripts/peers.sh` looks for it. */
const PEERS =
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

/** A program of somebody else, and what it takes to run it. */
export interface Peer {
  readonly program: string;
  /** Its Debian package. */
  readonly package: string;
  /** That its program is installed; that root runs it too; or that the root of `scripts/peers.sh` is there, and root runs it. */
  readonly needs: 'program' | 'root' | 'peers';
}

/** What the peer needs and this machine lacks; undefined where it can run. */
export function lackingFor({ needs, package: pack, program }: Peer): string | undefined {
  if (needs === 'peers' && !hasPeers) return `needs what scripts/peers.sh makes, absent at ${PEERS}`;
  if (needs !== 'peers' && !findProgram(program)) return `needs ${program} of the package ${pack}`;
  if (needs !== 'program' && process.getuid?.() !== 0) return 'needs root';
  return undefined;
}

/** The upstream version of the peer's package. */
export async function versionOf({ needs, package: pack }: Pick<Peer, 'needs' | 'package'>): Promise<string> {
  const query = ['dpkg-query', '-W', '-f', `$${''}{source:Upstream-Version}`, pack] as const;
  return (await (needs === 'peers' ? run(SCRIPT, 'run', ...query) : run(...query))).trim();
}
