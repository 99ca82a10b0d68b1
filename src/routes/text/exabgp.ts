import type { AsPath } from '../../bgp/index.js';
import { DecodeError } from '../../bytes/index.js';
import { type Emitter, setContext } from '../emitter.js';
import { deliverUpdate, type NlriText, type SegmentKind, segmentedPath } from './deliver.js';
import { asArray, asObject, asText, type Json, parseJsonLine, timestampText } from './json-values.js';
import { readRawMessage } from './raw-message.js';
import { asnText, parseTime, type TextValues } from './values.js';

const FAMILIES = ['ipv4 unicast', 'ipv6 unicast'];
const SEGMENTS: Readonly<Record<string, SegmentKind>> = {
  'as-sequence': 'sequence',
  'as-set': 'set',
  'confed-sequence': 'confed-sequence',
  'as-confed-sequence': 'confed-sequence',
  'confed-set': 'confed-set',
  'as-confed-set': 'confed-set',
};

/** Whether a line is an event of ExaBGP's API in JSON. */
export function isExabgpLine(line: string): boolean {
  return /^\{\s*"exabgp"\s*:/.test(line);
}

/**
 * Delivers an event of ExaBGP 4 or 5: the UPDATE that its neighbour sent or, marked as local, was sent. With `receive { packets;
 * consolidate; }` the message itself is there, and is read in place of the members. Other events are counted as skipped.
 *
 * @returns whether it is an UPDATE.
 * @throws {DecodeError} `json-syntax`, `json-shape`, `as-path-missing`, or the codes of the values and of a message.
 */
export function readExabgpLine(emitter: Emitter, values: TextValues, line: string): boolean {
  const event = parseJsonLine(line);
  const { message, address, asn, direction } = asObject(event.neighbor ?? {}, 'neighbor');
  const update = event.type === 'update' ? asObject(message, 'neighbor.message').update : undefined;
  if (update === undefined) {
    emitter.summary.skippedRecords++;
    return false;
  }
  const { time, microseconds } = parseTime(timestampText(event.time), 'time');
  const peer = values.peer(
    asText(asObject(address, 'neighbor.address').peer, 'neighbor.address.peer'),
    asnText(asObject(asn, 'neighbor.asn').peer, 'neighbor.asn.peer'),
  );
  setContext(emitter, time, microseconds, peer, direction === 'send');
  const { announce = {}, withdraw = {}, attribute = {} } = asObject(update, 'neighbor.message.update');
  const announced = ofFamilies(announce, 'announce').flatMap((byNextHop) =>
    // One prefix can stand under several next hops of one message: it is one route.
    Object.values(asObject(byNextHop, 'announce')).flatMap((list) => nlriOf(list, 'announce')),
  );
  const withdrawn = ofFamilies(withdraw, 'withdraw').flatMap((list) => nlriOf(list, 'withdraw'));
  const { body, header } = event;
  if (typeof body === 'string' && typeof header === 'string') {
    const prefixes = [...announced, ...withdrawn].map(({ text }) => text);
    const path = asObject(attribute, 'attribute')['as-path'];
    if (readRawMessage(emitter, `${hexOf(header)}${hexOf(body)}`, { prefixes, path })) return true;
  }
  deliverUpdate(emitter, withdrawn, announced, () => pathOf(values, asObject(attribute, 'attribute')));
  return true;
}

const hexOf = (text: string): string => text.replace(/^0x/, '');

/** What stands under the families that are read. */
function ofFamilies(value: unknown, field: string): unknown[] {
  const families = asObject(value, field);
  return FAMILIES.flatMap((family) => (family in families ? [families[family]] : []));
}

/** Prefixes, each an object with `nlri` and perhaps a Path Identifier in dotted form; 4.0 had texts. */
function nlriOf(value: unknown, field: string): NlriText[] {
  return asArray(value, field).map((item) => {
    if (typeof item === 'string') return { text: item };
    const { nlri, 'path-information': id } = asObject(item, field);
    return { text: nlri, pathId: typeof id === 'string' ? pathIdOf(id) : undefined };
  });
}

function pathIdOf(text: string): number {
  const octets = text.split('.').map(Number);
  const good =
    octets.length === 4 && octets.every((octet) => Number.isInteger(octet) && octet >= 0 && octet < 256);
  if (!good)
    throw new DecodeError('number-syntax', 'a Path Identifier has four octets', {
      field: 'path-information',
    });
  return octets.reduce((id, octet) => id * 256 + octet, 0);
}

/**
 * ExaBGP 5 keeps segments, by their numbers; 4 has sequences and sets apart, so that a set is taken to stand behind the sequence,
 * as aggregation puts it (docs/decisions/routes.md D-exabgp-path).
 */
function pathOf(values: TextValues, attribute: Json): AsPath {
  const path = attribute['as-path'];
  if (path === undefined)
    throw new DecodeError('as-path-missing', 'routes without a path', { field: 'as-path' });
  if (!Array.isArray(path)) {
    const segments = Object.values(asObject(path, 'as-path')).map((segment) => {
      const { element, value } = asObject(segment, 'as-path');
      const kind = SEGMENTS[asText(element, 'as-path.element')];
      if (kind === undefined)
        throw new DecodeError('json-shape', 'is no kind of segment', { field: 'as-path.element' });
      return [kind, asArray(value, 'as-path.value')] as const;
    });
    return segmentedPath(values, segments);
  }
  const apart = (name: string): readonly unknown[] => asArray(attribute[name] ?? [], name);
  const kinds: readonly (readonly [SegmentKind, readonly unknown[]])[] = [
    ['confed-sequence', apart('confederation-path')],
    ['sequence', path],
    ['set', apart('as-set')],
  ];
  return segmentedPath(
    values,
    kinds.filter(([, asns]) => asns.length > 0),
  );
}
