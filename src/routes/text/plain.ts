import { DecodeError } from '../../bytes/index.js';
import { parsePrefixMasked } from '../../inet/index.js';
import type { PathElement } from '../element.js';
import { type Emitter, setContext } from '../emitter.js';
import type { TextValues } from './values.js';

/** Roles of the neighbour that may stand before a path. */
const ROLES = new Set(['provider', 'customer', 'peer', 'rs', 'rs-client', 'complex']);

/** Whether a line is read as a route: it has columns. */
export function isPlainRoute(line: string): boolean {
  return withoutComment(line).includes('|');
}

/** Whether a line has a prefix in the first of three columns. */
export function looksLikePlainRoute(line: string): boolean {
  const columns = line.split('|');
  return columns.length === 3 && (columns[0] ?? '').includes('/');
}

/**
 * NON-SPEC: delivers a line `prefix|path|peerAs`.
 *
 * @throws {DecodeError} `line-columns`, or the codes of the values.
 */
export function readPlainRoute(emitter: Emitter, values: TextValues, line: string): true {
  const columns = withoutComment(line).split('|');
  const [prefix, path, peerAs] = columns.map((column) => column.trim());
  if (columns.length !== 3 || prefix === undefined || path === undefined || peerAs === undefined) {
    throw new DecodeError('line-columns', `${columns.length} columns instead of 3`, { field: 'line' });
  }
  const { route } = emitter;
  route.prefix = parsePrefixMasked(prefix);
  route.asPath = values.path(path);
  setContext(emitter, 0, undefined, values.peer('', peerAs), false);
  route.hasAsPath = true;
  route.rib = false;
  route.pathId = undefined;
  emitter.summary.routes++;
  emitter.deliver(route);
  return true;
}

/**
 * NON-SPEC: delivers a line that is a path in wire order, with the role of the neighbour before it or not:
 * `customer 64499 64498 64496`.
 *
 * @throws {DecodeError} `role-unknown`, or the codes of `parseAsPath`.
 */
export function readPlainPath(emitter: Emitter, values: TextValues, line: string): true {
  const text = withoutComment(line);
  const word = /^[a-z-]+(?=\s|$)/.exec(text)?.[0];
  if (word !== undefined && !ROLES.has(word)) {
    throw new DecodeError('role-unknown', `${JSON.stringify(word.slice(0, 40))} is no role`, {
      field: 'line.role',
    });
  }
  const asPath = values.path(text.slice(word?.length ?? 0).trim());
  const element: PathElement = { kind: 'path', asPath, role: word };
  emitter.summary.paths++;
  emitter.deliver(element);
  return true;
}

function withoutComment(line: string): string {
  return line.replace(/#.*$/, '').trim();
}
