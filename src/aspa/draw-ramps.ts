import type { Asn } from '../inet/index.js';
import type { Hop, Ramps } from './draft-28.js';
import type { Evidence } from './evidence.js';
import type { Authorization } from './terms.js';

/** Columns that the tallest ramp may take; taller ones are drawn to scale. */
const MAX_INDENT = 24;
const LEGEND = 'ramps climb to the right;  X contradicts an attestation;  ? is attested by nobody';

/** Where the ramps of a drawing end: the up-ramp is A(1)..A(upTop), the down-ramp A(N)..A(downTop). */
interface Shape {
  readonly N: number;
  readonly upTop: number;
  /** N + 1 without a down-ramp. */
  readonly downTop: number;
}

/**
 * Draws the path as a mountain on its side, which climbs to the right: the neighbour on the first line, the origin on the
 * last, one line for each AS and each hop between (the picture of draft-28 §5.2, turned). An `invalid` path is drawn with
 * its longest possible ramps, the others with the ramps that are attested; `X` marks the hops that end the longest ones,
 * `?` hops that nobody attests. NON-SPEC.
 */
export function drawRamps(evidence: Evidence, ramps: Ramps): string[] {
  const { compressedAsPath, hops, outcome } = evidence;
  const N = compressedAsPath.length;
  const invalid = outcome === 'invalid';
  const shape: Shape = {
    N,
    upTop: invalid ? ramps.maxUpRamp : ramps.minUpRamp,
    downTop: N - (invalid ? ramps.maxDownRamp : ramps.minDownRamp) + 1,
  };
  const indent = indents(shape, invalid);
  const rows: [string, string][] = [];
  for (let I = N; I >= 1; I--) {
    const asn = compressedAsPath[N - I] as Asn;
    rows.push([`A(${I})`.padEnd(7) + ' '.repeat(indent(I)) + asn, asNote(I, shape)]);
    if (I === 1) break;
    const { glyph, text } = hopNote(hops[I - 2] as Hop, shape);
    const column = Math.max(indent(I), indent(I - 1)) + 1;
    rows.push([' '.repeat(7 + column) + glyph, text]);
  }
  const width = Math.max(...rows.map(([left]) => left.length)) + 4;
  const drawing = rows.map(([left, right]) => (left.padEnd(width) + right).trimEnd());
  return [LEGEND, ...drawing];
}

function indents({ N, upTop, downTop }: Shape, invalid: boolean): (I: number) => number {
  const upHeight = upTop - 1;
  const downHeight = Math.max(0, N - Math.max(downTop, upTop + 1));
  // ASes on neither ramp: a dent where the ramps provably do not meet, level ground where nothing is known.
  const between = invalid ? Math.max(0, Math.min(upHeight, downHeight) - 1) : Math.max(upHeight, downHeight);
  const step = Math.min(2, MAX_INDENT / Math.max(1, upHeight, downHeight));
  return (I) => {
    const height = I <= upTop ? I - 1 : I >= downTop ? N - I : between;
    return Math.round(height * step);
  };
}

function asNote(I: number, { N, upTop, downTop }: Shape): string {
  const notes: string[] = [];
  if (I === N) notes.push('neighbour');
  if (I === 1) notes.push('origin');
  if (I === upTop) notes.push('top of the up-ramp');
  if (I === downTop) notes.push('top of the down-ramp');
  if (I > upTop && I < downTop) notes.push(downTop > N ? 'beyond the up-ramp' : 'on neither ramp');
  return notes.join(', ');
}

function hopNote(
  { index, lower, upper, up, down }: Hop,
  { N, upTop, downTop }: Shape,
): { glyph: string; text: string } {
  const climb = `${lower} -> ${upper}  ${up}`;
  const descend = `${upper} -> ${lower}  ${down}`;
  if (index < upTop) return { glyph: up === 'provider+' ? '/' : '?', text: climb };
  if (index >= downTop) return { glyph: down === 'provider+' ? '\\' : '?', text: descend };
  const endsUp = index === upTop;
  const endsDown = downTop <= N && index === downTop - 1;
  if (endsUp && endsDown)
    return { glyph: '|', text: `${lower} -- ${upper}  the one hop that may be level, attested or not` };
  if (endsUp) return { glyph: wall(up), text: `${climb}  < ends the up-ramp` };
  if (endsDown) return { glyph: wall(down), text: `${descend}  < ends the down-ramp` };
  return { glyph: ':', text: downTop > N ? 'beyond the up-ramp' : 'between the ramps' };
}

function wall(authorization: Authorization): string {
  return authorization === 'not-provider+' ? 'X' : '?';
}
