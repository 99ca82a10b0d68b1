import type { LaidOutHop, RampLayout } from './layout-ramps.js';
import { AS_PARTS, HOP_PARTS } from './sentences.js';

/** Columns that the tallest ramp may take; taller ones are drawn to scale. */
const MAX_INDENT = 24;
const LEGEND = 'ramps climb to the right;  X contradicts an attestation;  ? is attested by nobody';

/**
 * Draws the path as a mountain on its side, which climbs to the right: the neighbour on the first line, the origin on the
 * last, one line for each AS and each hop between (the picture of draft-28 §5.2, turned). An `invalid` path is drawn with
 * its longest possible ramps, the others with the ramps that are attested; `X` marks the hops that end the longest ones,
 * `?` hops that nobody attests. NON-SPEC.
 */
export function drawRamps({ ases, height, hops }: RampLayout): string[] {
  const step = Math.min(2, MAX_INDENT / Math.max(1, height));
  const indents = ases.map(({ level }) => Math.round(level * step));
  const rows: [string, string][] = [];
  for (const [i, { asn, index, parts }] of ases.entries()) {
    const indent = indents[i] ?? 0;
    rows.push([
      `A(${index})`.padEnd(7) + ' '.repeat(indent) + asn,
      parts.map((part) => AS_PARTS[part]).join(', '),
    ]);
    const hop = hops[index - 2];
    if (hop === undefined) break;
    const { glyph, text } = hopNote(hop);
    const column = Math.max(indent, indents[i + 1] ?? 0) + 1;
    rows.push([' '.repeat(7 + column) + glyph, text]);
  }
  const width = Math.max(...rows.map(([left]) => left.length)) + 4;
  const drawing = rows.map(([left, right]) => (left.padEnd(width) + right).trimEnd());
  return [LEGEND, ...drawing];
}

function hopNote({ down, lower, part, up, upper }: LaidOutHop): { glyph: string; text: string } {
  const climb = `${lower} -> ${upper}  ${up.authorization}`;
  const descend = `${upper} -> ${lower}  ${down.authorization}`;
  switch (part) {
    case 'in-up-ramp':
    case 'in-both-ramps':
      return { glyph: up.authorization === 'provider+' ? '/' : '?', text: climb };
    case 'in-down-ramp':
      return { glyph: down.authorization === 'provider+' ? '\\' : '?', text: descend };
    case 'level':
      return { glyph: '|', text: `${lower} -- ${upper}  ${HOP_PARTS[part]}` };
    case 'ends-up-ramp':
      return { glyph: wall(up), text: `${climb}  < ${HOP_PARTS[part]}` };
    case 'ends-down-ramp':
      return { glyph: wall(down), text: `${descend}  < ${HOP_PARTS[part]}` };
    default:
      return { glyph: ':', text: HOP_PARTS[part] };
  }
}

function wall({ authorization }: LaidOutHop['up']): string {
  return authorization === 'not-provider+' ? 'X' : '?';
}
