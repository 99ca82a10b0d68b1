import { AFI_IPV4, AFI_IPV6, type Asn, comparePrefix, formatPrefix, type Prefix } from '../inet/index.js';
import type { VrpArena, VrpStore } from '../payload/index.js';
import { explainOrigin, type RovTable, validateReadOrigin } from '../rov/index.js';
import type { SeededHash } from '../tables/index.js';
import { CoveringEntries } from './covering-entries.js';
import { type NamedVrp, namedVrp } from './named-vrp.js';
import type { InputFacts } from './options.js';
import {
  type CoveredRoute,
  type LooseVrp,
  MAX_MINIMAL,
  type MoasKind,
  type MoasPrefix,
  type NeedlessVrp,
  type OriginSurveyReport,
  type Unused,
  type UnusedVrp,
} from './origin-report.js';
import { type Rows, rowsOf } from './rows.js';

/** Two ASes that stand side by side at the end of a path: the origin is `last`. */
export interface EndOfPath {
  readonly before: Asn;
  readonly last: Asn;
}

/** What was gathered of routes, and the VRPs to hold them against. */
export interface GatheredOrigins {
  readonly rov: RovTable;
  /** Pairs of prefix and origin, each as the VRP of just that. */
  readonly announced: VrpStore;
  readonly hash: SeededHash;
  readonly isEnd: (end: EndOfPath) => boolean;
  readonly counts: { readonly routes: number; readonly withoutOrigin: number };
  readonly facts: InputFacts;
}

/** An entry of one of the two families. */
interface Entry {
  readonly arena: VrpArena;
  readonly entry: number;
}

/** What the announcements are to the VRPs of one family, by the entries of these. */
interface Uses {
  readonly vrps: VrpArena;
  readonly covering: CoveringEntries;
  /** Announced prefixes that match, and the longest of them. */
  readonly matched: Uint32Array;
  readonly longest: Uint8Array;
  /** Whether something is at or below the prefix (by its first entry), and whether its AS announces what is too long. */
  readonly under: Uint8Array;
  readonly tooLong: Uint8Array;
  /** Of VRPs with a maxLength some of the pairs that match, by their entries. */
  readonly matching: Map<number, number[]>;
}

/** The announced pairs of a family, and their VRPs. */
interface Family {
  readonly pairs: VrpArena;
  readonly uses: Uses;
}

/** Origins of one prefix that are compared with each other. */
const MOST_COMPARED = 64;

/** From pairs and VRPs to the report. */
export function buildOriginSurvey(gathered: GatheredOrigins): OriginSurveyReport {
  const { rov, announced, counts, facts } = gathered;
  const loose: (Entry & { readonly family: Family })[] = [];
  const unused: (Entry & { readonly kind: Unused })[] = [];
  const needless: (Entry & { readonly within: number })[] = [];
  const covered: Entry[] = [];
  const moas: Entry[] = [];
  let prefixes = 0;
  for (const afi of [AFI_IPV4, AFI_IPV6] as const) {
    const pairs = announced.family(afi);
    const uses = usesOf(rov.family(afi), pairs, gathered.hash);
    for (const entry of entriesOf(pairs)) {
      const head = pairs.longestCovering(pairs.octets(entry), pairs.length(entry));
      if (head === entry) {
        prefixes++;
        if (pairs.next(entry) >= 0) moas.push({ arena: pairs, entry });
      }
      if (validityOf(rov, pairs, entry) === 'invalid') covered.push({ arena: pairs, entry });
    }
    const { vrps } = uses;
    for (const entry of entriesOf(vrps)) {
      const kind = unusedKind(uses, entry);
      if (kind !== undefined) unused.push({ arena: vrps, entry, kind });
      else if (isLoose(uses, entry)) loose.push({ arena: vrps, entry, family: { pairs, uses } });
      const within = widerOf(uses, entry);
      if (within >= 0) needless.push({ arena: vrps, entry, within });
    }
  }
  const moasRows = rows(moas, (one) => moasOf(gathered, one));
  const moasKinds: Record<MoasKind, number> = {
    'all-valid': 0,
    'some-invalid': 0,
    'all-invalid': 0,
    'not-found': 0,
  };
  for (const { kind } of moasRows) moasKinds[kind]++;
  return {
    schema: 'pathsec-origins-1',
    unreadable: facts.unreadable ?? [],
    skipped: facts.skipped ?? [],
    problems: facts.problems ?? { count: 0, listed: [] },
    vrps: rov.size,
    ...counts,
    announced: { pairs: announced.size, prefixes },
    loose: rows(loose, ({ family, ...one }) => looseOf(family, one)),
    covered: rows(covered, (one) => coveredOf(rov, one)),
    unused: rows(unused, ({ kind, ...one }): UnusedVrp => ({ ...vrpOf(one), kind })),
    needless: rows(
      needless,
      ({ within, ...one }): NeedlessVrp => ({ ...vrpOf(one), within: vrpOf({ ...one, entry: within }) }),
    ),
    moas: moasRows,
    moasKinds,
  };
}

function usesOf(vrps: VrpArena, pairs: VrpArena, hash: SeededHash): Uses {
  const covering = new CoveringEntries(vrps, hash);
  const uses: Uses = {
    vrps,
    covering,
    matched: new Uint32Array(vrps.end),
    longest: new Uint8Array(vrps.end),
    under: new Uint8Array(vrps.end),
    tooLong: new Uint8Array(vrps.end),
    matching: new Map(),
  };
  for (const pair of entriesOf(pairs)) {
    const length = pairs.length(pair);
    for (const head of covering.heads(pairs.octets(pair), length)) {
      uses.under[head] = 1;
      for (const entry of covering.of(head, pairs.asn(pair))) {
        if (length > vrps.maxLength(entry)) {
          uses.tooLong[entry] = 1;
          continue;
        }
        uses.matched[entry] = (uses.matched[entry] as number) + 1;
        uses.longest[entry] = Math.max(uses.longest[entry] as number, length);
        if (vrps.maxLength(entry) > vrps.length(entry)) note(uses.matching, entry, pair);
      }
    }
  }
  return uses;
}

