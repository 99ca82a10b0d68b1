import type { AsPath } from '../../bgp/index.js';
import { DecodeError } from '../../bytes/index.js';
import { parsePrefixMasked } from '../../inet/index.js';
import { type Emitter, reportLine, setContext } from '../emitter.js';
import { deliverRoute, deliverWithdrawal, type SegmentKind, segmentedPath } from './deliver.js';
import { asArray, asObject, asText, type Json, parseJson, shape } from './json-values.js';
import { parseTime, type TextValues } from './values.js';

const AS_PATH = 2;
/** The types of segments (RFC 4271 §4.3, RFC 5065 §3). */
const SEGMENTS: readonly (SegmentKind | undefined)[] = [
  undefined,
  'set',
  'sequence',
  'confed-sequence',
  'confed-set',
];

/** Whether a line is a table by prefix, or a list of paths, as `gobgp -j` prints them. */
export function isGobgpLine(line: string): boolean {
  return /^(?:\{\s*"[0-9a-fA-F.:]+\/[0-9]+"\s*:\s*)?\[\s*\{\s*"nlri"\s*:/.test(line);
}

/**
 * Delivers what a line of `gobgp -j` holds: `global rib` and `neighbor … adj-in` an object of prefixes with their paths,
 * `monitor` a list of paths. The peer's AS is not told: it is the first of the path (docs/decisions/routes.md D-gobgp-peer). A
 * path that cannot be read is a problem, and the others are delivered.
 *
 * @throws {DecodeError} `json-syntax`, `json-shape`.
 */
export function readGobgpLine(emitter: Emitter, values: TextValues, line: string): true {
  const content = parseJson(line);
  const lists = Array.isArray(content) ? [content] : Object.values(asObject(content, 'line'));
  for (const path of lists.flatMap((list) => asArray(list, 'paths'))) {
    try {
      readPath(emitter, values, asObject(path, 'path'), !Array.isArray(content));
    } catch (error) {
      if (emitter.calling || !(error instanceof DecodeError)) throw error;
      reportLine(emitter, error);
    }
  }
  return true;
}

function readPath(emitter: Emitter, values: TextValues, path: Json, rib: boolean): void {
  const { prefix: text } = asObject(path.nlri, 'nlri');
  if (text === undefined) {
    emitter.summary.skippedFamilies++;
    return;
  }
  const prefix = parsePrefixMasked(asText(text, 'nlri.prefix'));
  const { time } = typeof path.age === 'number' ? parseTime(path.age, 'age') : { time: 0 };
  const neighbor = path['neighbor-ip'];
  const asPath = pathOf(values, asArray(path.attrs ?? [], 'attrs'));
  const [first] = asPath ?? [];
  const asn = first?.type === 2 ? (first.asns[0] ?? 0) : 0;
  const peer = values.peer(neighbor === undefined ? '' : asText(neighbor, 'neighbor-ip'), String(asn));
  // A path without a neighbour is one of the router itself.
  setContext(emitter, time, undefined, peer, neighbor === undefined);
  if (path.withdrawal === true) deliverWithdrawal(emitter, prefix);
  else if (asPath === undefined)
    throw new DecodeError('as-path-missing', 'a route without a path', { field: 'attrs' });
  else deliverRoute(emitter, prefix, asPath, { rib });
}

/** Undefined where there is no AS_PATH. */
function pathOf(values: TextValues, attributes: readonly unknown[]): AsPath | undefined {
  const attribute = attributes.map((one) => asObject(one, 'attrs')).find(({ type }) => type === AS_PATH);
  if (attribute === undefined) return undefined;
  const segments = asArray(attribute.as_paths ?? [], 'as_paths').map((segment) => {
    const { segment_type: type, asns } = asObject(segment, 'as_paths');
    const kind = typeof type === 'number' ? SEGMENTS[type] : undefined;
    if (kind === undefined) throw shape('as_paths.segment_type', 'a type of segment');
    return [kind, asArray(asns, 'as_paths.asns')] as const;
  });
  return segmentedPath(values, segments);
}
