import type { AspaOutcome, Authorization, NeighborRole, Procedure } from 'pathsec/aspa';
import type { AsPath } from 'pathsec/bgp';
import type { AspaPayload } from 'pathsec/payload';

/** One question to a verifier; `withdrawn` customers had been announced with provider 7 and are gone again. */
export interface Question {
  readonly aspas: readonly AspaPayload[];
  readonly withdrawn?: readonly number[];
  readonly asPath: AsPath;
  readonly neighborAs: number;
  readonly neighborRole: NeighborRole;
}

export type Entries = Map<number, number[]>;
export type Answers = readonly { readonly up: Authorization; readonly down: Authorization }[];

export interface Bounds {
  maxUp: number;
  minUp: number;
  maxDown: number;
  minDown: number;
}

/**
 * A verifier in small exchangeable parts, written apart from the product: a mutant is this kit with one part changed. Paths are
 * origin first from `read` on: index I - 1 holds A(I).
 */
export interface Kit {
  unite(entries: Entries, aspa: AspaPayload): void;
  withdraw(entries: Entries, customer: number): void;
  holds(list: readonly number[], provider: number): boolean;
  authorized(kit: Kit, entries: Entries, customer: number, provider: number): Authorization;
  read(asPath: AsPath): number[];
  compress(asns: readonly number[], asPath: AsPath): number[];
  prepare(asns: number[], question: Question): number[];
  length(asns: readonly number[], compressed: readonly number[]): number;
  emptyPath: AspaOutcome;
  emptyTable: AspaOutcome | undefined;
  neighborOk(question: Question, procedure: Procedure): boolean;
  hasSet(asPath: AsPath): boolean;
  procedure(role: NeighborRole): Procedure;
  bounds(answers: Answers, procedure: Procedure): Bounds;
  decide(context: Decision): AspaOutcome;
}

/** What steps 4 to 6 look at. */
export interface Decision {
  readonly bounds: Bounds;
  readonly N: number;
  readonly procedure: Procedure;
  readonly answers: Answers;
  readonly path: readonly number[];
  readonly entries: Entries;
}

export const kit: Kit = {
  unite(entries, { customer, providers }) {
    const list = [...(entries.get(customer) ?? []), ...providers].filter((asn) => asn !== 0);
    entries.set(
      customer,
      [...new Set(list)].sort((a, b) => a - b),
    );
  },
  withdraw: (entries, customer) => void entries.delete(customer),
  holds: (list, provider) => list.includes(provider),
  authorized(self, entries, customer, provider) {
    const list = entries.get(customer);
    if (list === undefined) return 'no-attestation';
    return self.holds(list, provider) ? 'provider+' : 'not-provider+';
  },
  read: (asPath) => asPath.flatMap(({ asns }) => [...asns]).reverse(),
  compress: (asns) => asns.filter((asn, i) => i === 0 || asn !== asns[i - 1]),
  prepare: (asns) => asns,
  length: (_asns, compressed) => compressed.length,
  emptyPath: 'invalid',
  emptyTable: undefined,
  neighborOk: ({ asPath, neighborAs, neighborRole }) =>
    neighborRole === 'rs' || asPath[0]?.type !== 2 || asPath[0].asns[0] === neighborAs,
  hasSet: (asPath) => asPath.some(({ type }) => type !== 2),
  procedure: (role) => (role === 'provider' ? 'downstream' : 'upstream'),
  bounds(answers, procedure) {
    const N = answers.length + 1;
    const first = (list: readonly Authorization[], stop: (a: Authorization) => boolean): number => {
      const index = list.findIndex(stop);
      return index < 0 ? N : index + 1;
    };
    const ups = answers.map(({ up }) => up);
    const downs = answers.map(({ down }) => down).reverse();
    const wall = (a: Authorization): boolean => a === 'not-provider+';
    const open = (a: Authorization): boolean => a !== 'provider+';
    const up = { maxUp: first(ups, wall), minUp: first(ups, open) };
    if (procedure === 'upstream') return { ...up, maxDown: 0, minDown: 0 };
    return { ...up, maxDown: first(downs, wall), minDown: first(downs, open) };
  },
  decide({ bounds: { maxUp, minUp, maxDown, minDown }, N }) {
    if (maxUp + maxDown < N) return 'invalid';
    return minUp + minDown < N ? 'unknown' : 'valid';
  },
};

/** Runs a verifier made of the parts of `self`. */
export function run(self: Kit, question: Question): AspaOutcome {
  const { asPath } = question;
  const entries: Entries = new Map();
  for (const aspa of question.aspas) self.unite(entries, aspa);
  for (const customer of question.withdrawn ?? []) {
    self.unite(entries, { customer, providers: [7] });
    self.withdraw(entries, customer);
  }
  const procedure = self.procedure(question.neighborRole);
  if (asPath.every(({ asns }) => asns.length === 0)) return self.emptyPath;
  if (self.emptyTable !== undefined && entries.size === 0) return self.emptyTable;
  if (!self.neighborOk(question, procedure)) return 'invalid';
  if (self.hasSet(asPath)) return 'invalid';
  const raw = self.read(asPath);
  const path = self.prepare(self.compress(raw, asPath), question);
  const answers = path.slice(1).map((upper, i) => ({
    up: self.authorized(self, entries, path[i] as number, upper),
    down: self.authorized(self, entries, upper, path[i] as number),
  }));
  const N = self.length(raw, path);
  return self.decide({ bounds: self.bounds(answers, procedure), N, procedure, answers, path, entries });
}
