import type { Command } from 'commander';
import { type Graph, graphDot, graphSvg, layeredGraph } from '../../draw/index.js';
import { type Asn, formatPrefix } from '../../inet/index.js';
import {
  OUTCOMES,
  type Outcome,
  outcomesOf,
  type RibRoute,
  ribs,
  type Simulation,
  scenarioAnswer,
  simulate,
  trafficGraph,
} from '../../simulate/index.js';
import type { Context } from '../shared/command.js';
import { inFile } from '../shared/input.js';
import { CliError } from '../shared/io.js';
import { prepareOutput } from '../shared/output-file.js';
import { parseAsnOption } from '../shared/parse-options.js';
import { formatTable } from '../shared/text-table.js';
import { ended, writeJson, writePieces } from '../shared/write-pieces.js';
import { explain, explanationJson, explanationText } from './explain-text.js';
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
      // What is too long to be told is refused before anything is written.
      const { explain: asn, json } = options;
      const answer = json ? inFile(file, () => scenarioAnswer(simulation, outcomes)) : undefined;
      const routes = json || asn !== undefined ? [] : inFile(file, () => [...ribs(simulation)]);
      const pictures = [
        { file: options.svg, draw: (graph: Graph) => `${graphSvg(layeredGraph(graph))}\n` },
        { file: options.dot, draw: graphDot },
      ];
      for (const { file: to, draw } of pictures) {
        if (to === undefined) continue;
        const text = draw(graphOf(simulation, outcomes));
        await (await prepareOutput(to)).write(text);
      }
      const explained = asn === undefined ? undefined : explain(simulation, asn);
      if (answer) {
        await writeJson(io.stdout, explained ? { ...answer, explain: explanationJson(explained) } : answer);
      } else if (asn !== undefined && explained) {
        await writePieces(io.stdout, ended(explanationText(asn, explained)));
      } else await writePieces(io.stdout, ended(toText(simulation, routes, outcomes)));
    });
}

/** @throws {CliError} for more ASes than a picture holds. */
function graphOf(simulation: Simulation, outcomes: readonly Outcome[]): Graph {
  try {
    return trafficGraph(simulation, outcomes);
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(error.message);
    throw error;
  }
}

type Ribs = readonly (readonly [asn: number, routes: ReadonlyMap<string, RibRoute>])[];

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
