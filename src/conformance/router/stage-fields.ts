import type { AspaOutcome } from '../../aspa/index.js';
import type { AsPath } from '../../bgp/index.js';
import type { Asn } from '../../inet/index.js';
import type { AspaPayload } from '../../payload/index.js';
import { type Members, readList, readPathQuestion } from '../../questions/index.js';
import { readAspa } from '../aspa-fields.js';
import type { Json } from '../vector.js';
import type { Entries, StagedRoute } from './staged.js';
import { tableFault } from './unplayable.js';

/** What routes have in common. */
export function common(name: string, asPath: AsPath): Omit<StagedRoute, 'expected'> {
  return { name, asPath, family: 'ipv4-unicast', ledByNeighbor: false };
}

export function routeOf(
  name: string,
  fields: Members,
  besides: readonly string[],
  expected?: AspaOutcome,
): StagedRoute {
  const { asPath, neighborAs, neighborRole, afi } = readPathQuestion(fields, { besides: [...besides] });
  return {
    ...common(name, asPath),
    family: afi === 2 ? 'ipv6-unicast' : 'ipv4-unicast',
    ...(neighborAs !== undefined && { neighborAs }),
    ...(neighborRole !== undefined && { neighborRole }),
    ...(expected && { expected }),
  };
}

export function outcomeOf(value: Json | undefined): AspaOutcome | undefined {
  return value === 'valid' || value === 'invalid' || value === 'unknown' ? value : undefined;
}

/** Tables that were read, by their list: the cases of a group share it. */
const read = new WeakMap<object, Entries | string>();

/** A list of ASPAs as RTR carries them, or why it cannot. */
export function entriesOf(value: Json | undefined): Entries | string {
  if (typeof value !== 'object' || value === null) return readEntries(value);
  const entries = read.get(value) ?? readEntries(value);
  read.set(value, entries);
  return entries;
}

function readEntries(value: Json | undefined): Entries | string {
  const place = { path: 'aspas', value: value ?? [] };
  const aspas = readList(place, readAspa);
  return tableFault(aspas) ?? new Map(aspas.map(entryOf));
}

export function entryOf({ customer, providers }: AspaPayload): [Asn, readonly Asn[]] {
  return [customer, [...providers].sort((a, b) => a - b)];
}
