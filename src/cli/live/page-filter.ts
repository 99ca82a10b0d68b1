import { DecodeError } from '../../bytes/index.js';
import { coversPrefix, type Prefix, parsePrefix } from '../../inet/index.js';
import type { RouteVerdicts } from '../../live/index.js';
import {
  isPresent,
  member,
  optional,
  type Place,
  readAsn,
  readFields,
  readOneOf,
  readPrefix,
} from '../../questions/index.js';
import type { BgpEvent } from '../bgp/events.js';
import { queryMembers } from './page-query.js';

/** Says whether an event is wanted. */
export type EventFilter = (event: BgpEvent) => boolean;

const TYPES = ['session', 'route', 'change', 'withdraw', 'fault', 'end'] as const;
const ROV = ['valid', 'invalid', 'not-found'] as const;
const ASPA = ['valid', 'invalid', 'unknown'] as const;
const BGPSEC = ['valid', 'not-valid', 'unsigned'] as const;
const MEMBERS = ['type', 'peer', 'prefix', 'as', 'rov', 'aspa', 'bgpsec'];

/** Characters of a peer that is asked for: an address, a number, the name of a source. */
const LONGEST_PEER = 256;

/**
 * Reads a filter: `type`, `rov`, `aspa` and `bgpsec` are one word of theirs or several with commas, `peer` an address, an ASN or a
 * source, `prefix` a prefix that the route is in, `as` an ASN on the path. What is not given asks for nothing; what is
 * given has to hold together. A change is wanted for its verdicts of now and of before.
 *
 * @throws {DecodeError} `unknown-member`, `request-member`, `member-twice`, and the codes of prefixes and ASNs.
 */
export function readFilter(query: URLSearchParams): EventFilter {
  const fields = readFields({ path: '', value: queryMembers(query) }, MEMBERS);
  const at = (name: string): Place => member(fields, name);
  const types = wordsOf(at('type'), TYPES);
  const peer = optional(at('peer'), readPeer, undefined);
  const prefix = optional(at('prefix'), readPrefix, undefined);
  const asn = optional(at('as'), readAsn, undefined);
  const rov = wordsOf(at('rov'), ROV);
  const aspa = wordsOf(at('aspa'), ASPA);
  const bgpsec = wordsOf(at('bgpsec'), BGPSEC);
  const judged = (verdicts: Partial<RouteVerdicts>): boolean =>
    (!rov || rov.has(verdicts.rov ?? '')) &&
    (!aspa || aspaOf(verdicts).some((outcome) => aspa.has(outcome))) &&
    (!bgpsec || bgpsec.has(verdicts.bgpsec ?? ''));
  const byVerdict = rov || aspa || bgpsec;
  return (event) => {
    if (types && !types.has(event.type)) return false;
    if (peer && !peer(event)) return false;
    if (prefix && !('prefix' in event && isInside(event.prefix, prefix))) return false;
    const isRoute = event.type === 'route' || event.type === 'change';
    if (asn !== undefined && !(isRoute && isOnPath(event.path, asn))) return false;
    if (!byVerdict) return true;
    return isRoute && (judged(event) || (event.type === 'change' && judged(event.was)));
  };
}

/** Of both procedures where the role is not known. */
function aspaOf({ aspa, aspaBoth }: Partial<RouteVerdicts>): readonly string[] {
  if (aspaBoth) return [aspaBoth.upstream, aspaBoth.downstream];
  return aspa ? [aspa] : [];
}

function wordsOf(place: Place, words: readonly string[]): ReadonlySet<string> | undefined {
  if (!isPresent(place)) return undefined;
  const given = String(place.value).split(',');
  return new Set(given.map((value) => readOneOf({ path: place.path, value }, words)));
}

function readPeer({ path, value }: Place): (event: BgpEvent) => boolean {
  const text = String(value).trim();
  if (text.length > LONGEST_PEER) {
    throw new DecodeError('request-member', `must be ${LONGEST_PEER} characters at most`, { field: path });
  }
  const asn = /^(?:AS)?([0-9]+)$/i.exec(text)?.[1];
  return ({ peer }) =>
    peer !== null &&
    (asn === undefined
      ? peer.address === text || peer.source === text || peer.router === text
      : peer.as === Number(asn));
}

/** At or below `outer`. */
function isInside(text: string, outer: Prefix): boolean {
  return coversPrefix(outer, parsePrefix(text));
}

function isOnPath(path: string, asn: number): boolean {
  return path.split(/[^0-9]+/).includes(String(asn));
}
