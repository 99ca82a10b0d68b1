import { type AsPath, parseAsPathJson } from '../../bgp/index.js';
import { DecodeError } from '../../bytes/index.js';
import { type Prefix, parsePrefixMasked } from '../../inet/index.js';
import { type Emitter, reportLine } from '../emitter.js';
import { asText } from './json-values.js';
import { asnText, type TextValues } from './values.js';

/** A prefix as a line has it, which may be none. */
export interface NlriText {
  readonly text: unknown;
  readonly pathId?: number | undefined;
}

/** The prefix of a line that tells no Path Identifiers. */
export const withoutId = (text: unknown): NlriText => ({ text });

/** What a line says of a route beside prefix and path. */
interface RouteKind {
  readonly pathId?: number | undefined;
  readonly rib?: boolean;
}

/** Delivers a route of the peer whose line is in work. */
export function deliverRoute(emitter: Emitter, prefix: Prefix, asPath: AsPath, kind: RouteKind = {}): void {
  const { route, summary } = emitter;
  route.prefix = prefix;
  route.asPath = asPath;
  route.rib = kind.rib ?? false;
  route.hasAsPath = asPath.length > 0 || !route.rib; // an entry of a RIB without a path is one of the router itself
  route.pathId = kind.pathId;
  summary.routes++;
  emitter.deliver(route);
}

/** Delivers a withdrawal. */
export function deliverWithdrawal(emitter: Emitter, prefix: Prefix, pathId?: number): void {
  emitter.withdrawal.prefix = prefix;
  emitter.withdrawal.pathId = pathId;
  emitter.summary.withdrawals++;
  emitter.deliver(emitter.withdrawal);
}

/**
 * Delivers what one message says: its withdrawals, then its routes, whose path is asked for where there is one. A prefix that is
 * none is a problem, and the others are delivered.
 */
export function deliverUpdate(
  emitter: Emitter,
  withdrawn: readonly NlriText[],
  announced: readonly NlriText[],
  pathOf: () => AsPath,
): void {
  for (const { prefix, pathId } of readable(emitter, withdrawn)) deliverWithdrawal(emitter, prefix, pathId);
  const routes = readable(emitter, announced);
  if (routes.length === 0) return;
  const asPath = pathOf();
  for (const { prefix, pathId } of routes) deliverRoute(emitter, prefix, asPath, { pathId });
}

/** The prefixes that can be read; each other one is a problem. */
function readable(emitter: Emitter, items: readonly NlriText[]) {
  return items.flatMap(({ text, pathId }) => {
    try {
      return [{ prefix: parsePrefixMasked(asText(text, 'prefixes')), pathId }];
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      reportLine(emitter, error);
      return [];
    }
  });
}

/**
 * The path of an array of AS numbers, in which an array is an AS_SET; equal ones are one object.
 *
 * @throws {DecodeError} as `parseAsPathJson`.
 */
export function nestedPath(values: TextValues, path: unknown, field: string): AsPath {
  const segments = parseAsPathJson(path, field);
  return values.path(
    segments.map(({ type, asns }) => (type === 1 ? `{${asns.join(' ')}}` : asns.join(' '))).join(' '),
  );
}

/** Segments of a path by their type, each with the text of its AS numbers, as one text. */
const BRACKETS = { set: '{}', sequence: '  ', 'confed-sequence': '()', 'confed-set': '[]' } as const;

/** The kind of a segment. */
export type SegmentKind = keyof typeof BRACKETS;

/** The path of segments whose kinds a line tells. @throws {DecodeError} `asn-syntax`, `asn-range`, or as `parseAsPath`. */
export function segmentedPath(
  values: TextValues,
  segments: readonly (readonly [kind: SegmentKind, asns: readonly unknown[]])[],
): AsPath {
  return values.path(
    segments
      .map(([kind, asns]) =>
        `${BRACKETS[kind][0]}${asns.map((asn) => asnText(asn, 'as-path')).join(' ')}${BRACKETS[kind][1]}`.trim(),
      )
      .join(' '),
  );
}
