import type { AspaOutcome, Authorization, NeighborRole, Procedure } from 'pathsec/aspa';
import type { AsPath } from 'pathsec/bgp';
import type { AspaPayload } from 'pathsec/payload';

/** A path and who sent it. */
export interface PathQuestion {
  readonly asPath: AsPath;
  /** Absent: nothing to compare with. */
  readonly neighborAs?: number;
  readonly neighborRole: NeighborRole;
}

/** One question to a verifier; `withdrawn` customers had been announced with provider 7 and are gone again. */
export interface Question extends PathQuestion {
  readonly aspas: readonly AspaPayload[];
  readonly withdrawn?: readonly number[];
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
  /** Whether a record may be used at all, by the limit of providers. */
  admits(aspa: AspaPayload, maxProviders: number): boolean;
  /** What becomes of a record for routes of this address family. */
  select(aspa: AspaPayload, afi: number): AspaPayload;
  unite(entries: Entries, aspa: AspaPayload): void;
  /** What becomes of a union by the limit of providers; nothing drops the customer. */
  limit(list: number[], maxProviders: number): number[] | undefined;
  withdraw(entries: Entries, customer: number): void;
  holds(list: readonly number[], provider: number): boolean;
  authorized(kit: Kit, entries: Entries, customer: number, provider: number): Authorization;
  read(asPath: AsPath): number[];
  compress(asns: readonly number[], asPath: AsPath): number[];
  prepare(asns: number[], question: PathQuestion): number[];
  length(asns: readonly number[], compressed: readonly number[]): number;
  /** What is answered whatever is asked. */
  constant: AspaOutcome | undefined;
  emptyPath: AspaOutcome;
  emptyTable: AspaOutcome | undefined;
  neighborOk(question: PathQuestion, procedure: Procedure): boolean;
  hasSet(asPath: AsPath): boolean;
  procedure(role: NeighborRole): Procedure;
  bounds(answers: Answers, procedure: Procedure): Bounds;
  decide(context: Decision): AspaOutcome;
  /** Whether the ramps are told even where steps 1 to 3 halt. */
  earlyRamps: boolean;
  equalTables(first: Entries, second: Entries): boolean;
  /** What an outcome is kept under; nothing is kept without one. */
  cacheKey(question: PathQuestion): string | undefined;
  /** Whether a change of the table empties that memory. */
  cacheFollowsTable: boolean;
  /** What a copy of a held route shows until the table changes; undefined: its outcome. */
  copied: AspaOutcome | undefined;
  /** Whether a route found invalid stays in the Adj-RIB-In. */
  keepsInvalid: boolean;
  preference(outcome: AspaOutcome): string;
  applies(afi: number, safi: number, session: string): boolean;
  /** The AS_PATH to verify, of an UPDATE of a speaker with 2-octet AS numbers. */
  merge(received: ReceivedPaths): AsPath;
}

