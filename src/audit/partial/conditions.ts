import type { CURRENT_REVISION, NeighborRole } from '../../aspa/index.js';
import { DecodeError } from '../../bytes/index.js';
import type { AuditOptions } from '../options.js';
import type { NeighborCheckMode } from '../report.js';
import type { PayloadContent, PayloadContents } from '../timeline.js';

/** All that decides what an audit makes of its input: partial reports merge only where it is the same. */
export interface AuditConditions {
  /** Revision of the ASPA verification draft. */
  readonly aspaRevision: typeof CURRENT_REVISION;
  /** Null where each route is judged by the payloads of its time: each file then says which these were. */
  readonly vrps: PayloadContent | null;
  readonly aspas: PayloadContent | null;
  readonly neighborCheck: NeighborCheckMode;
  /** Role of the peers that `roles` does not name; null for none. */
  readonly neighborRole: NeighborRole | null;
  /** Roles by AS number, ascending. */
  readonly roles: Readonly<Record<string, NeighborRole>>;
  /** ROV-invalid pairs of prefix and origin to list. */
  readonly maxInvalidOrigins: number;
}

/** Whether each route is judged by the payloads of its time. */
export function isTimed({ vrps }: AuditConditions): boolean {
  return vrps === null;
}

/** The conditions as options of an audit, without its tables. */
export function optionsOfConditions(conditions: AuditConditions): Omit<AuditOptions, 'aspa' | 'rov'> {
  const { neighborCheck, neighborRole, roles, maxInvalidOrigins } = conditions;
  return {
    neighborCheck,
    maxInvalidOrigins,
    roles: new Map(Object.entries(roles).map(([asn, role]) => [Number(asn), role])),
    ...(neighborRole === null ? {} : { defaultRole: neighborRole }),
  };
}

/**
 * Refuses two partial reports that were not made under the same conditions.
 *
 * @throws {DecodeError} `partial-conditions` that says in what they differ.
 */
export function requireSameConditions(first: AuditConditions, other: AuditConditions): void {
  const payloads = (kind: 'vrps' | 'aspas', name: string): string[] => {
    const [a, b] = [first[kind], other[kind]];
    return a?.sha256 === b?.sha256 ? [] : [otherContent(name, a, b)];
  };
  const setting = (name: string, a: unknown, b: unknown): string[] =>
    a === b ? [] : [`another ${name} (${String(a ?? 'none')} and ${String(b ?? 'none')})`];
  const differences = [
    ...payloads('vrps', 'VRPs'),
    ...payloads('aspas', 'ASPAs'),
    ...setting('revision of the draft', first.aspaRevision, other.aspaRevision),
    ...setting('neighbour check', first.neighborCheck, other.neighborCheck),
    ...setting('neighbour role', first.neighborRole, other.neighborRole),
    ...rolesThatDiffer(first.roles, other.roles),
    ...setting('limit of listed origins', first.maxInvalidOrigins, other.maxInvalidOrigins),
  ];
  if (differences.length === 0) return;
  throw new DecodeError('partial-conditions', `made against ${differences.join('; ')}`, {
    field: 'conditions',
  });
}

/**
 * Refuses payloads of a time that are others than those of the same time before.
 *
 * @throws {DecodeError} `partial-conditions`.
 */
export function requireSameContents(time: number, first: PayloadContents, other: PayloadContents): void {
  const differences = [
    ...(first.vrps.sha256 === other.vrps.sha256 ? [] : [otherContent('VRPs', first.vrps, other.vrps)]),
    ...(first.aspas.sha256 === other.aspas.sha256 ? [] : [otherContent('ASPAs', first.aspas, other.aspas)]),
  ];
  if (differences.length === 0) return;
  throw new DecodeError('partial-conditions', `of the time ${time} made against ${differences.join('; ')}`, {
    field: 'set',
  });
}

const otherContent = (name: string, a: PayloadContent | null, b: PayloadContent | null): string =>
  `other ${name} (${contentText(a)}, and ${contentText(b)})`;

const contentText = (content: PayloadContent | null): string =>
  content === null
    ? 'those of the time of each route'
    : `SHA-256 ${content.sha256.slice(0, 12)}, ${content.count}`;

function rolesThatDiffer(
  first: AuditConditions['roles'],
  other: AuditConditions['roles'],
): readonly string[] {
  const asns = new Set([...Object.keys(first), ...Object.keys(other)]);
  const found = [...asns].filter((asn) => first[asn] !== other[asn]);
  const [asn] = found;
  if (asn === undefined) return [];
  const more = found.length > 1 ? `, and ${found.length - 1} more` : '';
  return [`other roles (AS${asn}: ${first[asn] ?? 'none'} and ${other[asn] ?? 'none'}${more})`];
}
