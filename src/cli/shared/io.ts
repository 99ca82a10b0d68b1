/** Where a command writes: one sink of text. */
export interface Output {
  /** Writes text; resolves when the sink can take more. @throws {ClosedPipe} once the reader has gone. */
  write(text: string): Promise<void>;
  /** Whether a person is watching. */
  readonly isTerminal: boolean;
}

/** The world outside a command. Tests pass their own. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Results. */
  readonly stdout: Output;
  /** Notes, progress, errors: a line a write. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Seconds since 1970 UTC. */
  now(): number;
  /** Of all tables: random, or what `--seed` says (docs/decisions/tables.md D-seeded-tables). */
  seed: number;
}

/** The reader of the output has closed it. */
export class ClosedPipe extends Error {}

/** A fault of use or of the input: its message goes to stderr, the exit code is 2. */
export class CliError extends Error {}

/** Exit codes of the program (docs/decisions/cli.md D-cli-exit-codes). */
export const EXIT = { done: 0, invalid: 1, usage: 2, unknown: 3 } as const;
