import { asnMember, type Members, oneOfMember, textMember } from './members.js';

/** What octets can be read as. */
export const LINK_OCTETS = ['bgp', 'mrt', 'bmp', 'rtr', 'der'] as const;
const SWITCH = ['yes'] as const;

/** What the screen Octets shows. */
export interface OctetsState {
  readonly s: 'octets';
  /** As it was typed: it need not be hexadecimal yet. */
  readonly text: string;
  /** Absent: by how the octets begin. */
  readonly kind?: (typeof LINK_OCTETS)[number];
  /** AS numbers of two octets, as on a session without the capability. */
  readonly as2?: 'yes';
  /** Prefixes come with Path Identifiers. */
  readonly addPath?: 'yes';
  /** Whom a signed UPDATE is for, and who sent it. */
  readonly localAs?: number;
  readonly peerAs?: number;
  /** Router keys, as they were typed. */
  readonly keys?: string;
  /** The path of the part that is chosen. */
  readonly part?: string;
  /** The signature of which the octets that it is over are shown: its block, and its hop from the origin, `0.2`. */
  readonly hashed?: string;
}

/** Characters of octets as text: a dump of the largest message some times over. */
const MAX_TEXT = 1 << 19;
const MAX_KEYS = 1 << 17;
const MAX_PART = 2_000;
const MAX_HASHED = 7;

/**
 * The state of the screen Octets out of the members of a link. What it does not know is left out: a newer page may say more.
 *
 * @throws {DecodeError} `link-member`.
 */
export function readOctetsState(members: Members): OctetsState {
  const kind = oneOfMember(members, 'kind', LINK_OCTETS);
  const as2 = oneOfMember(members, 'as2', SWITCH);
  const addPath = oneOfMember(members, 'addPath', SWITCH);
  const localAs = asnMember(members, 'localAs');
  const peerAs = asnMember(members, 'peerAs');
  const keys = textMember(members, 'keys', MAX_KEYS);
  const part = textMember(members, 'part', MAX_PART);
  const hashed = textMember(members, 'hashed', MAX_HASHED);
  return {
    s: 'octets',
    text: textMember(members, 'text', MAX_TEXT) ?? '',
    ...(kind !== undefined && { kind }),
    ...(as2 !== undefined && { as2 }),
    ...(addPath !== undefined && { addPath }),
    ...(localAs !== undefined && { localAs }),
    ...(peerAs !== undefined && { peerAs }),
    ...(keys !== undefined && { keys }),
    ...(part !== undefined && { part }),
    ...(hashed !== undefined && { hashed }),
  };
}
