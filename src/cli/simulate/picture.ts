import { type Graph, graphSvg, layeredGraph } from '../../draw/index.js';
import { formatPrefix } from '../../inet/index.js';
import { nextHopOf, OUTCOMES, type Outcome, type Simulation } from '../../simulate/index.js';
import { CliError } from '../shared/io.js';

/** More ASes cannot be told from each other in a picture. */
const MAX_ASES = 60;

const COLORS: Readonly<Record<Outcome, string>> = {
  attacker: '#c0392b',
  victim: '#23784a',
  disconnected: '#6b7280',
  loop: '#7d3c98',
};

/** @throws {CliError} for more ASes than a picture holds. */
export function checkPicture({ topology }: Simulation): void {
  const { length } = topology.asns;
  if (length > MAX_ASES) throw new CliError(`a picture holds up to ${MAX_ASES} ASes, and here are ${length}`);
}

/** The topology in layers with the ways of traffic, as SVG text. */
export function svgPicture(simulation: Simulation, outcomes: readonly Outcome[]): string {
  return `${graphSvg(layeredGraph(graphOf(simulation, outcomes)))}\n`;
}

/** The same as text for Graphviz. */
export function dotPicture(simulation: Simulation, outcomes: readonly Outcome[]): string {
  const { title, nodes, links, flows, parts } = graphOf(simulation, outcomes);
  const color = (part: number): string => parts[part]?.color ?? 'black';
  const isFlow = (a: number, b: number) => flows.find(({ from, to }) => from === a && to === b);
  return [
    `digraph ${JSON.stringify(title)} {`,
    '  node [shape=box, style="filled,rounded", fontcolor=white];',
    ...nodes.map(({ label, part, strong }) => {
      return `  ${label} [fillcolor="${color(part)}"${strong ? ', penwidth=3' : ''}];`;
    }),
    ...links.map(({ from, to, kind }) => {
      const style = kind === 'across' ? 'style=dashed, constraint=false' : 'style=solid';
      return `  ${nodes[from]?.label} -> ${nodes[to]?.label} [dir=none, color=gray, ${style}];`;
    }),
    ...nodes.flatMap((_, a) =>
      nodes.flatMap((_, b) => {
        const flow = isFlow(a, b);
        const ends = `${nodes[a]?.label} -> ${nodes[b]?.label}`;
        return flow ? [`  ${ends} [color="${color(flow.part)}", penwidth=2, constraint=false];`] : [];
      }),
    ),
    '}',
    '',
  ].join('\n');
}

function graphOf(simulation: Simulation, outcomes: readonly Outcome[]): Graph {
  const { scenario, topology } = simulation;
  const { asns } = topology;
  const indices = new Map([...asns].map((asn, i) => [asn, i]));
  const at = (asn: number): number => indices.get(asn) ?? 0;
  const partOf = (i: number): number => OUTCOMES.indexOf(outcomes[i] as Outcome);
  const ends = [...scenario.attackers, ...scenario.victims].map(at);
  const said = new Set<string>();
  const links = scenario.links.flatMap(([a, b, kind]) => {
    const key = [Math.min(a, b), Math.max(a, b)].join(' ');
    if (said.has(key)) return [];
    said.add(key);
    return [{ from: at(a), to: at(b), kind: kind === 0 ? ('across' as const) : ('down' as const) }];
  });
  const flows = [...asns.keys()].flatMap((from) => {
    const to = ends.includes(from) ? -1 : nextHopOf(simulation, from);
    return to < 0 ? [] : [{ from, to, part: partOf(from) }];
  });
  const policies = new Map(scenario.policies.map(({ asn, names }) => [asn, names.join(', ')]));
  const target = scenario.target ? formatPrefix(scenario.target).replace(/\/.*/, '') : 'nowhere';
  const there = OUTCOMES.map((name) => [name, [...asns].filter((_, i) => outcomes[i] === name)] as const);
  const inWords = there
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => `${name}: ${list.join(' ')}`);
  return {
    title: `Traffic to ${target}`,
    description: inWords.join('; '),
    nodes: [...asns].map((asn, i) => {
      const does = policies.get(asn);
      return {
        label: String(asn),
        part: partOf(i),
        text: `AS${asn}: ${outcomes[i]}${does ? `; ${does}` : ''}`,
        strong: ends.includes(i),
      };
    }),
    links,
    flows,
    parts: OUTCOMES.map((name) => ({ name, color: COLORS[name] })),
  };
}
