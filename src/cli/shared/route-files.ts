import type { AuditProblem, InputFacts } from '../../audit/index.js';
import { DecodeError, printable } from '../../bytes/index.js';
import { inputFacts, type RouteFile } from '../../node/input-facts.js';
import type { Through } from '../../node/input-open.js';
import { readRoutes } from '../../node/input-routes.js';
import { readably } from '../../node/system-error.js';
import type { OnElement } from '../../routes/index.js';
import { beginningOf } from '../../unpack/index.js';
import { addPathNotes } from './add-path-notes.js';
import { nameOf, openChunks } from './input.js';
import { notRoutes } from './input-kind.js';
import type { Io } from './io.js';
import { peek } from './peek.js';
import { createInputProblems } from './problem-log.js';
import { createProgress, type Progress } from './progress.js';

/** How an argument of files of routes is explained; a test holds it to the table of formats. */
export const ROUTES_HELP =
  'files of routes: MRT, BMP, OpenBMP, pcap, pcapng, bgpdump -m, bgpreader, bgpkit, show ip bgp; RIS Live JSON, ExaBGP JSON, GoBGP JSON, ' +
  'bgpipe JSON, bgpkit JSON; lines of "prefix|path|peerAs" or of paths; - is stdin';

/**
 * Reads the routes of files in order, in any form, with a progress display where a person watches. A file that cannot be
 * read does not keep the others from being read; {@link unreadable} tells of it. Elements are reused.
 *
 * @param between is waited for after each piece of a file: who passes elements on holds the reading by it.
 * @param through sees the octets of the files as they are stored.
 * @param shown the progress display where there is one already.
 */
export async function readRouteFiles(
  files: readonly string[],
  io: Io,
  onElement: OnElement,
  {
    between,
    through,
    shown,
  }: {
    readonly between?: (() => Promise<void>) | undefined;
    readonly through?: Through | undefined;
    readonly shown?: Progress | undefined;
  } = {},
): Promise<RouteFile[]> {
  const progress = shown ?? (await createProgress(io));
  const begins = new Map<string, string>();
  const open = async function* (file: string): AsyncGenerator<Uint8Array> {
    for await (const chunk of openRoutes(file, io, (head) => begins.set(file, beginningOf(head)), through)) {
      yield chunk;
      await between?.();
    }
  };
  try {
    const inputs = await readRoutes(files, onElement, { reuse: true, seed: io.seed }, progress?.update, open);
    return inputs.map((input) => ({ ...input, begins: begins.get(input.path) }));
  } finally {
    if (shown === undefined) progress?.stop();
  }
}

/** The octets of an input of routes; whatever keeps them from being read is a DecodeError, so that the reading goes on. */
export async function* openRoutes(
  file: string,
  io: Io,
  onBeginning?: (head: Uint8Array) => void,
  through?: Through,
): AsyncGenerator<Uint8Array> {
  const { head, whole, close } = await peek(readably(openChunks(file, io, through)));
  onBeginning?.(head);
  const foreign = notRoutes(head);
  if (foreign !== undefined) {
    await close();
    throw new DecodeError('not-routes', foreign, { field: 'input', offset: 0 });
  }
  yield* whole;
}

/** An entry of {@link unreadable} as a line for the head of a report, escaped. */
export function unreadableText({ code, file = '-', message }: AuditProblem): string {
  return `not a whole file of routes: ${nameOf(file)}: ${printable(message)} (${code})`;
}

/**
 * Says on stderr what could not be read, and in strict mode that there were faults.
 *
 * @returns the exit code: 2 then (docs/decisions/cli.md D-cli-unreadable-routes), else 0.
 */
export async function reportUnreadable(
  { problems, unreadable: inputs }: Pick<Required<InputFacts>, 'problems' | 'unreadable'>,
  strict: boolean,
  io: Io,
): Promise<number> {
  const faults = createInputProblems(io, strict);
  for (const { code, file = '-', message } of inputs) await faults.tell(file, { code, message }, 'refused');
  faults.count('routes', 'record', problems.count); // the report has them
  return faults.end();
}

/**
 * As {@link reportUnreadable}, for a command without a report: what was read with Path Identifiers against its record is a line
 * on stderr too.
 */
export async function tellInputs(inputs: readonly RouteFile[], strict: boolean, io: Io): Promise<number> {
  const facts = inputFacts(inputs);
  for (const note of addPathNotes(facts.addPath)) await io.stderr.write(`pathsec: ${printable(note)}\n`);
  return reportUnreadable(facts, strict, io);
}
