import { nameOf } from './input.js';
import { CliError, EXIT, type Io } from './io.js';
import { plural } from './text-table.js';

/** Faults of one input that are written to stderr one by one. */
const SHOWN = 10;

/** What is wrong in an input. */
export interface InputProblem {
  readonly code: string;
  readonly message: string;
  /** Where in the input: `roas[7]`, `line 3`. */
  readonly place?: string;
}

/**
 * What a fault means for the command. A `record` is left out and the rest is used: only `--strict` makes that exit code 2. What
 * is `refused` was asked and is not answered, or is an input that cannot be read to its end: exit code 2 in any case.
 */
export type Weight = 'record' | 'refused';

/** The faults in the inputs of a command: counted, told while they are few, and turned into its exit code. */
export interface InputProblems {
  /** A fault of a file, for stderr. */
  tell(file: string, problem: InputProblem, weight: Weight): Promise<void>;
  /** What `read` gives; undefined where the file cannot be read, which is told. For commands that go on with the next file. */
  attempt<T>(file: string, read: () => Promise<T>): Promise<T | undefined>;
  /** Faults that stand in the results of the command, or that a reader has counted and not kept. */
  count(file: string, weight: Weight, count?: number): void;
  /**
   * Says how many faults there were where not all were told, and when it is `--strict` that makes them fatal.
   *
   * @returns the exit code, 2 or 0 (docs/decisions/cli.md D-cli-exit-codes, D-cli-unreadable-routes).
   */
  end(): Promise<(typeof EXIT)['usage' | 'done']>;
}

/** The one place for faults in inputs; see {@link InputProblems}. */
export function createInputProblems(io: Io, strict = false): InputProblems {
  const files = new Map<string, { told: number; record: number; refused: number }>();
  const of = (file: string) => {
    const counts = files.get(file) ?? { told: 0, record: 0, refused: 0 };
    files.set(file, counts);
    return counts;
  };
  const write = (text: string) => io.stderr.write(`pathsec: ${text}\n`);
  return {
    async tell(file, { code, message, place }, weight) {
      const counts = of(file);
      counts[weight]++;
      if (counts.told === SHOWN) return;
      counts.told++;
      await write(`${nameOf(file)}: ${place === undefined ? '' : `${place}: `}${message} (${code})`);
    },
    async attempt(file, read) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        const counts = of(file);
        counts.refused++;
        counts.told++;
        await write(error.message); // it names the file
        return undefined;
      }
    },
    count(file, weight, count = 1) {
      of(file)[weight] += count;
    },
    async end() {
      let [records, refused] = [0, 0];
      for (const [file, counts] of files) {
        records += counts.record;
        refused += counts.refused;
        if (counts.told === 0 || counts.record + counts.refused === counts.told) continue;
        const hint = counts.record > 0 ? '; --strict makes them fatal' : '';
        await write(`${nameOf(file)}: ${plural(counts.record + counts.refused, 'fault')} in all${hint}`);
      }
      if (refused > 0) return EXIT.usage;
      if (!strict || records === 0) return EXIT.done;
      await write(`${plural(records, 'fault')} in the input (--strict)`);
      return EXIT.usage;
    },
  };
}