/** The attributes of an UPDATE that make its path. */
export interface ReceivedPaths {
  readonly asPath: AsPath;
  readonly as4Path: AsPath;
  readonly aggregator?: number;
  readonly as4Aggregator?: number;
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
  admits: () => true,
  select: (aspa) => aspa,
  limit: (list, maxProviders) => (list.length > maxProviders ? undefined : list),
  unite(entries, { customer, providers }) {
    const given = providers.filter((asn) => asn !== 0 && asn !== customer);
    const list = [...(entries.get(customer) ?? []), ...given];
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
  constant: undefined,
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
  earlyRamps: false,
  equalTables(first, second) {
    const text = (entries: Entries): string => JSON.stringify([...entries].sort(([a], [b]) => a - b));
    return text(first) === text(second);
  },
  cacheKey: () => undefined,
  cacheFollowsTable: true,
  copied: undefined,
  keepsInvalid: true,
  preference: () => 'unchanged',
  applies: (afi, safi, session) => (afi === 1 || afi === 2) && safi === 1 && session === 'external',
  merge({ asPath, as4Path, aggregator, as4Aggregator }) {
    const ignored = as4Aggregator !== undefined && aggregator !== undefined && aggregator !== AS_TRANS;
    const surplus = asnCount(asPath) - asnCount(as4Path);
    if (as4Path.length === 0 || ignored || surplus < 0) return asPath;
    return [...leading(asPath, surplus), ...as4Path];
  },
};

const AS_TRANS = 23456;

/** ASes as route selection counts them: a set is one, confederation segments are none. */
function asnCount(asPath: AsPath): number {
  return asPath.reduce((sum, { type, asns }) => sum + (type === 2 ? asns.length : type === 1 ? 1 : 0), 0);
}

/** The segments of `asPath` that hold its first `count` ASes, the last one cut. */
function leading(asPath: AsPath, count: number): AsPath {
  let left = count;
  return asPath.flatMap((segment) => {
    const size = asnCount([segment]);
    const kept = Math.min(size, left);
    left -= kept;
    if (size === 0) return [segment];
    return kept === 0
      ? []
      : [{ type: segment.type, asns: segment.asns.slice(0, segment.type === 1 ? undefined : kept) }];
  });
}

/** The table that a verifier makes of ASPAs, for routes of one address family. */
export function tableOf(self: Kit, aspas: readonly AspaPayload[], maxProviders = 10_000, afi = 1): Entries {
  const entries: Entries = new Map();
  for (const aspa of aspas) enter(self, entries, self.select(aspa, afi), maxProviders);
  for (const [customer, list] of entries) {
    const kept = self.limit(list, maxProviders);
    if (kept === undefined) entries.delete(customer);
    else entries.set(customer, kept);
  }
  return entries;
}

/** Puts `aspa` in the place of what its customer had, as an RTR announcement does. */
export function announce(self: Kit, entries: Entries, aspa: AspaPayload, maxProviders: number): void {
  entries.delete(aspa.customer);
  for (const [customer, list] of tableOf(self, [aspa], maxProviders)) entries.set(customer, list);
}

function enter(self: Kit, entries: Entries, aspa: AspaPayload, maxProviders: number): void {
  if (self.admits(aspa, maxProviders)) self.unite(entries, aspa);
}

/** An outcome, and ramps where the verifier tells them. */
export interface Verdict {
  readonly outcome: AspaOutcome;
  readonly ramps?: Bounds;
}

/** Runs a verifier made of the parts of `self`. */
export function run(self: Kit, question: Question): AspaOutcome {
  const entries = tableOf(self, question.aspas);
  for (const customer of question.withdrawn ?? []) {
    self.unite(entries, { customer, providers: [7] });
    self.withdraw(entries, customer);
  }
  return verify(self, entries, question).outcome;
}

/** The verdict of a verifier made of the parts of `self`, over its table. */
export function verify(self: Kit, entries: Entries, question: PathQuestion): Verdict {
  const { asPath, neighborAs } = question;
  const procedure = self.procedure(question.neighborRole);
  if (self.constant !== undefined) return { outcome: self.constant };
  if (self.emptyTable !== undefined && entries.size === 0) return { outcome: self.emptyTable };
  if (asPath.every(({ asns }) => asns.length === 0)) return halt(self, entries, question, self.emptyPath);
  if (neighborAs !== undefined && !self.neighborOk(question, procedure)) {
    return halt(self, entries, question, 'invalid');
  }
  if (self.hasSet(asPath)) return halt(self, entries, question, 'invalid');
  return { outcome: self.decide(climb(self, entries, question)) };
}

/** A halt at steps 1 to 3. */
function halt(self: Kit, entries: Entries, question: PathQuestion, outcome: AspaOutcome): Verdict {
  return self.earlyRamps ? { outcome, ramps: climb(self, entries, question).bounds } : { outcome };
}

function climb(self: Kit, entries: Entries, question: PathQuestion): Decision {
  const { asPath } = question;
  const procedure = self.procedure(question.neighborRole);
  const raw = self.read(asPath);
  const path = self.prepare(self.compress(raw, asPath), question);
  const answers = path.slice(1).map((upper, i) => ({
    up: self.authorized(self, entries, path[i] as number, upper),
    down: self.authorized(self, entries, upper, path[i] as number),
  }));
  const N = self.length(raw, path);
  return { bounds: self.bounds(answers, procedure), N, procedure, answers, path, entries };
}
