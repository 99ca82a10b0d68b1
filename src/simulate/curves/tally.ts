import { TIERS } from '../topologies/tiers.js';
import type { Attack } from './attack.js';
import { ATTACKER } from './ends.js';
import type { Ground } from './ground.js';

/** What is counted: three ends of traffic; for leaks also who passes the leaker now and did not before, a part of `attacker`. */
export const CURVE_OUTCOMES = ['attacker', 'victim', 'disconnected', 'diverted'] as const;
/** What became of the traffic of an AS. */
export type CurveOutcome = (typeof CURVE_OUTCOMES)[number];

/** Whose traffic it is. */
export const CURVE_GROUPS = ['all', 'adopting', 'others', ...TIERS] as const;
/** A group of ASes. */
export type CurveGroup = (typeof CURVE_GROUPS)[number];

const OUTCOMES = CURVE_OUTCOMES.length;
const DIVERTED = 3;
/** Numbers of one cell: by tier, then not adopting and adopting, then outcome. */
export const CELLS = TIERS.length * 2 * OUTCOMES;

/** Counts the ASes of a cell, attacker and victim left out. */
export function tally(
  ground: Ground,
  { attacker, victim, diverts }: Attack,
  into: Int32Array,
  offset: number,
): void {
  const { adopts, crossed, ends, tiers } = ground;
  into.fill(0, offset, offset + CELLS);
  for (let at = 0; at < ends.length; at++) {
    const slot = offset + OUTCOMES * (2 * (tiers[at] as number) + (adopts[at] as number));
    const end = ends[at] as number;
    if (at === attacker || at === victim) continue;
    into[slot + end] = (into[slot + end] as number) + 1;
    if (diverts && end === ATTACKER && crossed[at] === 0) {
      into[slot + DIVERTED] = (into[slot + DIVERTED] as number) + 1;
    }
  }
}

/** The ASes of a group in one cell with one outcome, in per cent; undefined for an empty group. */
export function shareOf(
  cells: Int32Array,
  offset: number,
  group: CurveGroup,
  outcome: CurveOutcome,
): number | undefined {
  const which = CURVE_OUTCOMES.indexOf(outcome);
  let [some, all] = [0, 0];
  for (const [tier, name] of TIERS.entries()) {
    for (let adopting = 0; adopting < 2; adopting++) {
      if (
        group === 'adopting'
          ? adopting === 0
          : group === 'others'
            ? adopting === 1
            : group !== 'all' && group !== name
      ) {
        continue;
      }
      const slot = offset + OUTCOMES * (2 * tier + adopting);
      some += cells[slot + which] as number;
      for (let end = 0; end < DIVERTED; end++) all += cells[slot + end] as number;
    }
  }
  return all === 0 ? undefined : (100 * some) / all;
}
