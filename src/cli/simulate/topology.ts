import { type Command, InvalidArgumentError } from 'commander';
import {
  describeTopology,
  type GeneratedTopology,
  generateTopology,
  type TopologyFigures,
  writeAsRelationships,
} from '../../simulate/index.js';
import type { Context } from '../shared/command.js';
import { CliError } from '../shared/io.js';
import { prepareOutput } from '../shared/output-file.js';
import { formatCount } from '../shared/text-table.js';
import { ended, writeJson, writePieces } from '../shared/write-pieces.js';
import { loadTopology } from './topology-file.js';

interface TopologyOptions {
  readonly ases?: number;
  readonly links?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** Links for each AS, where their number is not given: 75,000 ASes have 500,000. */
const LINKS_OF_AN_AS = 20 / 3;

/** `pathsec simulate topology`: makes a topology, or says what the one of a file is like. */
export function define(command: Command, { io }: Context): void {
  command
    .argument('[file]', 'AS relationships of CAIDA (serial 1 or 2) or JSON to describe; absent: one is made')
    .option('--ases <number>', 'ASes to make, 20 to 1,000,000 (default: 75000)', parseWhole)
    .option('--links <number>', 'links to make (default: 20/3 for each AS)', parseWhole)
    .option('--seed <number>', 'seed of what is made (default: 1)', parseWhole)
    .option('--out <file>', 'write what is made there instead of to stdout')
    .option('-j, --json', 'the figures, or the topology that is made, as one JSON object')
    .action(async (file: string | undefined, options: TopologyOptions) => {
      if (file !== undefined) {
        const made = (['ases', 'links', 'seed', 'out'] as const).find((name) => options[name] !== undefined);
        if (made !== undefined)
          throw new CliError(`--${made} is for a topology that is made, not for a file`);
        const read = await loadTopology(file, io);
        const figures = describeTopology(read.topology, read.clique);
        if (options.json) {
          const { clique, exchanges, sha256 } = read;
          await writeJson(io.stdout, { ...figures, clique, exchanges, sha256 });
        } else await writePieces(io.stdout, ended(figuresText(figures, read.exchanges.length, read.sha256)));
        return;
      }
      const { ases = 75_000, links = Math.round(LINKS_OF_AN_AS * ases), seed = 1, out } = options;
      const output = out === undefined ? undefined : await prepareOutput(out);
      const lines = options.json
        ? [JSON.stringify(topologyJson(made({ ases, links, seed })))]
        : linesOf(made({ ases, links, seed }), { ases, links, seed });
      if (output === undefined) await writePieces(io.stdout, ended(lines));
      else await output.write([...ended(lines)].join(''));
    });
}

interface Settings {
  readonly ases: number;
  readonly links: number;
  readonly seed: number;
}

function made(settings: Settings): GeneratedTopology {
  try {
    return generateTopology(settings);
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(`--${error.message}`);
    throw error;
  }
}

function linesOf({ topology, clique }: GeneratedTopology, { ases, links, seed }: Settings): Iterable<string> {
  return writeAsRelationships(topology, clique, [
    `made by pathsec simulate topology --ases ${ases} --links ${links} --seed ${seed}`,
  ]);
}

/** The members of a scenario file. */
function topologyJson({ topology, clique }: GeneratedTopology): object {
  const links = [...writeAsRelationships(topology, [])].map((line) => line.split('|').map(Number));
  return { links, clique };
}

function* figuresText(figures: TopologyFigures, exchanges: number, sha256: string): Generator<string> {
  const { tiers, mostCustomers, mostPeers, degreeExponent, providerCircles } = figures;
  const rows: [string, string][] = [
    ['ASes', formatCount(figures.ases)],
    ['links', formatCount(figures.links)],
    ['to providers', formatCount(figures.providerLinks)],
    ['between peers', formatCount(figures.peerLinks)],
    ['tier 1', formatCount(tiers.tier1)],
    ['transit', formatCount(tiers.transit)],
    ['edge, several neighbours', formatCount(tiers.multihomed)],
    ['edge, one neighbour', formatCount(tiers.stub)],
    ['exchanges', formatCount(exchanges)],
    ['providers of an AS', figures.meanProviders.toFixed(2)],
  ];
  if (mostCustomers)
    rows.push(['most customers', `${formatCount(mostCustomers.count)}, AS${mostCustomers.asn}`]);
  if (mostPeers) rows.push(['most peers', `${formatCount(mostPeers.count)}, AS${mostPeers.asn}`]);
  if (degreeExponent !== undefined) rows.push(['exponent of degrees', degreeExponent.toFixed(2)]);
  rows.push(['circles of providers', formatCount(providerCircles.length)], ['SHA-256', sha256]);
  for (const [name, value] of rows) yield `${name.padEnd(25)} ${value}`;
}

function parseWhole(text: string): number {
  if (!/^[0-9]{1,10}$/.test(text)) throw new InvalidArgumentError('A whole number.');
  return Number(text);
}
