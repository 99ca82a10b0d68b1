import type { Graph } from './graph.js';

/** A graph as text for Graphviz, which lays it out itself: links without a direction, flows over them. */
export function graphDot({ flows, links, nodes, parts, title }: Graph): string {
  const names = nodes.map(({ label }) => (/^[0-9]+$/.test(label) ? label : JSON.stringify(label)));
  const color = (part: number): string => JSON.stringify(parts[part]?.color ?? 'black');
  return [
    `digraph ${JSON.stringify(title)} {`,
    '  node [shape=box, style="filled,rounded", fontcolor=white];',
    ...nodes.map(({ label, notes = [], part, strong }, node) => {
      const sign = parts[part]?.sign;
      const name = sign === undefined ? label : `${sign} ${label}`;
      const said = JSON.stringify([name, ...notes].join('\n'));
      return `  ${names[node]} [label=${said}, fillcolor=${color(part)}${strong ? ', penwidth=3' : ''}];`;
    }),
    ...links.map(({ from, to, kind }) => {
      const style = kind === 'across' ? 'style=dashed, constraint=false' : 'style=solid';
      return `  ${names[from]} -> ${names[to]} [dir=none, color=gray, ${style}];`;
    }),
    ...flows.map(
      ({ from, part, to }) =>
        `  ${names[from]} -> ${names[to]} [color=${color(part)}, penwidth=2, constraint=false];`,
    ),
    '}',
    '',
  ].join('\n');
}
