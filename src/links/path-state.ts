import { DecodeError } from '../bytes/index.js';
import type { Members } from './members.js';
import { asnMember, listMember, objectMember, oneOfMember, textMember } from './members.js';

/** Roles of the neighbour that a link can name; without one nothing is known of it. */
export const LINK_ROLES = ['customer', 'peer', 'provider', 'rs', 'rs-client', 'complex'] as const;
/** Revisions of the ASPA draft that a link can name. */
export const LINK_REVISIONS = ['28', '11', '07', '06'] as const;

/** A file of payloads that the state rests on: it is not in the link, and has to be given to the page again. */
export interface LinkedFile {
  readonly name: string;
  /** Of its octets, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly vrps: number;
  readonly aspas: number;
}

/** A change of the payloads of a file: an entry in a notation of the drafts that is added, or with `-` before it removed. */
export type LinkedChange = string;

/** What the screen Path shows. */
export interface PathState {
  readonly s: 'path';
  /** As it was typed: it need not be a path yet. */
  readonly path: string;
  readonly role?: (typeof LINK_ROLES)[number];
  /** Where it is not the first AS of the path. */
  readonly neighborAs?: number;
  readonly prefix?: string;
  readonly revision?: (typeof LINK_REVISIONS)[number];
  /** In the notation `AS64496 => AS64498, AS64499`. */
  readonly aspas?: readonly string[];
  /** In the notation `192.0.2.0/24-25 => AS64496`. */
  readonly vrps?: readonly string[];
  readonly file?: LinkedFile;
  readonly changes?: readonly LinkedChange[];
}

/** Characters of a path as text: 4,096 ASes of the longest numbers. */
export const MAX_PATH_TEXT = 4096 * 11;
/** Payloads and changes of payloads in one link. */
export const MAX_PAYLOAD_LINES = 2000;
const LINE = 200_000;

/**
 * The state of the screen Path out of the members of a link. What it does not know is left out: a newer page may say more.
 *
 * @throws {DecodeError} `link-member`.
 */
export function readPathState(members: Members): PathState {
  const role = oneOfMember(members, 'role', LINK_ROLES);
  const neighborAs = asnMember(members, 'neighborAs');
  const prefix = textMember(members, 'prefix', 60);
  const revision = oneOfMember(members, 'revision', LINK_REVISIONS);
  const aspas = listMember(members, 'aspas', MAX_PAYLOAD_LINES, LINE);
  const vrps = listMember(members, 'vrps', MAX_PAYLOAD_LINES, LINE);
  const changes = listMember(members, 'changes', MAX_PAYLOAD_LINES, LINE);
  const file = objectMember(members, 'file');
  if ((aspas?.length ?? 0) + (vrps?.length ?? 0) + (changes?.length ?? 0) > MAX_PAYLOAD_LINES) {
    throw new DecodeError('link-member', `more than ${MAX_PAYLOAD_LINES} payloads`, { field: 'aspas' });
  }
  return {
    s: 'path',
    path: textMember(members, 'path', MAX_PATH_TEXT) ?? '',
    ...(role !== undefined && { role }),
    ...(neighborAs !== undefined && { neighborAs }),
    ...(prefix !== undefined && { prefix }),
    ...(revision !== undefined && { revision }),
    ...(aspas !== undefined && { aspas }),
    ...(vrps !== undefined && { vrps }),
    ...(file !== undefined && { file: readFile(file) }),
    ...(changes !== undefined && { changes }),
  };
}

function readFile(members: Members): LinkedFile {
  const sha256 = textMember(members, 'sha256', 64) ?? '';
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new DecodeError('link-member', 'no SHA-256 of 64 hexadecimal digits', { field: 'file.sha256' });
  }
  return {
    name: textMember(members, 'name', 255) ?? '',
    sha256,
    vrps: countMember(members, 'vrps'),
    aspas: countMember(members, 'aspas'),
  };
}

function countMember(members: Members, name: string): number {
  const value = members[name];
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new DecodeError('link-member', 'no count', { field: `file.${name}` });
}
