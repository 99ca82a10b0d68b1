import type { Asn } from '../inet/index.js';
import type { Outcome } from './outcomes.js';
import { type RibRoute, ribs } from './rib.js';
import type { Simulation } from './simulate.js';

/** What `pathsec simulate scenario --json` prints: routes by AS and prefix, and where the traffic of each AS ends. */
export interface ScenarioAnswer {
  readonly rib: Readonly<Record<string, Readonly<Record<string, AnsweredRoute>>>>;
  readonly outcome: Readonly<Record<string, Outcome>>;
}

/** A route of an answer; its path is text. */
export type AnsweredRoute = Omit<RibRoute, 'path'> & { readonly path: string };

/**
 * The answer that other programs read (docs/simulate.md).
 *
 * @param outcomes by index, of `outcomesOf`.
 * @throws {DecodeError} `rib-size`, as `ribs`.
 */
export function scenarioAnswer(simulation: Simulation, outcomes: readonly Outcome[]): ScenarioAnswer {
  const { asns } = simulation.topology;
  const rib = [...ribs(simulation)].map(([asn, own]) => {
    const written = [...own].map(
      ([prefix, { path, ...route }]) => [prefix, { ...route, path: path.join(' ') }] as const,
    );
    return [asn, Object.fromEntries(written)] as const;
  });
  const outcome = outcomes.map((one, at) => [asns[at] as Asn, one] as const);
  return { rib: Object.fromEntries(rib), outcome: Object.fromEntries(outcome) };
}
