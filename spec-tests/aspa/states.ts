import type { AspaPayload } from 'pathsec/payload';

/** One state of the exhaustive test: the path n, n-1, .. 1 and, for each AS, no entry or a set of its path neighbours. */
export interface State {
  readonly n: number;
  /** Wire order. */
  readonly asns: readonly number[];
  /** `entries[asn]`; undefined without an entry, empty for an AS0 ASPA. */
  readonly entries: readonly (readonly number[] | undefined)[];
}

/** All attestation states of a path of `n` distinct ASes: 2 for n = 1, else 9 * 5^(n - 2). */
export function* states(n: number): Generator<State> {
  const asns = Array.from({ length: n }, (_, i) => n - i);
  const choices = Array.from({ length: n + 1 }, (_, asn) => {
    const near = [asn - 1, asn + 1].filter((other) => asn > 0 && other >= 1 && other <= n);
    const subsets: number[][] = [[]];
    for (const one of near) subsets.push(...subsets.map((set) => [...set, one]));
    return asn === 0 ? [undefined] : [undefined, ...subsets];
  });
  const index = new Array<number>(n + 1).fill(0);
  for (;;) {
    yield { n, asns, entries: index.map((choice, asn) => choices[asn]?.[choice]) };
    let asn = 1;
    while (asn <= n && index[asn] === (choices[asn]?.length ?? 0) - 1) index[asn++] = 0;
    if (asn > n) return;
    index[asn] = (index[asn] as number) + 1;
  }
}

/** The ASPAs of a state; `[0]` for an entry without provider. */
export function payloadsOf(state: State): AspaPayload[] {
  return state.entries.flatMap((providers, customer) =>
    providers === undefined ? [] : [{ customer, providers: providers.length > 0 ? providers : [0] }],
  );
}
