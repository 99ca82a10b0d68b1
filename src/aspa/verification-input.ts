import type { AsPath } from '../bgp/index.js';
import { type Asn, requireAsn, sayValue } from '../inet/index.js';
import type { AspaTable } from './aspa-table.js';
import type { NeighborRole, Procedure } from './terms.js';

/** Who sent a route, and by which procedure it is verified: a role or a procedure is needed, and there is no default. */
export type VerificationContext = {
  /** The ASN the neighbour uses on the session; without it step 2 is not run and the evidence says so. */
  readonly neighborAs?: Asn | undefined;
  /** NON-SPEC: ASN of a non-transparent route server that has to lead the path; draft-28 exempts every RS-client. */
  readonly routeServerAs?: Asn | undefined;
} & (
  | {
      /** The role of the NEIGHBOUR, not the local one. */
      readonly neighborRole: NeighborRole;
      /** For the sessions or prefixes of a complex neighbour. */
      readonly procedure?: Procedure | undefined;
    }
  | {
      readonly neighborRole?: undefined;
      /** For a caller without a role. */
      readonly procedure: Procedure;
    }
);

/** One path to verify, as received, before any local prepend or policy (draft-28 §6.2). */
export type VerificationInput = {
  /** Merged with AS4_PATH where both came (RFC 6793 §4.2.3). */
  readonly asPath: AsPath;
} & VerificationContext;

/**
 * What every reading of the procedures asks of its arguments before step 1, so that a wrong one gets the same answer
 * from all of them (docs/decisions/aspa.md D-aspa-input-checks). NON-SPEC.
 *
 * @throws {TypeError} for an argument, segment, segment type or ASN of another kind; {@link RangeError} for a number
 * that is no segment type or no ASN.
 */
export function requireInput(table: AspaTable, input: VerificationInput): void {
  requireTable(table);
  if (typeof input !== 'object' || input === null) {
    throw new TypeError(`the input is ${sayValue(input)}, not {asPath, neighborAs, neighborRole}`);
  }
  // A neighbour under a misspelt name would be passed over in silence, which is a wrong verdict.
  requireSpelling(input, KNOWN);
  requireAsPath(input.asPath);
  if (input.neighborAs !== undefined) requireAsn(input.neighborAs, 'neighborAs');
  if (input.routeServerAs !== undefined) requireAsn(input.routeServerAs, 'routeServerAs');
}

/**
 * Refuses what is no table.
 *
 * @throws {TypeError}
 */
export function requireTable(table: AspaTable): void {
  if ((table as Partial<AspaTable> | null | undefined)?.packed === undefined) {
    throw new TypeError(`the table is ${sayValue(table)}, not one that createAspaTable made`);
  }
}

/** Refuses what is no list of segments; the throws are those of {@link requireInput}. */
export function requireAsPath(asPath: AsPath): void {
  if (!Array.isArray(asPath)) {
    throw new TypeError(
      `asPath is ${sayValue(asPath)}, not a list of segments (parseAsPath of pathsec/bgp reads text)`,
    );
  }
  for (const segment of asPath as AsPath) {
    if (typeof segment !== 'object' || segment === null || !Array.isArray(segment.asns)) {
      throw new TypeError(`asPath holds ${sayValue(segment)}, not a segment {type, asns}`);
    }
    const { type, asns } = segment;
    if (type !== 2 && type !== 1 && type !== 3 && type !== 4) throw wrongType(type);
    requireAsns(asns, 0, asns.length);
  }
}

/** Refuses a list in which a place from `start` to before `end` holds no ASN. */
export function requireAsns(asns: ArrayLike<Asn>, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const asn = asns[i];
    if (typeof asn !== 'number' || asn >>> 0 !== asn) requireAsn(asn, 'in the AS_PATH:');
  }
}

const KNOWN: ReadonlySet<string> = new Set([
  'asPath',
  'neighborAs',
  'neighborRole',
  'procedure',
  'routeServerAs',
]);

/** Members of other names are the caller's own, but for those that were meant to be one of ours. */
export function requireSpelling(input: object, known: ReadonlySet<string>): void {
  for (const name in input) if (!known.has(name)) requireNoMisspelling(name, known);
}

function requireNoMisspelling(name: string, known: ReadonlySet<string>): void {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replace('neighbour', 'neighbor');
  for (const one of known) {
    if (plain === one.toLowerCase()) throw new TypeError(`unknown member ${name}: did you mean ${one}?`);
  }
}

function wrongType(type: unknown): Error {
  if (typeof type === 'number') return new RangeError(`segment type ${type} is none of 1, 2, 3, 4`);
  return new TypeError(
    `segment type ${sayValue(type)} is not a number (AS_SET 1, AS_SEQUENCE 2, AS_CONFED_SEQUENCE 3, AS_CONFED_SET 4)`,
  );
}
