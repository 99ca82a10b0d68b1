import type { IncidentState } from '../../links/index.js';
import { readScenario, type Scenario, writeScenario } from '../../simulate/index.js';
import { SHIPPED } from './shipped.js';

/** A scenario as the files of `docs/incidents` are written: a member a line. */
export function scenarioText(scenario: Scenario): string {
  const lines = Object.entries(writeScenario(scenario)).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${spaced(value)}`,
  );
  return lines.length === 0 ? '{}\n' : `{\n${lines.join(',\n')}\n}\n`;
}

/** JSON in one line with blanks between. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${spaced(one)}`);
  return `{${members.join(', ')}}`;
}

let shipped: ReadonlyMap<string, string> | undefined;

/** The state that shows a scenario: by its name where it is a shipped one, so that its link is short. */
export function stateOf(scenario: Scenario, as: number | undefined): IncidentState {
  shipped ??= new Map(
    [...SHIPPED].map(([name, text]) => [scenarioText(readScenario(JSON.parse(text))), name]),
  );
  const text = scenarioText(scenario);
  const name = shipped.get(text);
  const chosen = as === undefined ? {} : { as };
  return name === undefined ? { s: 'incident', text, ...chosen } : { s: 'incident', name, ...chosen };
}
