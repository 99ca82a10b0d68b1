import { type Asn, coversPrefix, type Prefix } from '../../inet/index.js';
import { createPayloadSet, type PayloadSet, type Vrp } from '../../payload/index.js';
import {
  type AspaFilter,
  applyPayloadChange,
  formatVrpNotation,
  type PayloadChange,
  type PrefixFilter,
  parsePayloadChange,
  type Slurm,
} from '../../rpki/payloads.js';
import { type EntryProblem, tried } from './entries.js';
import type { FoundEntries } from './payload-messages.js';

/** What of a set can matter to a path. */
export interface Wanted {
  readonly asns: readonly Asn[];
  readonly prefix: Prefix | undefined;
}

/** What matters to a path of a set with changes made to it, one after the other; a change that cannot be made is told. */
export function changedEntries(
  set: PayloadSet,
  changes: readonly string[],
  { asns, prefix }: Wanted,
): FoundEntries {
  const { part, problems } = changedPart(set, changes, { asns, prefix });
  return {
    aspas: asns.flatMap((asn) => part.aspas.get(asn) ?? []),
    vrps: prefix === undefined ? [] : part.vrps.covering(prefix),
    problems,
  };
}

/**
 * The changes as local exceptions (RFC 8416), so that a set with these exceptions is the set with the changes. A prefix filter
 * takes more specific prefixes of the same origin too (§3.3.1): what of them stays is asserted again. An ASPA that comes is the
 * whole list of its customer, so what it had is filtered.
 */
export function slurmOfChanges(set: PayloadSet, changes: readonly string[]): Slurm {
  const { made, part } = changedPart(set, changes, { asns: [], prefix: undefined });
  const vrps = new Map(made.flatMap((change) => (change.kind === 'vrps' ? [named(change.vrp)] : [])));
  const gone = new Map([...vrps].filter(([, vrp]) => set.vrps.has(vrp) && !part.vrps.has(vrp)));
  const come = [...vrps.values()].filter((vrp) => part.vrps.has(vrp) && !set.vrps.has(vrp));
  const prefixFilters = [...gone.values()].map(({ asn, prefix }) => ({ prefix, asn }));
  const customers = [...new Set(made.flatMap((change) => customerOf(change) ?? []))];
  const aspas = customers.map((customer) => aspaExceptions(set, part, made, customer));
  return {
    prefixFilters,
    bgpsecFilters: [],
    aspaFilters: aspas.flatMap(({ filter }) => filter ?? []),
    prefixAssertions: [...come, ...filteredToo(set, prefixFilters, gone)].map(
      ({ asn, maxLength, prefix }) => ({ prefix, maxLength, asn }),
    ),
    bgpsecAssertions: [],
    aspaAssertions: aspas.flatMap(({ assertion }) => assertion ?? []),
  };
}

/** A part of a set with all that is asked for and all that changes are about, and the changes made to it. */
function changedPart(set: PayloadSet, changes: readonly string[], { asns, prefix }: Wanted) {
  const read = changes.map((line) => ({ line, outcome: tried(() => parsePayloadChange(line)) }));
  const known = read.flatMap(({ outcome }) => ('value' in outcome ? [outcome.value] : []));
  const customers = new Set([...asns, ...known.flatMap((change) => customerOf(change) ?? [])]);
  const prefixes = known.flatMap((change) => (change.kind === 'vrps' ? [change.vrp.prefix] : []));
  const part = createPayloadSet({
    aspas: [...customers].flatMap((customer) => set.aspas.get(customer) ?? []),
    vrps: [...(prefix ? [prefix] : []), ...prefixes].flatMap((one) => set.vrps.covering(one)),
  });
  const made: PayloadChange[] = [];
  const problems: EntryProblem[] = [];
  for (const { line, outcome } of read) {
    const carried = 'value' in outcome ? tried(() => applyPayloadChange(part, outcome.value)) : outcome;
    if ('problem' in carried) problems.push({ line, problem: carried.problem });
    else if ('value' in outcome) made.push(outcome.value);
  }
  return { part, made, problems };
}

function customerOf(change: PayloadChange): Asn | undefined {
  if (change.kind !== 'aspas') return undefined;
  return change.action === 'announce' ? change.aspa.customer : change.customer;
}

const named = (vrp: Vrp): [string, Vrp] => [formatVrpNotation(vrp), vrp];

/** VRPs that stay, although a filter takes them. */
function filteredToo(
  { vrps }: PayloadSet,
  filters: readonly Required<Pick<PrefixFilter, 'prefix' | 'asn'>>[],
  gone: ReadonlyMap<string, Vrp>,
): Vrp[] {
  if (filters.length === 0) return [];
  const prefixes = new Map<Asn, Prefix[]>();
  for (const { asn, prefix } of filters) prefixes.set(asn, [...(prefixes.get(asn) ?? []), prefix]);
  const stay: Vrp[] = [];
  for (const vrp of vrps.sorted()) {
    const isFiltered = prefixes.get(vrp.asn)?.some((outer) => coversPrefix(outer, vrp.prefix)) === true;
    if (isFiltered && !gone.has(formatVrpNotation(vrp))) stay.push(vrp);
  }
  return stay;
}

function aspaExceptions(
  set: PayloadSet,
  part: PayloadSet,
  made: readonly PayloadChange[],
  customer: Asn,
): { readonly filter?: AspaFilter; readonly assertion?: Slurm['aspaAssertions'][number] } {
  const now = part.aspas.get(customer)?.providers;
  if (now === undefined) return { filter: { customer } };
  const announced = made.some((change) => change.action === 'announce' && customerOf(change) === customer);
  if (announced) return { filter: { customer }, assertion: { customer, providers: now } };
  const before = set.aspas.get(customer)?.providers ?? [];
  return { filter: { customer, providers: before.filter((provider) => !now.includes(provider)) } };
}
