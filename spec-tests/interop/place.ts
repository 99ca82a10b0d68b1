import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Daemon, findProgram, run, startDaemon } from './daemon.js';

export const SCRIPT = fileURLToPath(new URL('../../scripts/peers.sh', import.meta.url));

/** The suites of Debian whose programs tests ask for. */
type Suite = 'trixie' | 'unstable';

/** The folder of the root with newer peers, where `scripts/peers.sh` looks for it. */
function rootOf(suite: Suite): string {
  const own = suite === 'trixie' ? process.env.PATHSEC_PEERS : undefined;
  return own ?? `${process.env.XDG_CACHE_HOME ?? `${homedir()}/.cache`}/pathsec/peers-${suite}`;
}

/** Whether `scripts/peers.sh` has made the root. */
function hasRoot(suite: Suite): boolean {
  return existsSync(`${rootOf(suite)}/.pathsec-peers`);
}

/** Whether the root is there in which most newer peers run. */
export const hasPeers = hasRoot('trixie');

/** A command in a root. */
function inRoot(suite: Suite, ...command: string[]): string[] {
  const variables = suite === 'trixie' ? [] : ['-u', 'PATHSEC_PEERS', `PATHSEC_PEERS_SUITE=${suite}`];
  return [...variables, SCRIPT, 'run', ...command];
}

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
export function amongPeers(suite: Suite = 'trixie'): Place {
  const root = rootOf(suite);
  const outside = mkdtempSync(`${root}/tmp/pathsec-interop-`);
  return {
    outside,
    inside: outside.slice(root.length),
    start: (...command) => startDaemon('env', inRoot(suite, ...command)),
    run: (...command) => run('env', ...inRoot(suite, ...command)),
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
  /** Of which suite the root has to be; trixie when absent. */
  readonly suite?: Suite;
}

/** What the peer needs and this machine lacks; undefined where it can run. */
export function lackingFor({ needs, package: pack, program, suite = 'trixie' }: Peer): string | undefined {
  if (needs === 'peers' && !hasRoot(suite))
    return `needs what scripts/peers.sh makes of ${suite}, absent at ${rootOf(suite)}`;
  if (needs !== 'peers' && !findProgram(program)) return `needs ${program} of the package ${pack}`;
  if (needs !== 'program' && process.getuid?.() !== 0) return 'needs root';
  return undefined;
}

/** The upstream version of the peer's package. */
export async function versionOf({
  needs,
  package: pack,
  suite = 'trixie',
}: Pick<Peer, 'needs' | 'package' | 'suite'>): Promise<string> {
  const query = ['dpkg-query', '-W', '-f', `$${''}{source:Upstream-Version}`, pack] as const;
  return (await (needs === 'peers' ? run('env', ...inRoot(suite, ...query)) : run(...query))).trim();
}
