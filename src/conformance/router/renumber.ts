import { AS_TRANS, type Asn } from '../../inet/index.js';
import type { Phase, StagedCase } from './staged.js';

/** Numbers of five digits below 2^16: compared as text, as signed or as unsigned, they are in one order. */
const FIRST: Asn = 10_000;
const LAST: Asn = 65_534;

/** AS numbers that no case has yet, each given out once. */
export interface AsnPool {
  /** So many numbers, ascending; undefined when there are not that many left. */
  take(count: number): readonly Asn[] | undefined;
}

/** A pool without the numbers of `kept`. AS_TRANS stands for other ASes (RFC 6793 §2.2), and is never given out. */
export function createAsnPool(kept: ReadonlySet<Asn>): AsnPool {
  let next = FIRST;
  return {
    take(count) {
      const taken: Asn[] = [];
      let asn = next;
      for (; taken.length < count && asn <= LAST; asn++) {
        if (asn !== AS_TRANS && !kept.has(asn)) taken.push(asn);
      }
      if (taken.length < count) return undefined;
      next = asn;
      return taken;
    },
  };
}

/** Every AS that a case has in paths, tables and as neighbour; not AS 0, which is none. */
export function asnsOf({ phases }: StagedCase): ReadonlySet<Asn> {
  const asns = new Set<Asn>();
  for (const { entries, routes, vrps } of phases) {
    for (const [customer, providers] of entries) {
      asns.add(customer);
      for (const provider of providers) asns.add(provider);
    }
    for (const { asn } of vrps) asns.add(asn);
    for (const { asPath, neighborAs } of routes) {
      if (neighborAs !== undefined) asns.add(neighborAs);
      for (const segment of asPath) for (const asn of segment.asns) asns.add(asn);
    }
  }
  asns.delete(0);
  return asns;
}

/**
 * Whether a case may be about its AS numbers: one of them is AS_TRANS or does not fit 16 bits, or a list of providers has numbers
 * of several lengths, which are in another order as text (docs/decisions/conformance.md D-router-renumbering).
 */
export function isAboutNumbers(staged: StagedCase): boolean {
  for (const asn of asnsOf(staged)) if (isLarge(asn)) return true;
  const lists = staged.phases.flatMap(({ entries }) => [...entries.values()]);
  return lists.some((list) => new Set(list.filter((asn) => asn !== 0).map(digits)).size > 1);
}

/** Whether a number is AS_TRANS or does not fit 16 bits. */
export function isLarge(asn: Asn): boolean {
  return asn > LAST || asn === AS_TRANS;
}

function digits(asn: Asn): number {
  return String(asn).length;
}

/** A number close to `asn` that no format tells from it, and that is not of `others`; undefined where there is none. */
export function substituteFor(asn: Asn, others: ReadonlySet<Asn>): Asn | undefined {
  for (let step = 1; step < 100; step++) {
    for (const other of [asn + step, asn - step]) {
      if (isAlike(asn, other) && !others.has(other)) return other;
    }
  }
  return undefined;
}

/** Whether both are on the same side of 2^16 and 2^31, have as many digits, and neither is special. */
export function isAlike(one: Asn, other: Asn): boolean {
  const side = (asn: Asn): number => (asn > LAST + 1 ? 1 : 0) + (asn >= 0x8000_0000 ? 1 : 0);
  const special = (asn: Asn): boolean => asn <= 0 || asn === AS_TRANS || asn >= 0xffff_ffff;
  return side(one) === side(other) && digits(one) === digits(other) && !special(one) && !special(other);
}

/** The case with other AS numbers; those that `names` does not have stay. */
export function renumber(staged: StagedCase, names: ReadonlyMap<Asn, Asn>): StagedCase {
  const name = (asn: Asn): Asn => names.get(asn) ?? asn;
  const phases = staged.phases.map(
    ({ entries, routes, vrps }): Phase => ({
      entries: new Map(
        [...entries].map(([customer, providers]) => [
          name(customer),
          providers.map(name).sort((a, b) => a - b),
        ]),
      ),
      vrps: vrps.map((vrp) => ({ ...vrp, asn: name(vrp.asn) })),
      routes: routes.map((route) => ({
        ...route,
        asPath: route.asPath.map(({ type, asns }) => ({ type, asns: asns.map(name) })),
        ...(route.neighborAs !== undefined && { neighborAs: name(route.neighborAs) }),
      })),
    }),
  );
  return { ...staged, phases };
}

/** Two numbers for each other. */
export function swapOf(one: Asn, other: Asn): ReadonlyMap<Asn, Asn> {
  return new Map([
    [one, other],
    [other, one],
  ]);
}
