import { DecodeError } from '../bytes/index.js';
import { type CostState, readCostState } from './cost-state.js';
import { type IncidentState, readIncidentState } from './incident-state.js';
import { isMembers, type Members, textMember } from './members.js';
import { type OctetsState, readOctetsState } from './octets-state.js';
import { type PathState, readPathState } from './path-state.js';

/** What a link holds: the screen, and what it shows. A new screen is a type here and a row of {@link SCREENS}. */
export type LinkState = PathState | OctetsState | IncidentState | CostState;

/** The version of links that is written here. A change that an older page would misread raises it. */
export const LINK_VERSION = 1;

/** How the members of each screen are read. */
const SCREENS: ReadonlyMap<string, (members: Members) => LinkState> = new Map<
  string,
  (members: Members) => LinkState
>([
  ['path', readPathState],
  ['octets', readOctetsState],
  ['incident', readIncidentState],
  ['cost', readCostState],
]);

/**
 * The state out of the value that a link holds, member by member; unknown members are left out.
 *
 * @throws {DecodeError} `link-syntax`, `link-version`, `link-screen` or `link-member`.
 */
export function readLinkState(value: unknown): LinkState {
  if (!isMembers(value)) throw new DecodeError('link-syntax', 'a link holds an object', { field: 'link' });
  requireVersion(value.v);
  const read = SCREENS.get(textMember(value, 's', 20) ?? '');
  if (read === undefined) throw new DecodeError('link-screen', 'no screen of this page', { field: 's' });
  return read(value);
}

/** @throws {DecodeError} `link-version` for a link of a newer page, and for what is no version. */
export function requireVersion(version: unknown): void {
  if (version === LINK_VERSION) return;
  const newer = typeof version === 'number' && version > LINK_VERSION;
  throw new DecodeError(
    'link-version',
    newer ? 'this link was made by a newer playground' : 'this link names no version',
    { field: 'v' },
  );
}
