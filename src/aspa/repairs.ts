import type { Asn } from '../inet/index.js';
import { type AspaTable, createAspaTable } from './aspa-table.js';
import type { Hop } from './draft-28.js';
import type { Evidence } from './evidence.js';
import type { AspaOutcome, Authorization } from './terms.js';
import type { VerificationInput } from './verification-input.js';
import { verifyAsPath } from './verify-as-path.js';

// NON-SPEC: the draft asks nothing of this. Why the sets that are tried are the only ones that need be: upstream (draft-28
// §5.5) every hop has to climb. Downstream (§5.6) the two ramps cover the path as soon as there is one hop, the apex, below
// which every hop climbs and above which every hop descends; what the apex itself attests is not asked. So whatever makes
// the path better holds, for one apex, all additions that its hops still need, and these alone do. Additions to
// ASPAs that are there never harm; those that make a new ASPA contradict other providers of its customer, which the hops
// that are needed have among them.

/** One more provider in the ASPA of a customer. */
export interface Addition {
  readonly customer: Asn;
  readonly provider: Asn;
  /** The customer has no ASPA as yet: a new one has to list all its providers, of which this is one. */
  readonly newAspa: boolean;
}

/** Additions that belong together, and the outcome with them. */
export interface Repair {
  readonly additions: readonly Addition[];
  readonly outcome: AspaOutcome;
}

/** Why there are no repairs: the procedure halted before it asked for providers, or the path is too long to try. */
export type NoRepairs = 'halted' | 'too-long';

/** What would make a path better; that it can be made so proves nobody's fault. */
export interface Repairs {
  /** As the table is. */
  readonly outcome: AspaOutcome;
  /** Of an invalid path: the smallest sets of additions with which it is not invalid, each of the same size. */
  readonly toUnknown: readonly Repair[];
  /** Of a path that is not valid: the smallest sets with which it is. */
  readonly toValid: readonly Repair[];
  readonly reason: NoRepairs | null;
}

/** ASes of a compressed path up to which repairs are looked for; real paths have some tens. */
export const MAX_REPAIRED_LENGTH = 256;
/** Sets that are given of each kind; of more that are as small, those whose apex is nearest to the origin. */
export const MAX_REPAIRS = 16;

/**
 * The smallest sets of additions to ASPAs with which a path would be valid, or at least not invalid (draft-28 §5.5, §5.6),
 * each verified again with the additions in the table. No set is smaller, of any ASes. A list that would grow beyond
 * `maxProviders` of the table, and AS 0, cannot be added to. Bounded by {@link MAX_REPAIRED_LENGTH} and
 * {@link MAX_REPAIRS}.
 *
 * @throws as `verifyAsPath`.
 */
export function repairs(table: AspaTable, input: VerificationInput): Repairs {
  const evidence = verifyAsPath(table, input);
  const { outcome, n } = evidence;
  const none = (reason: NoRepairs | null): Repairs => ({ outcome, toUnknown: [], toValid: [], reason });
  if (outcome === 'valid') return none(null);
  if (n === null) return none('halted');
  if (n > MAX_REPAIRED_LENGTH) return none('too-long');
  const search = (endsRamp: (authorization: Authorization) => boolean, goals: readonly AspaOutcome[]) =>
    smallest(table, input, candidates(evidence, endsRamp), goals);
  return {
    outcome,
    toUnknown: outcome === 'invalid' ? search((one) => one === 'not-provider+', ['unknown', 'valid']) : [],
    toValid: search((one) => one !== 'provider+', ['valid']),
    reason: null,
  };
}

/** A pair of customer and provider. */
type Pair = readonly [customer: Asn, provider: Asn];

/** For each way to cover the path the distinct pairs that it lacks, by the apex nearest to the origin. */
function candidates(
  { hops, procedure }: Evidence,
  endsRamp: (authorization: Authorization) => boolean,
): Pair[][] {
  const climb = (some: readonly Hop[]): Pair[] =>
    some.flatMap(({ lower, upper, up }) => (endsRamp(up) ? [[lower, upper] as const] : []));
  const descend = (some: readonly Hop[]): Pair[] =>
    some.flatMap(({ lower, upper, down }) => (endsRamp(down) ? [[upper, lower] as const] : []));
  if (procedure === 'upstream') return [distinct(climb(hops))];
  return hops.map((_, apex) => distinct([...climb(hops.slice(0, apex)), ...descend(hops.slice(apex + 1))]));
}

function distinct(pairs: readonly Pair[]): Pair[] {
  return [...new Map(pairs.map((pair) => [pair.join(' '), pair])).values()];
}

/** The smallest sets of pairs that reach one of the goals, verified. */
function smallest(
  table: AspaTable,
  input: VerificationInput,
  sets: readonly Pair[][],
  goals: readonly AspaOutcome[],
): Repair[] {
  const byText = new Map(
    sets.map((pairs) => [
      pairs
        .map((pair) => pair.join(' '))
        .sort()
        .join(),
      pairs,
    ]),
  );
  const ordered = [...byText.values()].sort((a, b) => a.length - b.length);
  const found: Repair[] = [];
  for (const pairs of ordered) {
    if (found.length === MAX_REPAIRS || pairs.length > (found[0]?.additions.length ?? pairs.length)) break;
    const amended = withPairs(table, input, pairs);
    const outcome = amended && verifyAsPath(amended, input).outcome;
    if (outcome === undefined || !goals.includes(outcome)) continue;
    const additions = pairs.map(([customer, provider]) => ({
      customer,
      provider,
      newAspa: !table.has(customer),
    }));
    found.push({ additions, outcome });
  }
  return found;
}

/** The entries of the ASes of the path with the pairs added; undefined where a list takes no more. */
function withPairs(
  table: AspaTable,
  { asPath }: VerificationInput,
  pairs: readonly Pair[],
): AspaTable | undefined {
  const lists = new Map<Asn, Asn[]>();
  for (const asn of asPath.flatMap(({ asns }) => asns)) {
    const providers = table.providers(asn);
    if (providers) lists.set(asn, [...providers]);
  }
  for (const [customer, provider] of pairs) {
    if (customer === 0 || provider === 0) return undefined;
    if (table.notesOf(customer).some(({ code }) => code === 'over-limit')) return undefined;
    const list = lists.get(customer) ?? [];
    list.push(provider);
    lists.set(customer, list);
    if (list.length > table.maxProviders) return undefined;
  }
  const aspas = [...lists].map(([customer, list]) => ({
    customer,
    providers: list.length === 0 ? [0] : list,
  }));
  return createAspaTable(aspas, { maxProviders: table.maxProviders });
}
