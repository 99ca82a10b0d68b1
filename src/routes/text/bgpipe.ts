import { DecodeError } from '../../bytes/index.js';
import { type Emitter, setContext } from '../emitter.js';
import { deliverUpdate, type NlriText, nestedPath } from './deliver.js';
import { asArray, asObject, asText, type Json, parseJson, shape } from './json-values.js';
import { readRawMessage } from './raw-message.js';
import { asnText, parseNumber, type TextValues } from './values.js';

const FAMILIES = new Set(['IPV4/UNICAST', 'IPV6/UNICAST']);

/** Whether a line is a message of bgpipe: direction, number. */
export function isBgpipeLine(line: string): boolean {
  return /^\[\s*"[RL]"\s*,\s*[0-9]+\s*,/.test(line);
}

/**
 * Delivers a message as bgpipe writes it in JSON: direction (`R` from the peer, `L` to it), number, time, type, content, tags. The
 * peer is what the tags say, without them the first AS of the path. Messages that are no UPDATE are counted as skipped.
 *
 * @returns whether it is an UPDATE.
 * @throws {DecodeError} `json-syntax`, `json-shape`, `as-path-missing`, or the codes of the values and of a message.
 */
export function readBgpipeLine(emitter: Emitter, values: TextValues, line: string): boolean {
  const [direction, , time, type, content, tags] = asArray(parseJson(line), 'line');
  if (type !== 'UPDATE') {
    emitter.summary.skippedRecords++;
    return false;
  }
  const { PEER_AS: peerAs, PEER_IP: address = '' } = asObject(tags ?? {}, 'tags');
  const { seconds, microseconds } = timeOf(asText(time, 'time'));
  const context = (asn: string): void =>
    setContext(
      emitter,
      seconds,
      microseconds,
      values.peer(asText(address, 'tags.PEER_IP'), asn),
      direction === 'L',
    );
  if (typeof content === 'string') {
    context(peerAs === undefined ? '0' : asnText(peerAs, 'tags.PEER_AS'));
    return readRawMessage(emitter, content.replace(/^0x/, ''), { prefixes: [], path: undefined });
  }
  const { reach, unreach, attrs = {} } = asObject(content, 'content');
  const attributes = asObject(attrs, 'attrs');
  const path = attributeOf(attributes, 'ASPATH');
  const first = Array.isArray(path) && !Array.isArray(path[0]) ? path[0] : undefined;
  context(peerAs === undefined && first === undefined ? '0' : asnText(peerAs ?? first, 'tags.PEER_AS'));
  deliverUpdate(
    emitter,
    [...nlriOf(unreach), ...nlriOfFamily(attributeOf(attributes, 'MP_UNREACH'))],
    [...nlriOf(reach), ...nlriOfFamily(attributeOf(attributes, 'MP_REACH'))],
    () => {
      if (path === undefined)
        throw new DecodeError('as-path-missing', 'routes without a path', { field: 'ASPATH' });
      return nestedPath(values, path, 'ASPATH');
    },
  );
  return true;
}

/** RFC 3339 without a zone, in UTC, with decimals of the second or not. */
function timeOf(text: string): { readonly seconds: number; readonly microseconds: number | undefined } {
  const [, whole, , decimals] = /^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2})(\.(\d{1,9}))?Z?$/.exec(text) ?? [];
  const milliseconds = Date.parse(`${whole?.replace(' ', 'T')}Z`);
  if (Number.isNaN(milliseconds) || milliseconds < 0)
    throw new DecodeError('time-syntax', `${JSON.stringify(text).slice(0, 40)} is not a time`, {
      field: 'time',
    });
  return {
    seconds: milliseconds / 1000,
    microseconds: decimals === undefined ? undefined : Number(decimals.slice(0, 6).padEnd(6, '0')),
  };
}

function attributeOf(attributes: Json, name: string): unknown {
  const attribute = attributes[name];
  return attribute === undefined ? undefined : asObject(attribute, `attrs.${name}`).value;
}

/** Prefixes, with a Path Identifier as `#1#192.0.2.0/24`. */
function nlriOf(value: unknown): NlriText[] {
  return asArray(value ?? [], 'prefixes').map((item) => {
    const [, id, prefix] = typeof item === 'string' ? (/^#([^#]*)#(.*)$/.exec(item) ?? []) : [];
    return id === undefined
      ? { text: item }
      : { text: prefix, pathId: parseNumber(id, 0xffff_ffff, 'path-id') };
  });
}

/** Prefixes of a multiprotocol attribute; of families that are not read none. */
function nlriOfFamily(value: unknown): NlriText[] {
  if (value === undefined) return [];
  const { af, prefixes } = asObject(value, 'attrs.MP');
  if (typeof af !== 'string') throw shape('attrs.MP.af', 'a text');
  return FAMILIES.has(af) ? nlriOf(prefixes) : [];
}
