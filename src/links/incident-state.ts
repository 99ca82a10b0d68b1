import { DecodeError } from '../bytes/index.js';
import { asnMember, type Members, textMember } from './members.js';

/** What the screen Incident shows: a shipped scenario by its name, or any as text. */
export interface IncidentState {
  readonly s: 'incident';
  /** A file of `docs/incidents`, without its ending: `1-myetherwallet/nothing`. */
  readonly name?: string;
  /** A scenario file, as it was typed: it need not be one yet. Where it stands the name counts for nothing. */
  readonly text?: string;
  /** The AS whose offers are shown. */
  readonly as?: number;
}

const MAX_NAME = 120;
/** Characters of a scenario: the largest of 60 ASes several times over. */
export const MAX_SCENARIO_TEXT = 1 << 16;

/**
 * The state of the screen Incident out of the members of a link. What it does not know is left out: a newer page may say more.
 *
 * @throws {DecodeError} `link-member`.
 */
export function readIncidentState(members: Members): IncidentState {
  const name = textMember(members, 'name', MAX_NAME);
  const text = textMember(members, 'text', MAX_SCENARIO_TEXT);
  const as = asnMember(members, 'as');
  return {
    s: 'incident',
    ...(name !== undefined && { name }),
    ...(text !== undefined && { text }),
    ...(as !== undefined && { as }),
  };
}

/** The parameters of a hand-written link. @throws {DecodeError} `link-not-writable` for a scenario that is not shipped. */
export function incidentParameters(
  state: IncidentState,
): readonly (readonly [name: string, value: string | undefined])[] {
  if (state.text !== undefined) {
    throw new DecodeError('link-not-writable', 'a scenario that is not shipped', { field: 'text' });
  }
  return [
    ['name', state.name],
    ['as', state.as?.toString()],
  ];
}
