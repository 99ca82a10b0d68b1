import type { Asn } from '../../inet/index.js';
import type { RouterAbilities } from './abilities.js';
import { movedVariants } from './move-prefixes.js';
import {
  type AsnPool,
  asnsOf,
  createAsnPool,
  isAboutNumbers,
  isAlike,
  isLarge,
  renumber,
  substituteFor,
  swapOf,
} from './renumber.js';
import type { StagedCase } from './staged.js';

/** ASes that the neighbours of renumbered cases share, where the AS of the neighbour counts: more of them need fewer rounds. */
const SHARED_NEIGHBORS = 16;

/**
 * The forms in which a case can be played, one of which is as good as another: its verdict and what it shows of a mistake are
 * the same (docs/decisions/conformance.md D-router-renumbering). A text says why there is none.
 */
export type Variants = (staged: StagedCase) => readonly StagedCase[] | string;

/** Makes the variants of the cases of a plan; `asCounts`: a route has to come from a certain AS. */
export function createVariants(
  cases: readonly StagedCase[],
  { localAs, neighbors, ownAs, reservedAses = [] }: RouterAbilities,
  asCounts: boolean,
): Variants {
  const others = [localAs, ...reservedAses, ...(neighbors ?? []).map(({ as }) => as)];
  const kept = new Set(others);
  for (const one of cases) if (isAboutNumbers(one)) for (const asn of asnsOf(one)) kept.add(asn);
  const pool = createAsnPool(kept);
  const shared = neighbors === undefined ? (pool.take(SHARED_NEIGHBORS) ?? []) : [];

  /** The ASes that the neighbour of the case can get; those of the wrong role have no session. */
  const seats = (): readonly Asn[] => neighbors?.map(({ as }) => as) ?? shared;

  const withoutOwnAs = (staged: StagedCase): StagedCase | undefined => {
    const isThere = staged.phases.some(({ routes }) =>
      routes.some(
        ({ asPath, neighborAs }) =>
          neighborAs === localAs || asPath.some(({ asns }) => asns.includes(localAs)),
      ),
    );
    if (ownAs || !isThere) return staged;
    const other = substituteFor(localAs, new Set([...asnsOf(staged), ...others]));
    return other === undefined ? undefined : renumber(staged, swapOf(localAs, other));
  };

  return (staged) => {
    if (staged.question.suite === 'rov') {
      const own = withoutOwnAs(staged);
      return own === undefined ? 'the AS of the router is in the path' : movedVariants(own);
    }
    const neighborAses = new Set(
      staged.phases.flatMap(({ routes }) => routes.flatMap(({ neighborAs }) => neighborAs ?? [])),
    );
    const fresh = isAboutNumbers(staged) ? undefined : freshNames(asnsOf(staged), pool);
    if (fresh === undefined) {
      const own = withoutOwnAs(withFreshCustomer(staged, pool));
      if (own === undefined) return 'the AS of the router is in the path';
      const [neighborAs] = neighborAses;
      if (!asCounts || neighbors === undefined || neighborAs === undefined || neighborAses.size > 1)
        return [own];
      const asns = asnsOf(own);
      const moved = seats()
        .filter((as) => isAlike(as, neighborAs) && !asns.has(as))
        .map((as) => renumber(own, swapOf(neighborAs, as)));
      return [own, ...moved];
    }
    if (!asCounts || neighborAses.size === 0) return [renumber(staged, fresh)];
    const moved = seats().map((_, i) => {
      const names = new Map(fresh);
      [...neighborAses].forEach((asn, k) => {
        const seat = seats()[(i + k) % seats().length];
        if (seat !== undefined) names.set(asn, seat);
      });
      return renumber(staged, names);
    });
    return moved;
  };
}

function freshNames(of: ReadonlySet<Asn>, pool: AsnPool): ReadonlyMap<Asn, Asn> | undefined {
  const asns = [...of].sort((a, b) => a - b);
  const taken = pool.take(asns.length);
  return taken && new Map(asns.map((asn, i) => [asn, taken[i] ?? asn]));
}

/** The only customer of a table is in no order with others: however large its providers, a small number is as good as another. */
function withFreshCustomer(staged: StagedCase, pool: AsnPool): StagedCase {
  const { entries } = staged.phases[0] ?? {};
  const [customer, ...others] = entries?.keys() ?? [];
  if (customer === undefined || others.length > 0 || staged.phases.length > 1) return staged;
  if (entries?.get(customer)?.includes(customer) || isLarge(customer)) return staged;
  return renumber(staged, freshNames(new Set([customer]), pool) ?? new Map());
}
