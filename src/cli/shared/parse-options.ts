import { InvalidArgumentError } from 'commander';
import { ASPA_REVISIONS, type AspaRevision, type NeighborRole, type Procedure } from '../../aspa/index.js';
import { DecodeError, proposal } from '../../bytes/index.js';
import { type Asn, type Prefix, parseAsn, parsePrefix } from '../../inet/index.js';
import { NEIGHBOR_ROLES, PROCEDURES } from '../../questions/index.js';

/** The neighbour role of a text, or undefined. */
export function readRole(value: unknown): NeighborRole | undefined {
  return NEIGHBOR_ROLES.find((role) => role === value);
}

/** Option parsers for commander: they turn faults into usage errors. */
export const parseAsnOption = (text: string): Asn => checked(() => parseAsn(text));
export const parsePrefixOption = (text: string): Prefix => checked(() => parsePrefix(text));

export function parseRoleOption(text: string): NeighborRole {
  return oneOf(text, NEIGHBOR_ROLES);
}

export function parseProcedureOption(text: string): Procedure {
  return oneOf(text, PROCEDURES);
}

export function parseRevisionOption(text: string): AspaRevision {
  return oneOf(text, ASPA_REVISIONS);
}

/** Two revisions, such as `06,11`. */
export function parseRevisionsOption(text: string): readonly [AspaRevision, AspaRevision] {
  const [first, second, ...more] = text.split(',').map(parseRevisionOption);
  if (!first || !second || more.length > 0) throw new InvalidArgumentError('Two revisions, such as 06,11.');
  return [first, second];
}

export function parseSecondsOption(text: string): number {
  if (!/^[0-9]{1,12}$/.test(text)) throw new InvalidArgumentError('Seconds since 1970 UTC.');
  return Number(text);
}

/** A number of seconds or the like, 0 or more. */
export function parseNumberOption(text: string): number {
  if (!/^[0-9]{1,10}(\.[0-9]{1,3})?$/.test(text)) throw new InvalidArgumentError('A number, 0 or more.');
  return Number(text);
}

/** Collects an option that may be repeated. */
export function collect(value: string, values: readonly string[] = []): string[] {
  return [...values, value];
}

function oneOf<T extends string>(text: string, allowed: readonly T[]): T {
  const value = allowed.find((one) => one === text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError(`One of ${allowed.join(', ')}${proposal(text, allowed) || '.'}`);
}

/** What `read` makes of the value of an option. @throws {InvalidArgumentError} with the code of what it refuses. */
export function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) throw new InvalidArgumentError(`${error.message} (${error.code})`);
    throw error;
  }
}
