import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from '../../src/cli/main.js';
import { ClosedPipe, type Output } from '../../src/cli/shared/io.js';

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array | AsyncIterable<Uint8Array>;
  readonly env?: Record<string, string>;
  readonly terminal?: boolean;
  /** Characters after which the reader of stdout goes away. */
  readonly closeAfter?: number;
}

let seed = 1;

/** Runs the program inside this process. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { stdin = '', env = {}, terminal = false, closeAfter = Number.POSITIVE_INFINITY } = options;
  const texts = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr', limit: number): Output => ({
    isTerminal: terminal && name === 'stdout',
    write: async (text) => {
      if (texts[name].length > limit) throw new ClosedPipe();
      texts[name] += text;
    },
  });
  const io = {
    stdin: typeof stdin === 'string' || stdin instanceof Uint8Array ? once(stdin) : stdin,
    stdout: output('stdout', closeAfter),
    stderr: output('stderr', Number.POSITIVE_INFINITY),
    env,
    now: () => 1_800_000_000,
    seed: seed++, // another one each time: no output depends on it
  };
  const code = await main(argv, io);
  return { code, ...texts };
}

async function* once(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  if (content.length > 0) yield typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/** A file with the given content, gone after the test. */
export function temporaryFile(name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The folder of temporary files, for this test alone: what other programs have in the usual one is no matter of it. */
export function ownTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-own-'));
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  onTestFinished(() => {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** ASPAs in rpki-client's JSON: `1:{2}` as `{ 1: [2] }`. */
export function aspaFile(
  aspas: Readonly<Record<number, readonly number[]>>,
  roas: readonly object[] = [],
): string {
  const list = Object.entries(aspas).map(([customer, providers]) => ({
    customer_asid: Number(customer),
    providers,
  }));
  return temporaryFile('rpki.json', JSON.stringify({ metadata: {}, roas, aspas: list }));
}

/** The objects of JSON Lines. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A SLURM file of version 2 with these filters and assertions, the other lists empty. */
export function slurmFile(filters: object, assertions: object): string {
  return temporaryFile(
    'slurm.json',
    JSON.stringify({
      slurmVersion: 2,
      validationOutputFilters: { prefixFilters: [], bgpsecFilters: [], aspaFilters: [], ...filters },
      locallyAddedAssertions: {
        prefixAssertions: [],
        bgpsecAssertions: [],
        aspaAssertions: [],
        ...assertions,
      },
    }),
  );
}
