import { CURRENT_REVISION, type NeighborRole } from '../../aspa/index.js';
import type { NeighborCheckMode } from '../report.js';
import type { PayloadContent, PayloadContents } from '../timeline.js';
import type { AuditConditions } from './conditions.js';
import { hashOf, type Members, numberOf, objectOf, tooMany, WORD, wordOf, wrong } from './values.js';

/** Every role, so that one left out does not compile. */
const ROLES: Readonly<Record<NeighborRole, true>> = {
  provider: true,
  customer: true,
  peer: true,
  rs: true,
  'rs-client': true,
  complex: true,
};
const ROLE_NAMES = Object.keys(ROLES) as NeighborRole[];
const CHECKS: readonly NeighborCheckMode[] = ['on', 'off', 'auto'];
const MEMBERS = [
  'aspaRevision',
  'vrps',
  'aspas',
  'neighborCheck',
  'neighborRole',
  'roles',
  'maxInvalidOrigins',
] as const satisfies readonly (keyof AuditConditions)[];

/** Roles of a network that has one for every peer of a large exchange. */
const MOST_ROLES = 1 << 20;
/** Of listed pairs ten times as many are kept in memory. */
const MOST_ORIGINS = 1_000_000;

/**
 * The conditions of a partial report.
 *
 * @throws {DecodeError} `partial-syntax`, `partial-limit`.
 */
export function readConditions(value: unknown): AuditConditions {
  const members = objectOf(value, 'conditions', MEMBERS);
  const roles = objectOfRoles(members.roles);
  const { neighborRole } = members;
  return {
    aspaRevision: wordOf(members.aspaRevision, 'conditions.aspaRevision', [CURRENT_REVISION]),
    ...contentsOf(members),
    neighborCheck: wordOf(members.neighborCheck, 'conditions.neighborCheck', CHECKS),
    neighborRole: neighborRole === null ? null : wordOf(neighborRole, 'conditions.neighborRole', ROLE_NAMES),
    roles,
    maxInvalidOrigins: numberOf(members.maxInvalidOrigins, 'conditions.maxInvalidOrigins', MOST_ORIGINS),
  };
}

/** Both kinds, or null for both. */
function contentsOf({ vrps, aspas }: Members): Pick<AuditConditions, 'vrps' | 'aspas'> {
  if (vrps === null && aspas === null) return { vrps, aspas };
  return { vrps: contentOf(vrps, 'conditions.vrps'), aspas: contentOf(aspas, 'conditions.aspas') };
}

/** The payloads of a time, before what was judged by them. */
export function readSetHead(value: unknown): { readonly time: number; readonly contents: PayloadContents } {
  const { time, vrps, aspas } = objectOf(value, 'set', ['time', 'vrps', 'aspas']);
  const contents = { vrps: contentOf(vrps, 'set.vrps'), aspas: contentOf(aspas, 'set.aspas') };
  return { time: numberOf(time, 'set.time', WORD), contents };
}

function contentOf(value: unknown, field: string): PayloadContent {
  const { count, sha256 } = objectOf(value, field, ['count', 'sha256']);
  return { count: numberOf(count, `${field}.count`), sha256: hashOf(sha256, `${field}.sha256`) };
}

function objectOfRoles(value: unknown): Record<string, NeighborRole> {
  const field = 'conditions.roles';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(field, 'an object');
  const entries = Object.entries(value);
  if (entries.length > MOST_ROLES) throw tooMany(field, MOST_ROLES);
  return Object.fromEntries(
    entries.map(([asn, role]) => {
      const place = `${field}.${asn.slice(0, 16)}`;
      if (!/^(?:0|[1-9][0-9]{0,9})$/.test(asn) || Number(asn) > WORD) throw wrong(place, 'an AS number');
      return [asn, wordOf(role, place, ROLE_NAMES)] as const;
    }),
  );
}
