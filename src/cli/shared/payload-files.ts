import type { Command } from 'commander';
import { DecodeError } from '../../bytes/index.js';
import {
  countPayloads,
  createPayloadSet,
  customersOverLimit,
  type PayloadSet,
  unitePayloads,
} from '../../payload/index.js';
import {
  applySlurm,
  octetPayloadFormatOf,
  type PayloadFile,
  type ReadOptions,
  readPayloadPieces,
} from '../../rpki/payloads.js';
import type { AspaLayout } from '../../rtr/index.js';
import { looksLikeCapture } from '../../unpack/captures.js';
import { endpointOfSource } from './endpoint.js';
import { checkStdin, decoded, gathered, inputError, nameOf, naming, openPeeked } from './input.js';
import { notPayloads } from './input-kind.js';
import { CliError, type Io } from './io.js';
import { collect, parseSecondsOption } from './parse-options.js';
import { createInputProblems } from './problem-log.js';
import { noteOverLimit, overLimitText } from './provider-limit.js';
import { addSlurmOption, loadSlurm } from './slurm-files.js';
import { formatTime } from './time-option.js';

/** The options by which commands take payloads. */
export interface PayloadOptions {
  readonly aspa?: readonly string[];
  readonly rpki?: readonly string[];
  readonly slurm?: readonly string[];
  readonly now?: number;
  readonly strict?: boolean;
  /** The payloads of a moment, seconds since 1970 UTC, out of the folder `spool`. */
  readonly rpkiAt?: number;
  readonly spool?: string;
  /** The vantage point of the spool whose CCRs alone count. */
  readonly node?: string;
  /** Layout of ASPA PDUs in the sessions of a capture; default `current`. */
  readonly aspaLayout?: AspaLayout;
}

/** The payloads of a file; those of a capture have nothing beside them, all is told. */
type ReadPayloads =
  | PayloadFile
  | (PayloadSet & { readonly [K in Exclude<keyof PayloadFile, keyof PayloadSet>]?: undefined });

/** How `--rpki` is explained wherever it stands. */
export const SOURCE_HELP =
  'validated payloads: a file in any dialect, a capture of RTR, - for stdin, or HOST:PORT of an RTR cache; repeat for the union';

/** Declares `--rpki`, `--aspa` (the same, by the name that suits), `--slurm`, `--now` and `--strict`. */
export function addPayloadOptions(command: Command): Command {
  return addSlurmOption(
    command
      .option('--rpki <source>', SOURCE_HELP, collect)
      .option('--aspa <source>', 'the same as --rpki', collect),
  )
    .option('--now <seconds>', 'drop payloads that have expired at this time', parseSecondsOption)
    .option('--strict', 'a fault in what is read (records, routes) is fatal: exit code 2');
}

/** The sources named by the options, in order. */
export function payloadSources({ rpki = [], aspa = [] }: Pick<PayloadOptions, 'rpki' | 'aspa'>): string[] {
  return [...rpki, ...aspa];
}

/** All that the options have read: sources and SLURM files. */
export function payloadInputs(options: PayloadOptions): string[] {
  return [...payloadSources(options), ...(options.slurm ?? [])];
}

/**
 * Reads the payload sources, unites them and applies the SLURM files. What was wrong with records is noted on stderr, and so
 * are customers with too many providers: they stay in the set, for `AspaTable` to leave out and to warn of; who has no table
 * drops them. `seen` gets each file that was read; a capture is none.
 *
 * @throws {CliError} that names the source: for one that is too long, damaged, of no dialect, without any record that can be
 * read, or that cannot be reached; in strict mode for any fault; without a source.
 */
export async function loadPayloads(
  options: PayloadOptions,
  io: Io,
  seen?: (file: PayloadFile) => void,
): Promise<PayloadSet> {
  const sources = payloadSources(options);
  checkStdin(...payloadInputs(options));
  const { rpkiAt, spool } = options;
  requireOneSource(options);
  if (sources.length === 0 && spool === undefined)
    throw new CliError('which payloads? give --rpki SOURCE or --aspa SOURCE');
  let union: PayloadSet | undefined =
    spool === undefined || rpkiAt === undefined ? undefined : await readSpool(spool, rpkiAt, options, io);
  for (const source of sources) {
    const one = await readSource(source, options, io, seen);
    if (!union) union = one;
    else unitePayloads(union, one);
  }
  const { slurm = [] } = options;
  const { seed } = io;
  const united = union ?? createPayloadSet({}, { seed });
  const payloads = slurm.length > 0 ? applySlurm(united, await loadSlurm(slurm, io), seed) : united;
  const overLimit = customersOverLimit(payloads.aspas);
  if (options.strict && overLimit[0]) throw new CliError(overLimitText(overLimit[0]));
  await noteOverLimit(overLimit, io);
  return payloads;
}

