import type { Command } from 'commander';
import { type Asn, formatPrefix } from '../../inet/index.js';
import {
  OUTCOMES,
  type Outcome,
  outcomesOf,
  type RibRoute,
  ribs,
  type Simulation,
  simulate,
} from '../../simulate/index.js';
import type { Context } from '../shared/command.js';
import { inFile } from '../shared/input.js';
import { prepareOutput } from '../shared/output-file.js';
import { parseAsnOption } from '../shared/parse-options.js';
import { formatTable } from '../shared/text-table.js';
import { ended, writeJson, writePieces } from '../shared/write-pieces.js';
import { explain, explanationJson, explanationText } from './explain-text.js';
import { checkPicture, dotPicture, svgPicture } from './picture.js';
import { loadScenario } from './scenario-file.js';

interface ScenarioOptions {
  readonly json?: boolean;
  readonly explain?: Asn;
  readonly svg?: string;
  readonly dot?: string;
}

/** `pathsec simulate scenario`: what the ASes of one file choose, and where their traffic ends. */
export function define(command: Command, { io }: Context): void {
  command
    .argument('<file>', 'the scenario as JSON (docs/simulate.md); - is stdin')
    .option('-j, --json', 'all routes and outcomes as one JSON object')
    .option('--explain <asn>', 'what an AS was offered, and what became of it', parseAsnOption)
    .option('--svg <file>', 'draw the topology and the ways of traffic, for up to 60 ASes')
    .option('--dot <file>', 'the same as text for Graphviz')
    .action(async (file: string, options: ScenarioOptions) => {
      const scenario = await loadScenario(file, io);
      const simulation = inFile(file, () => simulate(scenario, { seed: io.seed }));
      const outcomes = outcomesOf(simulation);
      const routes = inFile(file, () => [...ribs(simulation)]);
      const pictures = [
        { file: options.svg, draw: svgPicture },
        { file: options.dot, draw: dotPicture },
      ];
      for (const { file: to, draw } of pictures) {
        if (to === undefined) continue;
        checkPicture(simulation);
        await (await prepareOutput(to)).write(draw(simulation, outcomes));
      }
      const { explain: asn } = options;
      const explained = asn === undefined ? undefined : explain(simulation, asn);
      if (options.json) {
        const answer = toJson(simulation, routes, outcomes);
        await writeJson(io.stdout, explained ? { ...answer, explain: explanationJson(explained) } : answer);
      } else if (asn !== undefined && explained) {
        await writePieces(io.stdout, ended(explanationText(asn, explained)));
      } else await writePieces(io.stdout, ended(toText(simulation, routes, outcomes)));
    });
}

type Ribs = readonly (readonly [asn: number, routes: ReadonlyMap<string, RibRoute>])[];

/** The answer that other programs read (docs/simulate.md). */
function toJson({ topology }: Simulation, routes: Ribs, outcomes: readonly Outcome[]): object {
  const { asns } = topology;
  const rib = routes.map(([asn, own]) => {
    const written = [...own].map(([prefix, { path, ...route }]) => [
      prefix,
      { ...route, path: path.join(' ') },
    ]);
    return [asn, Object.fromEntries(written)] as const;
  });
  const outcome = outcomes.map((one, i) => [asns[i], one] as const);
  return { rib: Object.fromEntries(rib), outcome: Object.fromEntries(outcome) };
}

function* toText(
  { scenario, topology }: Simulation,
  routes: Ribs,
  outcomes: readonly Outcome[],
): Generator<string> {
  const { asns } = topology;
  const { target } = scenario;
  yield target ? `traffic to ${formatPrefix(target).replace(/\/.*/, '')}` : 'no prefix, no traffic';
  for (const outcome of OUTCOMES) {
    const there = outcomes.flatMap((one, i) => (one === outcome ? [String(asns[i])] : []));
    if (there.length > 0)
      yield `${outcome.padEnd(14)} ${there.length} AS${there.length === 1 ? '' : 'es'}: ${there.join(' ')}`;
  }
  const rows = routes.flatMap(([asn, own]) =>
    [...own].map(([prefix, { relation, path, blackhole }]) => [
      String(asn),
      prefix,
      blackhole ? `${relation}, dropped` : relation,
      path.join(' '),
    ]),
  );
  if (rows.length === 0) return;
  yield '';
  yield* formatTable(
    [{ head: 'AS', align: 'right' }, { head: 'prefix' }, { head: 'from' }, { head: 'path' }],
    rows,
  );
}
