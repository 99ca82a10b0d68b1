import type { Command } from 'commander';
import type { Io } from './io.js';

/** What a command gets to work with. */
export interface Context {
  readonly io: Io;
  /** Sets the exit code; 0 unless set. */
  exit(code: number): void;
}

/** The module of a command, loaded only when it is called: it declares options and action on the given command. */
export interface CommandModule {
  define(command: Command, context: Context): void;
}

/** An entry of the list of commands in `commands.ts`. */
export interface CommandEntry {
  /** One or two words: `audit`, `aspa verify`. */
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
  /** It fills tables from outside and has `--seed`. */
  readonly seeded?: boolean;
}
