import {
  type Assumptions,
  DEFAULT_ASSUMPTIONS,
  DESCRIBED_ASSUMPTIONS,
  type DescribedAssumption,
} from 'pathsec/cost';
import { knownNames } from '../usage.js';
import { type PathMix, sharingExponent } from './path-mix.js';
import type { RouterViewSettings } from './settings.js';

/** Assumptions, each with its source. */
export interface ChosenAssumptions {
  readonly assumptions: Assumptions;
  readonly described: readonly DescribedAssumption[];
}

/**
 * Looks whether the tables that are named are those of a run.
 *
 * @throws {InputError} for another name.
 */
export function checkRouterView({ table, updates }: RouterViewSettings, tables: readonly string[]): void {
  const named = [table, updates].filter((name) => name !== undefined);
  knownNames('table of routerView', named, tables);
}

/**
 * What is said goes before what a table of the run shows, and that before the defaults: a table with one route for each
 * prefix shows nothing of sharing, and one without time nothing of churn.
 */
export function chooseAssumptions(
  { table, updates, ...said }: RouterViewSettings,
  mixes: readonly PathMix[],
): ChosenAssumptions {
  const [routes, churn] = [shownByRoutes(mixes, table), shownByChurn(mixes, updates)];
  const sourceOf = ({ name, source }: DescribedAssumption): string => {
    if (said[name] !== undefined) return 'given';
    if (churn[name] !== undefined) return `measured on "${updates}"`;
    return routes[name] === undefined ? source : `measured on "${table}"`;
  };
  return {
    assumptions: { ...DEFAULT_ASSUMPTIONS, ...routes, ...churn, ...said },
    described: DESCRIBED_ASSUMPTIONS.map((one) => ({ ...one, source: sourceOf(one) })),
  };
}

function shownByRoutes(mixes: readonly PathMix[], table?: string): Partial<Assumptions> {
  const mix = mixes.find(({ name }) => name === table);
  if (mix === undefined) return {};
  const { pathLengths, prefixesPerUpdate } = mix;
  const sharing = sharingExponent(mix.sharing);
  return { pathLengths, prefixesPerUpdate, ...(sharing !== undefined && { sharing }) };
}

function shownByChurn(mixes: readonly PathMix[], updates?: string): Partial<Assumptions> {
  const churn = mixes.find(({ name }) => name === updates)?.churn;
  if (churn === undefined) return {};
  const { announcementsPerMinute, counted, unseenShare, bestShare } = churn;
  return { announcementsPerMinute, ...(counted > 0 && { unseenShare, bestShare }) };
}
