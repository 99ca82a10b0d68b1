import {
  type AspaOutcome,
  downstreamOutcome,
  type PackedOutcomes,
  type Procedure,
  upstreamOutcome,
} from '../aspa/index.js';
import type { OriginValidity } from '../rov/index.js';
import { doubled } from '../tables/index.js';

const ROV: readonly OriginValidity[] = ['valid', 'invalid', 'not-found'];
/** Words of a row: prefix, path, the two halves of the peer's key, verdicts. */
const PREFIX = 0;
const PATH = 1;
const PEER = 2;
const UNKNOWN_PEER = 3;
const VERDICTS = 4;
const COLUMNS = 5;
const HALF = 2 ** 32;

/** Verdicts of a route before and after a change, in one number. */
export type VerdictPair = number;

/** Packs verdicts; of ASPA by both procedures, as `fastVerify` gives them. */
export function packVerdicts(
  rov: readonly [before: OriginValidity, after: OriginValidity],
  aspaBefore: PackedOutcomes,
  aspaAfter: PackedOutcomes,
): VerdictPair {
  return ROV.indexOf(rov[0]) | (ROV.indexOf(rov[1]) << 2) | (aspaBefore << 4) | (aspaAfter << 8);
}

/** One mechanism's verdict before and after. */
export interface Sides<T> {
  readonly from: T;
  readonly to: T;
}

export function rovSides(verdicts: VerdictPair): Sides<OriginValidity> {
  return { from: ROV[verdicts & 3] as OriginValidity, to: ROV[(verdicts >> 2) & 3] as OriginValidity };
}

export function aspaSides(verdicts: VerdictPair, procedure: Procedure): Sides<AspaOutcome> {
  const [before, after] = [(verdicts >> 4) & 15, (verdicts >> 8) & 15];
  return procedure === 'upstream'
    ? { from: upstreamOutcome(before), to: upstreamOutcome(after) }
    : { from: downstreamOutcome(before), to: downstreamOutcome(after) };
}

/** Routes that may change, 20 octets each. */
export class ImpactRows {
  #words = new Uint32Array(COLUMNS << 6);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(prefix: number, path: number, peer: number, verdicts: VerdictPair): void {
    const at = this.#size++ * COLUMNS;
    this.#words = doubled(this.#words, at + COLUMNS);
    this.#words[at + PREFIX] = prefix;
    this.#words[at + PATH] = path;
    this.#words[at + PEER] = peer % HALF;
    this.#words[at + UNKNOWN_PEER] = peer < HALF ? 0 : 1;
    this.#words[at + VERDICTS] = verdicts;
  }

  prefix(row: number): number {
    return this.#words[row * COLUMNS + PREFIX] as number;
  }

  path(row: number): number {
    return this.#words[row * COLUMNS + PATH] as number;
  }

  /** The key of the peer in its directory. */
  peer(row: number): number {
    const at = row * COLUMNS;
    return (this.#words[at + PEER] as number) + (this.#words[at + UNKNOWN_PEER] as number) * HALF;
  }

  verdicts(row: number): VerdictPair {
    return this.#words[row * COLUMNS + VERDICTS] as number;
  }
}
