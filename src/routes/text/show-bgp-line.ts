import { DecodeError } from '../../bytes/index.js';
import { type Prefix, parsePrefixMasked } from '../../inet/index.js';

/** Where the columns of a table begin, by its header line. */
export interface ShowColumns {
  readonly network: number;
  readonly nextHop: number;
  readonly path: number;
}

/** A line of the table, as far as it goes: long networks and next hops have lines of their own, and the rest follows. */
export interface ShowLine {
  readonly status: string;
  /** Undefined for another path to the network of the line before. */
  readonly network: string | undefined;
  readonly nextHop: string | undefined;
  /** Behind the numbers, with the origin code; undefined where the line ends before. */
  readonly path: string | undefined;
}

/** The columns, if the line is the header of a table; where there is none, `show ip bgp` of old has these. */
export const OLD_COLUMNS: ShowColumns = { network: 3, nextHop: 20, path: 61 };

/** The columns that a header line names; undefined for another line. */
export function showColumnsOf(line: string): ShowColumns | undefined {
  const found = /^(\s+Network\s+)Next Hop\s+Metric\s+LocPrf\s+Weight\s+(?=Path\s*$)/.exec(line);
  if (!found) return undefined;
  const [all, beforeHop = ''] = found;
  return { network: line.indexOf('Network'), nextHop: beforeHop.length, path: all.length };
}

/** Cuts a line of the table into its parts. */
export function cutShowLine(line: string, columns: ShowColumns): ShowLine {
  const status = line.slice(0, columns.network).trim();
  const network = /^\S+/.exec(line.slice(columns.network))?.[0];
  const behind = network === undefined ? columns.network : columns.network + network.length;
  const hop = /^(\s+)(\S+)/.exec(line.slice(behind));
  // A network that reaches into the next column leaves everything else to the next line.
  const nextHop = hop?.[2];
  const rest = nextHop === undefined ? '' : line.slice(behind + (hop?.[0].length ?? 0));
  return { status, network, nextHop, path: pathOf(line, rest, columns) };
}

/** The path column of a line; where numbers are wider than their columns, what stands behind the weight. */
export function pathOf(line: string, rest: string, columns: ShowColumns): string | undefined {
  if (rest.trim() === '') return undefined;
  const cut = line.slice(columns.path);
  return /\s/.test(line[columns.path - 1] ?? ' ') ? cut.trim() : cut.replace(/^\S*/, '').trim();
}

/**
 * The prefix of the column Network; without a length that of the class of the address, as routers leave it out
 * (docs/decisions/routes.md D-show-bgp).
 *
 * @throws {DecodeError} as `parsePrefixMasked`.
 */
export function networkOf(text: string): Prefix {
  if (text.includes('/') || text.includes(':')) return parsePrefixMasked(text);
  const first = Number(text.split('.', 1)[0]);
  const length = text === '0.0.0.0' ? 0 : first < 128 ? 8 : first < 192 ? 16 : 24;
  return parsePrefixMasked(`${text}/${length}`);
}

/** The path without its origin code. @throws {DecodeError} `line-columns` where that is missing: the line was cut. */
export function withoutOrigin(text: string): string {
  const found = /^(.*?)\s*[ie?]$/.exec(text);
  if (found?.[1] !== undefined) return found[1];
  throw new DecodeError('line-columns', 'no origin code behind the path', { field: 'line.origin' });
}
