import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Settings } from './config.js';
import { requireFile } from './inputs.js';
import type { RouterViewSettings } from './router-view/settings.js';
import { SCHEMES } from './schemes.js';
import { TASK_NAMES } from './tasks/names.js';
import { InputError, knownNames } from './usage.js';

/** What a call of the study asks for. */
export type StudyCall =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'compare'; readonly folders: readonly [string, string] }
  | {
      readonly kind: 'report';
      readonly folder: string;
      readonly publish: boolean;
      readonly routerView?: RouterViewSettings;
    }
  | { readonly kind: 'resume'; readonly folder: string; readonly publish: boolean }
  | {
      readonly kind: 'measure';
      readonly settings: Settings;
      readonly out?: string;
      readonly publish: boolean;
    };

/** Of a table whose memory is measured. */
const LEAST_ROUTES = 100_000;
const MOST_ROUTES = 10_000_000;
const MOST_HOPS = 255;
const CONFIG_SCHEMA = fileURLToPath(new URL('../../docs/study-config.schema.json', import.meta.url));

/** Options of the command line; lists and names as they were written. */
interface Options {
  readonly quick?: boolean;
  readonly smoke?: boolean;
  readonly config?: string;
  readonly table?: readonly [string, string][];
  readonly rpki?: string;
  readonly lengths?: number[];
  readonly batchSizes?: number[];
  readonly tableSizes?: number[];
  readonly rounds?: number;
  readonly processes?: number;
  readonly seed?: number;
  readonly scheme?: string[];
  readonly task?: string[];
  readonly out?: string;
  readonly resume?: string;
  readonly publish?: boolean;
  readonly reportOnly?: string;
  readonly compare?: boolean;
}

/**
 * Reads a command line.
 *
 * @throws {InputError} for an unknown option, name or member, and for a value that is none.
 */
export function parseCall(argv: readonly string[]): StudyCall {
  let help = '';
  const command = describe().configureOutput({
    writeOut: (text) => {
      help += text;
    },
    writeErr: () => {},
  });
  try {
    command.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return { kind: 'help', text: help };
    throw new InputError(error.message.replace(/^error: /, ''));
  }
  return callOf(command.opts<Options>(), command.args);
}

function callOf(options: Options, words: readonly string[]): StudyCall {
  const { compare, reportOnly, resume, out, publish = false, ...rest } = options;
  const [first, second, ...more] = words;
  if (compare) {
    only('--compare', { ...rest, out, reportOnly, resume, publish: publish || undefined });
    if (first === undefined || second === undefined || more.length > 0) {
      throw new InputError('--compare takes two folders of runs');
    }
    return { kind: 'compare', folders: [first, second] };
  }
  if (first !== undefined) throw new InputError(`unexpected argument "${first}"`);
  if (reportOnly !== undefined) {
    const { config, ...others } = rest;
    only('--report-only', { ...others, out, resume });
    const routerView = config === undefined ? undefined : readAssumptions(config);
    return { kind: 'report', folder: reportOnly, publish, ...(routerView && { routerView }) };
  }
  if (resume !== undefined) {
    only('--resume', { ...rest, out });
    return { kind: 'resume', folder: resume, publish };
  }
  const settings = settingsOf(rest);
  if (settings.mode !== 'smoke' && settings.tableSizes?.some((routes) => routes < LEAST_ROUTES)) {
    throw new InputError(
      `memory is measured from ${LEAST_ROUTES} routes: below, the difference of two processes is noise`,
    );
  }
  if (publish && settings.mode === 'smoke') throw new InputError('a smoke run measures nothing to publish');
  return { kind: 'measure', settings, publish, ...(out !== undefined && { out }) };
}

/** A call of this kind takes its configuration from a folder, so nothing else may be said. */
function only(name: string, others: Readonly<Record<string, unknown>>): void {
  const other = Object.entries(others).find(([, value]) => value !== undefined);
  if (!other) return;
  const option = other[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new InputError(`${name} does not go together with --${option}`);
}

function settingsOf(
  options: Omit<Options, 'out' | 'resume' | 'publish' | 'reportOnly' | 'compare'>,
): Settings {
  const file = options.config === undefined ? {} : readConfig(options.config);
  if (options.quick && options.smoke) throw new InputError('--quick does not go together with --smoke');
  const mode = options.smoke ? 'smoke' : options.quick ? 'quick' : (file.mode ?? 'full');
  const { lengths, batchSizes, tableSizes, rounds, processes, seed, rpki } = options;
  const schemes = options.scheme ?? file.schemes;
  const tasks = options.task ?? file.tasks;
  const tables = options.table === undefined ? file.tables : Object.fromEntries(options.table);
  const given = { lengths, batchSizes, tableSizes, rounds, processes, seed, rpki };
  return {
    ...file,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    mode,
    ...(schemes && { schemes: knownNames('scheme', schemes, Object.keys(SCHEMES)) }),
    ...(tasks && { tasks: knownNames('task', tasks, TASK_NAMES) }),
    ...(tables && { tables }),
  };
}

/** The only settings that can still be changed when a run has ended. */
function readAssumptions(file: string): RouterViewSettings | undefined {
  const { routerView, ...others } = readConfig(file);
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new InputError(`configuration ${file}: --report-only takes routerView alone, not "${other}"`);
  }
  return routerView;
}

