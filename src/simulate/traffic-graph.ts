import type { Graph, GraphPart } from '../draw/index.js';
import { type Asn, formatPrefix } from '../inet/index.js';
import { nextHopOf, OUTCOMES, type Outcome } from './outcomes.js';
import type { Scenario } from './scenario.js';
import type { Simulation } from './simulate.js';

/** More ASes cannot be told from each other in a picture. */
export const MAX_DRAWN = 60;

/** White writing can be read on all of them, and who sees no red or green tells them apart. */
const LOOKS: Readonly<Record<Outcome, Omit<GraphPart, 'name'>>> = {
  attacker: { color: '#b3261e', sign: '✕' },
  victim: { color: '#0a6ebd', sign: '✓' },
  disconnected: { color: '#55606f', sign: '?' },
  loop: { color: '#7d3c98', sign: '↻' },
};

/**
 * The topology of a scenario with the ways of traffic as a graph for `layeredGraph` of `pathsec/draw`: providers above, each AS
 * by where its traffic ends, with its part in the scenario and what it does. The nodes are the ASes by index.
 *
 * @param outcomes by index, of `outcomesOf`.
 * @throws {RangeError} for more ASes than {@link MAX_DRAWN}.
 */
export function trafficGraph(simulation: Simulation, outcomes: readonly Outcome[]): Graph {
  const { scenario, topology } = simulation;
  const asns = [...topology.asns];
  if (asns.length > MAX_DRAWN) {
    throw new RangeError(`a picture holds up to ${MAX_DRAWN} ASes, and here are ${asns.length}`);
  }
  const indices = new Map(asns.map((asn, i) => [asn, i]));
  const at = (asn: Asn): number => indices.get(asn) ?? 0;
  const partOf = (i: number): number => OUTCOMES.indexOf(outcomes[i] as Outcome);
  const ends = new Set([...scenario.attackers, ...scenario.victims].map(at));
  const flows = asns.flatMap((_, from) => {
    const to = ends.has(from) ? -1 : nextHopOf(simulation, from);
    return to < 0 ? [] : [{ from, to, part: partOf(from) }];
  });
  const policies = new Map(scenario.policies.map(({ asn, names }) => [asn, names.join(', ')]));
  const target = scenario.target ? formatPrefix(scenario.target).replace(/\/.*/, '') : 'nowhere';
  const there = OUTCOMES.map((name) => [name, asns.filter((_, i) => outcomes[i] === name)] as const);
  const inWords = there
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => `${name}: ${list.join(' ')}`);
  return {
    title: `Traffic to ${target}`,
    description: inWords.join('; '),
    nodes: asns.map((asn, i) => {
      const parts = partsOf(scenario, asn);
      const does = policies.get(asn);
      return {
        label: String(asn),
        part: partOf(i),
        text: [`AS${asn}: ${outcomes[i]}`, ...parts, ...(does ? [does] : [])].join('; '),
        notes: [...(parts.length > 0 ? [parts.join(', ')] : []), ...(does ? [does] : [])],
        strong: ends.has(i),
      };
    }),
    links: linksOf(scenario, at),
    flows,
    parts: OUTCOMES.map((name) => ({ name, ...LOOKS[name] })),
  };
}

/** What an AS is in a scenario. */
function partsOf({ attackers, leaks, victims }: Scenario, asn: Asn): string[] {
  return [
    ...(attackers.includes(asn) ? ['attacker'] : []),
    ...(leaks.some((leak) => leak.asn === asn) ? ['leaks'] : []),
    ...(victims.includes(asn) ? ['victim'] : []),
  ];
}

function linksOf({ links }: Scenario, at: (asn: Asn) => number): Graph['links'] {
  const said = new Set<string>();
  return links.flatMap(([a, b, kind]) => {
    const key = [Math.min(a, b), Math.max(a, b)].join(' ');
    if (said.has(key)) return [];
    said.add(key);
    return [{ from: at(a), to: at(b), kind: kind === 0 ? ('across' as const) : ('down' as const) }];
  });
}
