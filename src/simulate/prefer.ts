import { DOES } from './policies.js';
import { isSignedAt } from './receive.js';
import type { Routing } from './routing.js';
import type { World } from './world.js';

/** A route that an AS may choose: the row that a neighbour sends, and what the neighbour is. */
export interface Choice {
  readonly row: number;
  readonly neighbor: number;
  readonly as: number;
}

/** What decides between two routes. */
export const CRITERIA = ['signed', 'relation', 'length', 'neighbor'] as const;
/** A word for what decided. */
export type Criterion = (typeof CRITERIA)[number];

/**
 * How the AS at `at` decides between two routes of two neighbours: the place of the criterion in {@link CRITERIA}, from 1,
 * positive where the first is preferred, negative where the other is.
 */
export function decide(world: World, routing: Routing, at: number, one: Choice, other: Choice): number {
  const policy = world.does[at] as number;
  const oneSigned = isSignedAt(world, routing, one.row, at);
  const signed = oneSigned === isSignedAt(world, routing, other.row, at) ? 0 : oneSigned ? 1 : -1;
  if ((policy & DOES.signedFirst) !== 0 && signed !== 0) return signed;
  if (one.as !== other.as) return one.as < other.as ? 2 : -2;
  if ((policy & DOES.signedSecond) !== 0 && signed !== 0) return signed;
  const shorter = (routing.length[other.row] as number) - (routing.length[one.row] as number);
  if (shorter !== 0) return shorter > 0 ? 3 : -3;
  if ((policy & DOES.signedThird) !== 0 && signed !== 0) return signed;
  return one.neighbor < other.neighbor ? 4 : -4;
}