/** The file of `--config`, by its JSON Schema; names of files in it are relative to its folder. */
function readConfig(file: string): Settings {
  const fail = (why: string): never => {
    throw new InputError(`configuration ${file}: ${why}`);
  };
  requireFile(file, `configuration ${file}`);
  const readText = (): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      return fail(error instanceof Error ? error.message : String(error));
    }
  };
  const text = readText();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
  const ajv = new Ajv2020({ allErrors: true });
  const isConfig = ajv.compile<Settings & { readonly $schema?: string }>(
    JSON.parse(readFileSync(CONFIG_SCHEMA, 'utf8')) as object,
  );
  if (!isConfig(value)) {
    return fail(
      (isConfig.errors ?? [])
        .map(({ instancePath, message, params }) => {
          const extra = 'additionalProperty' in params ? ` "${params.additionalProperty}"` : '';
          return `${instancePath === '' ? '/' : instancePath} ${message ?? 'is not as the schema says'}${extra}`;
        })
        .join('; '),
    );
  }
  const { $schema: _, tables, rpki, ...rest } = value;
  const place = (name: string): string => resolve(dirname(file), name);
  return {
    ...rest,
    ...(tables && {
      tables: Object.fromEntries(Object.entries(tables).map(([name, path]) => [name, place(path)])),
    }),
    ...(rpki !== undefined && { rpki: place(rpki) }),
  };
}

function describe(): Command {
  const collect = (value: string, before: string[] = []): string[] => [...before, value];
  return new Command('npm run study --')
    .description(
      'Measures what path security costs: octets, memory, CPU. Results go to bench/runs/, or to --out.',
    )
    .option('--quick', 'some minutes instead of hours')
    .option('--smoke', 'a minute, to see that the study runs: its figures mean nothing')
    .option('--config <file>', 'settings as JSON (docs/study-config.schema.json); options go before them')
    .option(
      '--table <name=file>',
      'a table of routes, in any form the readers know; repeat for more',
      parseTable,
    )
    .option('--rpki <file>', 'validated payloads for origin validation and ASPA, instead of made-up ones')
    .option('--lengths <numbers>', 'hops of the paths: 1,2,4', parseNumbers(MOST_HOPS))
    .option('--batch-sizes <numbers>', 'routes of a batch', parseNumbers(MOST_ROUTES))
    .option(
      '--table-sizes <numbers>',
      'routes of the tables whose memory is measured',
      parseNumbers(MOST_ROUTES),
    )
    .option('--rounds <number>', 'rounds kept of each process', parseUpTo(1000))
    .option('--processes <number>', 'processes of each task and memory cell', parseUpTo(100))
    .option('--seed <number>', 'of all random choices', parseSeed)
    .option('--scheme <name>', 'a scheme to compare, with what the page always has; repeat for more', collect)
    .option('--task <name>', 'a task to run; repeat for more', collect)
    .option('--out <folder>', 'where the results go; has to be new or empty')
    .option(
      '--resume <folder>',
      'goes on with the run in this folder: tasks that have a result are not run again',
    )
    .option('--publish', 'puts page, figures and results in the place of the published ones')
    .option(
      '--report-only <folder>',
      'writes page and figures of a finished run again; --config may change routerView',
    )
    .option('--compare', 'two folders of runs: whether verdicts and ratios agree')
    .argument('[folders...]')
    .addHelpText('after', `\nTasks: ${TASK_NAMES.join('; ')}\n\nSchemes: ${Object.keys(SCHEMES).join('; ')}`)
    .addHelpText(
      'after',
      '\nExit codes: 0 done; 1 two runs disagree, or a task failed; 2 wrong use, or an input that cannot be read',
    )
    .exitOverride();
}

function parseTable(word: string, before: [string, string][] = []): [string, string][] {
  const at = word.indexOf('=');
  if (at < 1 || at === word.length - 1) throw new InvalidArgumentError('It has the form NAME=FILE.');
  const name = word.slice(0, at);
  if (before.some(([other]) => other === name))
    throw new InvalidArgumentError('This name has a table already.');
  return [...before, [name, word.slice(at + 1)]];
}

/** The limits are those of the schema of the configuration. */
function parseUpTo(limit: number): (word: string) => number {
  return (word) => {
    const value = /^\d{1,8}$/.test(word) ? Number(word) : 0;
    if (value < 1 || value > limit) throw new InvalidArgumentError(`It is a number from 1 to ${limit}.`);
    return value;
  };
}

function parseSeed(word: string): number {
  if (!/^\d{1,10}$/.test(word) || Number(word) > 0xffff_ffff) {
    throw new InvalidArgumentError('It is a number up to 4294967295.');
  }
  return Number(word);
}

function parseNumbers(limit: number): (word: string) => number[] {
  return (word) => {
    const values = word.split(',').map(parseUpTo(limit));
    if (new Set(values).size !== values.length) throw new InvalidArgumentError('A number stands twice.');
    return values;
  };
}
