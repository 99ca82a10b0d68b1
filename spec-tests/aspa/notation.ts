import type { AspaOutcome, NeighborRole, Ramps } from 'pathsec/aspa';
import type { AsPath, AsPathSegment, SegmentType } from 'pathsec/bgp';
import type { AspaPayload, AsraPayload } from 'pathsec/payload';

/** `1:{2,3}` is an ASPA of AS1 listing 2 and 3; several are separated by blanks, `-` is none. */
export function aspas(text: string): AspaPayload[] {
  if (text === '-' || text === '') return [];
  return text.split(' ').map((entry) => {
    const match = /^(\d+):\{([\d,]*)\}$/.exec(entry);
    if (!match) throw new Error(`not an ASPA: ${entry}`);
    const providers = match[2] === '' ? [] : (match[2] as string).split(',').map(Number);
    return { customer: Number(match[1]), providers };
  });
}

/** `2/3:{1,4}` is an ASRA3 of AS2 that lists 1 and 4; several are separated by blanks, `-` is none. */
export function asras(text: string): AsraPayload[] {
  if (text === '-') return [];
  return text.split(' ').map((entry) => {
    const [, asn, subcategory, list] = /^(\d+)\/([123]):\{([\d,]+)\}$/.exec(entry) ?? [];
    if (list === undefined) throw new Error(`not an ASRA: ${entry}`);
    return {
      asn: Number(asn),
      subcategory: Number(subcategory) as AsraPayload['subcategory'],
      neighbors: list.split(',').map(Number),
    };
  });
}

const SEGMENT = /\{[\d,]*\}|\([\d ]*\)|\[[\d ]*\]|\/|\d+/g;

/** Wire order; `{..}` AS_SET, `(..)` AS_CONFED_SEQUENCE, `[..]` AS_CONFED_SET, `/` a segment boundary, `-` no AS. */
export function path(text: string): AsPath {
  const segments: { type: SegmentType; asns: number[] }[] = [];
  let open: number[] | undefined;
  if (text === '-') return [];
  if (text.replace(SEGMENT, '').trim() !== '') throw new Error(`not a path: ${text}`);
  for (const token of text.match(SEGMENT) ?? []) {
    if (/^\d/.test(token)) {
      if (!open) {
        open = [];
        segments.push({ type: 2, asns: open });
      }
      open.push(Number(token));
      continue;
    }
    open = undefined;
    if (token === '/') continue;
    const type = token.startsWith('{') ? 1 : token.startsWith('(') ? 3 : 4;
    segments.push({ type, asns: (token.match(/\d+/g) ?? []).map(Number) });
  }
  return segments satisfies AsPathSegment[];
}

export interface Neighbor {
  readonly neighborRole: NeighborRole;
  readonly neighborAs: number;
}

/** `customer`, or `rs AS9` where the neighbour AS is not the leftmost AS. */
export function neighbor(text: string, leftmost: number | undefined): Neighbor {
  const match = /^(provider|customer|peer|rs|rs-client)(?: AS(\d+))?$/.exec(text);
  if (!match) throw new Error(`not a neighbour: ${text}`);
  const neighborAs = match[2] === undefined ? leftmost : Number(match[2]);
  if (neighborAs === undefined) throw new Error(`${text} needs a neighbour AS`);
  return { neighborRole: match[1] as NeighborRole, neighborAs };
}

/** `3/3/0/0`: maxUp/minUp/maxDown/minDown; `-` where the procedure halts before. */
export function ramps(text: string): Ramps | null {
  if (text === '-') return null;
  const [maxUpRamp, minUpRamp, maxDownRamp, minDownRamp] = text.split('/').map(Number);
  return { maxUpRamp, minUpRamp, maxDownRamp, minDownRamp } as Ramps;
}

/** `invalid (step 2)`: the outcome and, where the row names it, the step. */
export function outcomeOf(text: string): { outcome: AspaOutcome; step: number | undefined } {
  const match = /^(valid|invalid|unknown)(?: \(step (\d)\))?$/.exec(text);
  if (!match) throw new Error(`not an outcome: ${text}`);
  return { outcome: match[1] as AspaOutcome, step: match[2] === undefined ? undefined : Number(match[2]) };
}