function note(matching: Map<number, number[]>, entry: number, pair: number): void {
  const known = matching.get(entry);
  if (known === undefined) matching.set(entry, [pair]);
  else if (known.length < MAX_MINIMAL) known.push(pair);
}

/** AS 0 is there to match nothing (RFC 6483 §4). */
function unusedKind({ vrps, matched, under, tooLong }: Uses, entry: number): Unused | undefined {
  if (vrps.asn(entry) === 0 || (matched[entry] as number) > 0) return undefined;
  if (tooLong[entry] === 1) return 'too-long';
  const head = vrps.longestCovering(vrps.octets(entry), vrps.length(entry));
  return under[head] === 1 ? 'other-origin' : 'unannounced';
}

/** RFC 9319 §5, docs/decisions/rov.md D-rov-suggest: it permits what is not announced. A VRP without more specifics permits one prefix, which is the one that uses it. */
function isLoose({ vrps, matched }: Uses, entry: number): boolean {
  return (matched[entry] as number) > 0 && (matched[entry] as number) < permitted(vrps, entry);
}

function permitted(vrps: VrpArena, entry: number): number {
  return 2 ** (vrps.maxLength(entry) - vrps.length(entry) + 1) - 1;
}

/** Another VRP of the AS that permits all that this one does, the least specific first; -1 for none. */
function widerOf({ vrps, covering }: Uses, entry: number): number {
  let wider = -1;
  const maxLength = vrps.maxLength(entry);
  for (const head of covering.heads(vrps.octets(entry), vrps.length(entry))) {
    for (const other of covering.of(head, vrps.asn(entry))) {
      if (other !== entry && vrps.maxLength(other) >= maxLength) wider = other;
    }
  }
  return wider;
}

function looseOf({ pairs, uses }: Family, one: Entry): LooseVrp {
  const { arena, entry } = one;
  const found = (uses.matching.get(entry) ?? []).map((pair) => prefixOf({ arena: pairs, entry: pair }));
  return {
    ...vrpOf(one),
    permitted: permitted(arena, entry),
    announced: uses.matched[entry] as number,
    longest: uses.longest[entry] as number,
    minimal: found.sort(comparePrefix).map(formatPrefix),
  };
}

function coveredOf(rov: RovTable, one: Entry): CoveredRoute {
  const prefix = prefixOf(one);
  const origin = one.arena.asn(one.entry);
  const { unmatchedAs, unmatchedLength } = explainOrigin(rov, prefix, origin);
  const own = unmatchedLength.filter(({ asn }) => asn === origin);
  return {
    prefix: formatPrefix(prefix),
    origin,
    reason: own.length > 0 ? 'length' : 'as',
    vrps: (own.length > 0 ? own : [...unmatchedAs, ...unmatchedLength]).map(namedVrp),
  };
}

function moasOf({ rov, isEnd }: GatheredOrigins, { arena, entry }: Entry): MoasPrefix {
  const prefix = prefixOf({ arena, entry });
  const asns: Asn[] = [];
  for (let at = entry; at >= 0; at = arena.next(at)) asns.push(arena.asn(at));
  asns.sort((a, b) => a - b);
  const origins = asns.map((asn) => ({ asn, validity: validateReadOrigin(rov, prefix, asn) }));
  const count = (validity: string): number => origins.filter((one) => one.validity === validity).length;
  const kind =
    count('not-found') > 0
      ? 'not-found' // whether a VRP covers does not depend on the origin
      : count('invalid') === 0
        ? 'all-valid'
        : count('valid') === 0
          ? 'all-invalid'
          : 'some-invalid';
  const beside = (before: Asn, last: Asn): boolean => before !== last && isEnd({ before, last });
  // Of very many origins not each pair is looked at.
  const few = asns.slice(0, MOST_COMPARED);
  return {
    prefix: formatPrefix(prefix),
    kind,
    origins,
    adjacent: few.some((before) => few.some((last) => beside(before, last))),
  };
}

function validityOf(rov: RovTable, pairs: VrpArena, entry: number): string {
  return validateReadOrigin(rov, prefixOf({ arena: pairs, entry }), pairs.asn(entry));
}

function* entriesOf(arena: VrpArena): Generator<number> {
  for (let entry = 0; entry < arena.end; entry++) if (arena.isUsed(entry)) yield entry;
}

function prefixOf({ arena, entry }: Entry): Prefix {
  return { afi: arena.afi, octets: arena.octets(entry), length: arena.length(entry) };
}

function vrpOf({ arena, entry }: Entry): NamedVrp {
  const prefix = prefixOf({ arena, entry });
  return namedVrp({ prefix, maxLength: arena.maxLength(entry), asn: arena.asn(entry) });
}

/** The entries in order of prefix, maxLength and AS, each made into a row when it is read. */
function rows<E extends Entry, T>(entries: E[], make: (one: E) => T): Rows<T> {
  entries.sort(
    (a, b) =>
      comparePrefix(prefixOf(a), prefixOf(b)) ||
      a.arena.maxLength(a.entry) - b.arena.maxLength(b.entry) ||
      a.arena.asn(a.entry) - b.arena.asn(b.entry),
  );
  return rowsOf(entries.length, (i) => make(entries[i] as E));
}
