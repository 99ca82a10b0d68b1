import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Where programs run, and how they and this process call one folder. */
export interface Place {
  readonly name: 'here' | 'peers';
  /** A new folder, as this process and as the programs call it. */
  readonly outside: string;
  readonly inside: string;
  /** A path of the programs as this process calls it. */
  seen(path: string): string;
  start(program: string, args: readonly string[], onLine?: (line: string) => void): RouterProgram;
  /**
   * Runs a program to its end and gives what it printed; undefined where it cannot be started. Rejects where it does not end in
   * time, and where it was interrupted.
   */
  ask(program: string, ...args: string[]): Promise<string | undefined>;
  /** Removes the folder. */
  leave(): void;
}

/** A program that runs until it is stopped. */
export interface RouterProgram {
  /** Whether it has ended. */
  readonly ended: boolean;
  /** Fulfilled when it has. */
  readonly gone: Promise<unknown>;
  /** The last that it wrote. */
  readonly output: string;
  /** Ends it with all that it started, and waits until it is gone. */
  stop(): Promise<void>;
}

/** Characters of its output that are kept. */
const KEPT = 4_000;
/** Milliseconds that a program gets to end by itself. */
const GRACE = 3_000;
/** Runs a program in a root, with a /proc of its own that is gone with it; as scripts/peers.sh does. */
const INSIDE = 'mount -t proc proc "$1/proc" && root=$1 && shift && exec chroot "$root" "$@"';

/** The root of a newer Debian that scripts/peers.sh makes; undefined where there is none, or nobody may enter it. */
function peersRoot(): string | undefined {
  const {
    PATHSEC_PEERS,
    PATHSEC_PEERS_SUITE = 'trixie',
    XDG_CACHE_HOME = join(homedir(), '.cache'),
  } = process.env;
  const root = PATHSEC_PEERS ?? join(XDG_CACHE_HOME, 'pathsec', `peers-${PATHSEC_PEERS_SUITE}`);
  return process.getuid?.() === 0 && existsSync(join(root, '.pathsec-peers')) ? root : undefined;
}

/** How long programs are waited for that are to end by themselves. */
export interface AskLimits {
  readonly seconds: number;
  readonly signal?: AbortSignal;
}

/** The machine itself, or the root of scripts/peers.sh; undefined where there is none. */
export function enterPlace(name: Place['name'], limits: AskLimits): Place | undefined {
  if (name === 'here') return placeOf(name, '', mkdtempSync(join(tmpdir(), 'pathsec-router-')), limits);
  const root = peersRoot();
  return root === undefined
    ? undefined
    : placeOf(name, root, mkdtempSync(join(root, 'tmp', 'pathsec-router-')), limits);
}

function placeOf(name: Place['name'], root: string, outside: string, { seconds, signal }: AskLimits): Place {
  const commandOf = (program: string, args: readonly string[]): [string, string[]] =>
    root === ''
      ? [program, [...args]]
      : ['unshare', ['--mount', 'sh', '-c', INSIDE, 'sh', root, program, ...args]];
  // Routers are system programs, which the search path of a user may leave out.
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };
  return {
    name,
    outside,
    inside: outside.slice(root.length),
    seen: (path) => `${root}${path}`,
    start(program, args, onLine) {
      const child = spawn(...commandOf(program, args), {
        env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      if (onLine && child.stdout) createInterface(child.stdout).on('line', onLine);
      return follow(child);
    },
    async ask(program, ...args) {
      const asked = follow(
        spawn(...commandOf(program, args), { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] }),
      );
      let late = '';
      const giveUp = (why: string): void => {
        late = why;
        asked.kill();
      };
      const interrupt = (): void => giveUp('was interrupted');
      const timer = setTimeout(() => giveUp(`did not end within ${seconds} s`), 1000 * seconds);
      signal?.addEventListener('abort', interrupt);
      const code = await asked.gone;
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
      if (late !== '') throw new Error(`${[program, ...args].join(' ')} ${late}`);
      return code === undefined || code === 126 || code === 127 ? undefined : asked.output;
    },
    leave: () => rmSync(outside, { recursive: true, force: true }),
  };
}

interface Followed extends RouterProgram {
  /** Fulfilled when it is gone, with its exit code; undefined: it could not be started. */
  readonly gone: Promise<number | null | undefined>;
  kill(): void;
}

function follow(child: ChildProcess): Followed {
  let output = '';
  let ended = false;
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-KEPT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const signal = (name: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // All of it has ended.
    }
  };
  const kill = (): void => signal('SIGKILL');
  process.once('exit', kill);
  const gone = new Promise<number | null | undefined>((resolve) => {
    const done = (code: number | null | undefined): void => {
      ended = true;
      process.off('exit', kill);
      resolve(code);
    };
    child.once('error', (error) => {
      keep(Buffer.from(error.message));
      done(undefined);
    });
    child.once('close', done);
  });
  return {
    gone,
    kill,
    get ended() {
      return ended;
    },
    get output() {
      return output.trim();
    },
    async stop() {
      if (!ended) signal('SIGTERM');
      const force = setTimeout(kill, GRACE);
      await gone;
      clearTimeout(force);
    },
  };
}