/** Refuses a time without a spool, and other sources beside one. @throws {CliError} */
export function requireOneSource(
  options: Pick<PayloadOptions, 'rpki' | 'aspa' | 'spool' | 'node'> & { readonly rpkiAt?: unknown },
): void {
  const { rpkiAt, spool, node } = options;
  if ((rpkiAt === undefined) !== (spool === undefined))
    throw new CliError('--rpki-at TIME wants --spool DIR, and the reverse');
  if (node !== undefined && spool === undefined)
    throw new CliError('--node NAME is a vantage point of a spool: it wants --spool DIR');
  if (spool !== undefined && payloadSources(options).length > 0)
    throw new CliError('--spool is a source of payloads; give no --rpki beside it');
}

const WITHOUT = {
  vrps: 'the payloads have no VRP: every route is not-found',
  aspas: 'the payloads have no ASPA: no hop is attested',
  asras: 'the payloads have no ASRA: no link is found to be fake',
} as const;

/** Says on stderr when there is nothing to judge by; a verdict of nothing looks like one of something. */
export async function noteEmpty(payloads: PayloadSet, kind: keyof typeof WITHOUT, io: Io): Promise<void> {
  if (payloads[kind].size === 0) await io.stderr.write(`pathsec: ${WITHOUT[kind]}\n`);
}

/** The nearest CCR of a spool at or before a time, which is told. @throws {CliError} where there is none. */
async function readSpool(spool: string, at: number, options: PayloadOptions, io: Io): Promise<PayloadSet> {
  const { nearestCcr } = await import('../../node/spool.js');
  const { noCcr, readSpoolCcr } = await import('./spool-ccr.js');
  const { node } = options;
  const found = await naming(spool, () => nearestCcr(spool, at, node));
  if (found === undefined) throw await noCcr(spool, `${ofNode(node)} at or before ${formatTime(at)}`);
  const name = `${found.archive}: ${found.name}`;
  await io.stderr.write(`pathsec: payloads of ${formatTime(found.time)}: ${name}\n`);
  const read = readSpoolCcr(name, found.octets, options, io);
  await tellProblems(name, read, io);
  return read;
}

/** ` of miso`, behind what is said of the CCRs of a vantage point; empty for all of them. */
export function ofNode(node: string | undefined): string {
  return node === undefined ? '' : ` of ${nameOf(node)}`;
}

/** A file, stdin, or a cache that is asked once. */
async function readSource(
  source: string,
  options: PayloadOptions,
  io: Io,
  seen?: (file: PayloadFile) => void,
): Promise<PayloadSet> {
  const endpoint = endpointOfSource(source);
  if (endpoint === undefined) {
    const file = await readPayloadFile(source, options, io);
    if (file.dialect !== undefined) seen?.(file);
    return file;
  }
  const { payloadsOfCache } = await import('./snapshot.js');
  return payloadsOfCache(endpoint, io);
}

/**
 * Reads one payload file. What was wrong with records is noted on stderr. `packed` gets the octets of one that is no text.
 * Throws as {@link loadPayloads}.
 */
export async function readPayloadFile(
  file: string,
  options: PayloadOptions,
  io: Io,
  packed?: (octets: Uint8Array) => void,
): Promise<ReadPayloads> {
  const read = await readFormat(file, options, io, packed);
  if (read.dialect !== undefined) await tellProblems(file, read, io);
  return read;
}

/** What was wrong with records, for stderr. @throws {CliError} for a file of which nothing can be read. */
export async function tellProblems(file: string, read: PayloadFile, io: Io): Promise<void> {
  const { problems, expired } = read;
  if (expired > 0) await io.stderr.write(`pathsec: ${nameOf(file)}: ${expired} payloads have expired\n`);
  const faults = createInputProblems(io);
  for (const { code, message, list, index } of problems.listed) {
    const place = index === undefined ? list : `${list}[${index}]`;
    await faults.tell(file, { code, message, place }, 'record');
  }
  faults.count(file, 'record', problems.count - problems.listed.length);
  await faults.end();
  // docs/decisions/rpki-files.md D-payload-file-useless
  if (problems.count > 0 && expired === 0 && isEmpty(read)) {
    throw new CliError(`${nameOf(file)}: nothing in it can be read`);
  }
}

/** Reads a file in the format that its beginning tells. @throws {CliError} that names the file. */
async function readFormat(
  file: string,
  { now, strict = false, aspaLayout = 'current' }: PayloadOptions,
  io: Io,
  seen: (octets: Uint8Array) => void = () => {},
): Promise<ReadPayloads> {
  const options: ReadOptions = { strict, seed: io.seed, ...(now === undefined ? {} : { now }) };
  const { head, whole, close } = await openPeeked(file, io);
  try {
    if (looksLikeCapture(head)) {
      const { payloadsOfCapture } = await import('./capture-payloads.js');
      return await payloadsOfCapture(file, whole, { strict, aspaLayout }, io);
    }
    const packed = octetPayloadFormatOf(head);
    const why = packed === undefined ? notPayloads(head) : undefined;
    if (why !== undefined) throw inputError(file, new DecodeError('not-payloads', why));
    return await naming(file, async () => {
      if (packed === undefined) return readPayloadPieces(decoded(whole), options);
      const octets = await gathered(whole);
      seen(octets);
      return packed.readOctets(octets, options);
    });
  } finally {
    await close();
  }
}

function isEmpty(payloads: PayloadSet): boolean {
  return Object.values(countPayloads(payloads)).every((count) => count === 0);
}
