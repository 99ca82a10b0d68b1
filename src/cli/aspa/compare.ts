import type { Command } from 'commander';
import {
  ASPA_REVISIONS,
  type AspaRevision,
  CURRENT_REVISION,
  compareRevisions,
  createRevisionTables,
  type NeighborRole,
  type Procedure,
  type RevisionDifference,
  type RevisionInput,
} from '../../aspa/index.js';
import { formatAsPath } from '../../bgp/index.js';
import type { Asn } from '../../inet/index.js';
import { inputFacts } from '../../node/input-facts.js';
import type { Element } from '../../routes/index.js';
import { addPathNotes } from '../shared/add-path-notes.js';
import type { Context } from '../shared/command.js';
import { checkStdin } from '../shared/input.js';
import { CliError } from '../shared/io.js';
import {
  parseAsnOption,
  parseProcedureOption,
  parseRevisionsOption,
  parseRoleOption,
  readRole,
} from '../shared/parse-options.js';
import {
  addPayloadOptions,
  loadPayloads,
  noteEmpty,
  type PayloadOptions,
  payloadInputs,
} from '../shared/payload-files.js';
import { ROUTES_HELP, readRouteFiles, reportUnreadable, unreadableText } from '../shared/route-files.js';
import { plural } from '../shared/text-table.js';
import { writePieces } from '../shared/write-pieces.js';
import { createMalformedCounter } from './path-warnings.js';

interface CompareOptions extends PayloadOptions {
  readonly revisions: readonly [AspaRevision, AspaRevision];
  readonly neighborRole?: NeighborRole;
  readonly neighborAs?: Asn;
  readonly direction?: Procedure;
  readonly json?: boolean;
}

/** `pathsec aspa compare`: the distinct paths of files judged by two revisions of the draft. */
export function define(command: Command, { io, exit }: Context): void {
  addPayloadOptions(command)
    .argument('<file...>', ROUTES_HELP)
    .option('--revisions <two>', `the revisions, of ${ASPA_REVISIONS.join(', ')}`, parseRevisionsOption, [
      '06',
      CURRENT_REVISION,
    ] as const)
    .option(
      '--neighbor-role <role>',
      'what the neighbour is to us; a line of text may name its own',
      parseRoleOption,
    )
    .option('--neighbor-as <asn>', 'neighbour AS for step 2; by default it is not run', parseAsnOption)
    .option('--direction <procedure>', 'upstream or downstream, in place of a role', parseProcedureOption)
    .option('-j, --json', 'JSON Lines: unreadable inputs, the differences, one object with the counts')
    .action(async (files: string[], options: CompareOptions) => {
      const { revisions, json } = options;
      checkStdin(...files, ...payloadInputs(options));
      const payloads = await loadPayloads(options, io);
      await noteEmpty(payloads, 'aspas', io);
      const tables = createRevisionTables(payloads.aspas, { seed: io.seed });
      const inputs = new Map<string, RevisionInput>();
      const read = await readRouteFiles(files, io, (element) => addInput(inputs, element, options));
      const facts = inputFacts(read);
      exit(await reportUnreadable(facts, options.strict ?? false, io));
      for (const fault of facts.unreadable) {
        await io.stdout.write(
          json ? `${JSON.stringify({ unreadable: fault })}\n` : `! ${unreadableText(fault)}\n`,
        );
      }
      const malformed = createMalformedCounter();
      for (const { asPath } of inputs.values()) malformed.add(asPath);
      await malformed.note(io);
      const differences: RevisionDifference[] = [];
      const { compared, differing, counts } = compareRevisions(
        tables,
        revisions,
        inputs.values(),
        (difference) => differences.push(difference),
      );
      await writePieces(io.stdout, differenceLines(differences, revisions, json));
      const rows = counts.map(
        ({ first, second, paths }) =>
          `${first.padEnd(12)} ${second.padEnd(12)} ${String(paths).padStart(9)}\n`,
      );
      const { count } = facts.problems;
      const faults = count === 0 ? '' : `${plural(count, 'fault')} in the input\n`;
      const notes = addPathNotes(facts.addPath).map((note) => `${note}\n`);
      await io.stdout.write(
        json
          ? `${JSON.stringify({ revisions, compared, differing, counts, unreadable: facts.unreadable, faults: facts.problems.count, addPath: facts.addPath })}\n`
          : `${differing === 0 ? '' : '\n'}${differing} of ${compared} distinct paths differ\n${faults}${notes.join('')}` +
              `draft-${revisions[0]}`.padEnd(13) +
              `draft-${revisions[1]}`.padEnd(13) +
              `${'paths'.padStart(9)}\n${rows.join('')}`,
      );
    });
}

function* differenceLines(
  differences: readonly RevisionDifference[],
  revisions: readonly [AspaRevision, AspaRevision],
  json = false,
): Generator<string> {
  for (const { input, first, second } of differences) {
    const path = formatAsPath(input.asPath);
    const neighborRole = input.neighborRole ?? null;
    yield json
      ? `${JSON.stringify({ path, neighborRole, [revisions[0]]: first, [revisions[1]]: second })}\n`
      : `${first.padEnd(12)} ${second.padEnd(12)} ${path}\n`;
  }
}

function addInput(inputs: Map<string, RevisionInput>, element: Element, options: CompareOptions): void {
  if (element.kind !== 'path' && element.kind !== 'route') return;
  if (element.kind === 'route' && (element.local || !element.hasAsPath)) return;
  const { asPath } = element;
  const role = (element.kind === 'path' ? readRole(element.role) : undefined) ?? options.neighborRole;
  const procedure = options.direction;
  if (!role && !procedure) throw new CliError('which direction? give --neighbor-role or --direction');
  const key = `${role ?? ''} ${formatAsPath(asPath)}`;
  if (inputs.has(key)) return;
  const afi = element.kind === 'route' ? { afi: element.prefix.afi } : {};
  const neighbor = options.neighborAs === undefined ? {} : { neighborAs: options.neighborAs };
  inputs.set(key, {
    asPath,
    ...neighbor,
    ...afi,
    ...(role ? { neighborRole: role } : {}),
    ...(procedure ? { procedure } : {}),
  });
}
