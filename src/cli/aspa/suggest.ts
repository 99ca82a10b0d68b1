import type { Command } from 'commander';
import { createAspaTable } from '../../aspa/index.js';
import { createProviderSurvey, type Relation } from '../../audit/index.js';
import type { Asn } from '../../inet/index.js';
import { inputFacts } from '../../node/input-facts.js';
import { createPayloadSet } from '../../payload/index.js';
import { readAsRelationships } from '../../rpki/payloads.js';
import type { Context } from '../shared/command.js';
import { checkStdin, inFile, readText } from '../shared/input.js';
import { notRelationships } from '../shared/input-kind.js';
import { CliError, type Io } from '../shared/io.js';
import { parseAsnOption } from '../shared/parse-options.js';
import {
  addPayloadOptions,
  loadPayloads,
  type PayloadOptions,
  payloadInputs,
  payloadSources,
} from '../shared/payload-files.js';
import { createInputProblems } from '../shared/problem-log.js';
import { ROUTES_HELP, readRouteFiles, reportUnreadable } from '../shared/route-files.js';
import { createStyle } from '../shared/style.js';
import { ended, writeJson, writePieces } from '../shared/write-pieces.js';
import { suggestTextLines } from './suggest-text.js';

interface SuggestOptions extends PayloadOptions {
  readonly asRel?: string;
  readonly json?: boolean;
}

/** `pathsec aspa suggest`: the providers that routes show for an AS, each with its evidence. */
export function define(command: Command, { io, exit }: Context): void {
  addPayloadOptions(command)
    .argument('<asn>', 'the AS whose providers are looked for', parseAsnOption)
    .argument('<file...>', ROUTES_HELP)
    .option(
      '--as-rel <file>',
      'AS relationships of CAIDA (serial 1 or 2: A|B|-1, A is the provider), as further evidence',
    )
    .option('-j, --json', 'the report as one JSON object')
    .action(async (asn: Asn, files: string[], options: SuggestOptions) => {
      if (asn === 0) throw new CliError('AS 0 has no providers');
      checkStdin(...files, ...payloadInputs(options), options.asRel);
      const { aspas } =
        payloadSources(options).length > 0 ? await loadPayloads(options, io) : createPayloadSet();
      const relationOf =
        options.asRel === undefined
          ? undefined
          : await relationsOf(options.asRel, options.strict ?? false, io);
      const survey = createProviderSurvey({
        asn,
        seed: io.seed,
        aspa: createAspaTable(aspas, { seed: io.seed }),
        ...(relationOf && { relationOf }),
      });
      const report = survey.report(inputFacts(await readRouteFiles(files, io, survey.add)));
      exit(await reportUnreadable(report, options.strict ?? false, io));
      if (options.json) await writeJson(io.stdout, report);
      else await writePieces(io.stdout, ended(suggestTextLines(report, createStyle(io))));
    });
}

/** What AS relationships call two ASes. */
async function relationsOf(
  file: string,
  strict: boolean,
  io: Io,
): Promise<(asn: Asn, other: Asn) => Relation | undefined> {
  const text = await readText(file, io, undefined, notRelationships);
  const peers = new Set<string>();
  const onPeers = (a: Asn, b: Asn): void => {
    peers.add(a < b ? `${a} ${b}` : `${b} ${a}`);
  };
  const { aspas, problems } = inFile(file, () =>
    // The sign is that of CAIDA (docs/decisions/rpki-files.md D-as-rel-sign).
    readAsRelationships(text, -1, { strict, seed: io.seed, onPeers }),
  );
  const faults = createInputProblems(io);
  for (const { code, message, index } of problems.listed) {
    await faults.tell(file, { code, message, place: `line ${index}` }, 'record');
  }
  faults.count(file, 'record', problems.count - problems.listed.length);
  await faults.end();
  return (asn, other) => {
    if (aspas.get(asn)?.providers.includes(other)) return 'provider';
    if (aspas.get(other)?.providers.includes(asn)) return 'customer';
    return peers.has(asn < other ? `${asn} ${other}` : `${other} ${asn}`) ? 'peer' : undefined;
  };
}
