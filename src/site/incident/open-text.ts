import { DecodeError } from '../../bytes/index.js';
import { type IncidentState, MAX_SCENARIO_TEXT } from '../../links/index.js';
import { MAX_DRAWN, readTopology } from '../../simulate/index.js';
import { withTopology } from './attack.js';
import type { Incident } from './read-incident.js';
import { stateOf } from './scenario-text.js';

/** What is shown of a text, or why nothing is. */
export type OpenedText = { readonly state: IncidentState } | { readonly problem: string };

/** Whether a text is AS relationships: it begins with a comment or a link. */
export function isTopology(text: string): boolean {
  return /^\s*(?:#|[0-9]+\|)/.test(text);
}

/**
 * What is shown of a text that was typed, pasted or dropped: a scenario as it stands, readable or not; of AS relationships the
 * last scenario upon them.
 */
export function openText(text: string, last: Incident, as?: number): OpenedText {
  if (!isTopology(text)) {
    // One character more than is read, so that it is told.
    const kept = text.slice(0, MAX_SCENARIO_TEXT + 1);
    return { state: { s: 'incident', text: kept, ...(as !== undefined && { as }) } };
  }
  try {
    const named = readTopology(text);
    const count = named.topology.asns.length;
    if (count > MAX_DRAWN) {
      return { problem: `${count.toLocaleString('en')} ASes: this page draws up to ${MAX_DRAWN}` };
    }
    return { state: stateOf(withTopology(last.scenario, last.simulation.topology, named), undefined) };
  } catch (error) {
    if (error instanceof DecodeError) return { problem: error.message };
    throw error;
  }
}
