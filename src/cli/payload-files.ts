import type { Command } from 'commander';
import { createPayloadSet, customersOverLimit, type PayloadSet } from '../payload/index.js';
import { readPayloads } from '../rpki/payloads.js';
import { inFile, readText } from './input.js';
import { CliError, type Io } from './io.js';
import { collect, parseSecondsOption } from './parse-options.js';
import { noteOverLimit, overLimitText } from './provider-limit.js';

/** The options by which commands take payload files. */
export interface PayloadOptions {
  readonly aspa?: readonly string[];
  readonly rpki?: readonly string[];
  readonly now?: number;
  readonly strict?: boolean;
}

/** Declares `--rpki`, `--aspa` (the same, by the name that suits), `--now` and `--strict`. */
export function addPayloadOptions(command: Command): Command {
  return command
    .option('--rpki <file>', 'validated payloads in any dialect; repeat for the union; - is stdin', collect)
    .option('--aspa <file>', 'the same as --rpki', collect)
    .option('--now <seconds>', 'drop payloads that have expired at this time', parseSecondsOption)
    .option('--strict', 'a faulty record in a payload file is fatal');
}

/** The files named by the options, in order. */
export function payloadFiles({ rpki = [], aspa = [] }: PayloadOptions): string[] {
  return [...rpki, ...aspa];
}

/**
 * Reads payload files and unites them. What was wrong with records is noted on stderr, and so are customers with too many
 * providers: they stay in the set, for `AspaTable` to leave out and to warn of; who has no table drops them.
 *
 * @throws {CliError} without a file; for a file that is too long, damaged, of no dialect, or without any record that can be
 * read; in strict mode for any fault.
 */
export async function loadPayloads(options: PayloadOptions, io: Io): Promise<PayloadSet> {
  const files = payloadFiles(options);
  if (files.length === 0) throw new CliError('which payloads? give --rpki FILE or --aspa FILE');
  let union: PayloadSet | undefined;
  for (const file of files) {
    const one = await readPayloadFile(file, options, io);
    if (!union) union = one;
    else {
      for (const vrp of one.vrps) union.vrps.announce(vrp);
      for (const key of one.routerKeys) union.routerKeys.announce(key);
      union.aspas.unite(one.aspas); // per customer the union, not the last one
    }
  }
  const payloads = union ?? createPayloadSet();
  const overLimit = customersOverLimit(payloads.aspas);
  if (options.strict && overLimit[0]) throw new CliError(overLimitText(overLimit[0]));
  await noteOverLimit(overLimit, io);
  return payloads;
}

async function readPayloadFile(file: string, options: PayloadOptions, io: Io): Promise<PayloadSet> {
  const { now, strict = false } = options;
  const text = await readText(file, io);
  const read = inFile(file, () => readPayloads(text, { strict, ...(now === undefined ? {} : { now }) }));
  const { problems, expired, vrps, aspas, routerKeys } = read;
  if (expired > 0) await io.stderr.write(`pathsec: ${file}: ${expired} payloads have expired\n`);
  for (const { code, message, list, index } of problems.listed.slice(0, 10)) {
    const place = index === undefined ? list : `${list}[${index}]`;
    await io.stderr.write(`pathsec: ${file}: ${place}: ${message} (${code})\n`);
  }
  if (problems.count > 10) {
    await io.stderr.write(`pathsec: ${file}: ${problems.count} faults in all; --strict makes them fatal\n`);
  }
  // docs/decisions.md D-payload-file-useless
  if (problems.count > 0 && expired + vrps.size + aspas.size + routerKeys.size === 0) {
    throw new CliError(`${file}: nothing in it can be read`);
  }
  return read;
}
