/**
 * Links into the playground: the state of a screen in the part of an address after `#`, which browsers send to no server. Two
 * forms: one that people and other programs write, and one that holds a whole state, packed.
 *
 * @packageDocumentation
 */

import { readHandWritten } from './hand-written.js';
import type { LinkState } from './link-state.js';
import { requireLinkLength, unpackLink } from './packed.js';

export {
  COST_LIMITS,
  COST_NUMBERS,
  type CostNumber,
  type CostState,
  LINK_COSTS,
  LINK_SCHEMES,
} from './cost-state.js';
export { writeLink, writePathLink } from './hand-written.js';
export { type IncidentState, MAX_SCENARIO_TEXT } from './incident-state.js';
export { LINK_VERSION, type LinkState } from './link-state.js';
export type { OctetsState } from './octets-state.js';
export { MAX_MADE_LINK, packLink } from './packed.js';
export {
  LINK_REVISIONS,
  LINK_ROLES,
  type LinkedChange,
  type LinkedFile,
  MAX_PAYLOAD_LINES,
  type PathState,
} from './path-state.js';

/**
 * The state that a link holds, of either form, without the `#`; undefined for an empty one. Unknown members are left out.
 *
 * @throws {DecodeError} `link-syntax`, `link-too-long`, `link-version`, `link-screen` or `link-member`.
 */
export async function readLink(fragment: string): Promise<LinkState | undefined> {
  if (fragment === '') return undefined;
  requireLinkLength(fragment);
  return /^[a-z]+(?:\?|$)/.test(fragment.slice(0, 40)) ? readHandWritten(fragment) : unpackLink(fragment);
}
