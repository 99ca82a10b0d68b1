import {
  ALL_KINDS,
  createPayloadSet,
  diffPayloads,
  type PayloadSet,
  sortedPayloads,
} from '../../payload/index.js';
import { packVrps, type VrpRecords, vrpsNotIn } from '../../rtr/index.js';
import { SeededHash } from '../../tables/index.js';
import { type Line, signed } from './payload-lines.js';

/** Payloads with packed VRPs, of which there can be millions; `rest` has the others, and no VRPs. */
export interface PackedPayloads {
  readonly vrps: VrpRecords;
  readonly rest: PayloadSet;
}

/** The payloads of a set, their VRPs packed. */
export function packedPayloads(payloads: PayloadSet, seed: number): PackedPayloads {
  const rest = createPayloadSet({ ...payloads, vrps: [] }, { seed });
  return { vrps: packVrps(payloads.vrps, new SeededHash(seed)), rest };
}

/**
 * What only the second has (`+`), then what only the first has (`-`); a differing ASPA is both. ASPAs, router keys, VRPs,
 * each in ascending order, made as they are read (docs/decisions/rtr.md D-rtr-diff-order).
 */
export function* differences(first: PackedPayloads, second: PackedPayloads, seed: number): Generator<Line> {
  yield* onlyIn(second, first, '+', seed);
  yield* onlyIn(first, second, '-', seed);
}

function* onlyIn(one: PackedPayloads, other: PackedPayloads, sign: '+' | '-', seed: number): Generator<Line> {
  const sorted = sortedPayloads(createPayloadSet(diffPayloads(other.rest, one.rest).announced, { seed }));
  for (const kind of ALL_KINDS.toReversed()) {
    if (kind === 'vrps') yield* signed(sign, { vrps: vrpsNotIn(one.vrps, other.vrps) });
    else yield* signed(sign, { [kind]: sorted[kind] });
  }
}
