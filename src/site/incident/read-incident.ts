import { DecodeError, requireUniqueNames } from '../../bytes/index.js';
import { formatPrefix } from '../../inet/index.js';
import { type IncidentState, MAX_SCENARIO_TEXT } from '../../links/index.js';
import {
  createTopology,
  MAX_DRAWN,
  type Outcome,
  outcomesOf,
  readScenario,
  type Scenario,
  type Simulation,
  simulate,
} from '../../simulate/index.js';
import { SHIPPED } from './shipped.js';
import { START } from './start.js';

/** A scenario with what its ASes settled on; outcomes are by index. */
export interface Incident {
  readonly scenario: Scenario;
  readonly simulation: Simulation;
  readonly outcomes: readonly Outcome[];
}

/** An incident, or what is wrong with its text. */
export type ReadIncident = { readonly incident: Incident } | { readonly problem: string };

/** Prefixes of a scenario: each is settled by itself, at every key stroke. docs/decisions/site.md D-incident-size */
const MAX_PREFIXES = 40;

/** The text of a state: the shipped one by its name, or what was typed; undefined for a name that is not shipped. */
export function textOf({ name, text }: IncidentState): string | undefined {
  return text ?? SHIPPED.get(name ?? START.name ?? '');
}

/** Reads a scenario file, and lets its ASes choose; never more of them than are drawn. */
export function readIncident(text: string): ReadIncident {
  if (text.length > MAX_SCENARIO_TEXT) {
    return { problem: `more than ${MAX_SCENARIO_TEXT.toLocaleString('en')} characters` };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  return settled(() => {
    requireUniqueNames(text);
    return readScenario(value);
  });
}

/** What becomes of a scenario, or why nothing does. */
export function settled(read: () => Scenario): ReadIncident {
  try {
    const scenario = read();
    const problem = tooLarge(scenario);
    if (problem !== undefined) return { problem };
    const simulation = simulate(scenario);
    return { incident: { scenario, simulation, outcomes: outcomesOf(simulation) } };
  } catch (error) {
    if (error instanceof DecodeError) return { problem: error.message };
    throw error;
  }
}

function tooLarge({ ases, links, seeds }: Scenario): string | undefined {
  const count = createTopology(links, ases).asns.length;
  if (count > MAX_DRAWN) {
    return `${count.toLocaleString('en')} ASes: this page draws up to ${MAX_DRAWN}; pathsec simulate takes more`;
  }
  const prefixes = new Set(seeds.map(({ prefix }) => formatPrefix(prefix))).size;
  return prefixes > MAX_PREFIXES
    ? `${prefixes} prefixes: up to ${MAX_PREFIXES} are simulated here`
    : undefined;
}
