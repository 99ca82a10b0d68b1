import type { AsPath, AsPathSegment, SegmentType } from 'pathsec/bgp';
import { type Members, member, optional, readNumber, readOctets, readOneOf } from 'pathsec/questions';
import type { Fields } from '../../../../src/conformance/vector.js';
import { type Kit, type ReceivedPaths, tableOf, verify } from './kit.js';
import { readAspas, readLimitOf, readNeighbor } from './kit-request.js';

const SESSIONS = ['external', 'internal', 'confed-external'] as const;

type Octets = readonly number[];

const u16 = (octets: Octets, at: number): number => ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0);
const u32 = (octets: Octets, at: number): number => u16(octets, at) * 65_536 + u16(octets, at + 2);

/** Runs `verify-update`, for messages whose lengths are right. */
export function runUpdate(self: Kit, request: Members): Fields[] {
  const octets = [...readOctets(member(request, 'message'))];
  const session = optional(member(request, 'session'), (place) => readOneOf(place, SESSIONS), SESSIONS[0]);
  const size = optional(member(request, 'asnSize'), (place) => readNumber(place, 2, 4), 4);
  const start = 23 + u16(octets, 19);
  const end = start + u16(octets, start - 2);
  const attributes = readAttributes(octets.slice(start, end));
  const received = readPaths(attributes, size);
  if (withdraws(received.asPath, session)) return [];
  const asPath = size === 2 ? self.merge(received) : received.asPath;
  const reach = attributes.get(14);
  const afi = reach ? u16(reach, 0) : 0;
  const safi = reach?.[2] ?? 0;
  const families = [
    { afi: 1, safi: 1, prefixes: readPrefixes(octets.slice(end), 1, 1) },
    ...(reach ? [{ afi, safi, prefixes: readPrefixes(reach.slice(5 + (reach[3] ?? 0)), afi, safi) }] : []),
  ];
  const question = { asPath, ...readNeighbor(request) };
  const aspas = readAspas(member(request, 'aspas'));
  const maxProviders = readLimitOf(request);
  return families.flatMap((family) => {
    const entries = tableOf(self, aspas, maxProviders, family.afi);
    return family.prefixes.map((prefix) => ({
      prefix,
      family: familyName(family.afi, family.safi),
      outcome: self.applies(family.afi, family.safi, session)
        ? verify(self, entries, question).outcome
        : 'not-applicable',
    }));
  });
}

/** RFC 7607 §2 and RFC 5065 §5: the routes of such a path are withdrawn. */
function withdraws(asPath: AsPath, session: string): boolean {
  const confed = asPath.some(({ type }) => type > 2);
  if (asPath.some(({ asns }) => asns.includes(0))) return true;
  return session === 'external' ? confed : session === 'confed-external' && asPath[0]?.type !== 3;
}

function readAttributes(octets: Octets): Map<number, Octets> {
  const found = new Map<number, Octets>();
  for (let at = 0; at < octets.length; ) {
    const long = ((octets[at] ?? 0) & 0x10) !== 0;
    const from = at + (long ? 4 : 3);
    const to = from + (long ? u16(octets, at + 2) : (octets[at + 2] ?? 0));
    found.set(octets[at + 1] ?? 0, octets.slice(from, to));
    at = to;
  }
  return found;
}

function readPaths(attributes: ReadonlyMap<number, Octets>, size: number): ReceivedPaths {
  const aggregator = attributes.get(7);
  const as4Aggregator = attributes.get(18);
  const as4Path = readPath(attributes.get(17) ?? [], 4);
  return {
    asPath: readPath(attributes.get(2) ?? [], size),
    as4Path: as4Path.some(({ asns }) => asns.includes(0)) ? [] : as4Path.filter(({ type }) => type < 3),
    ...(aggregator && { aggregator: size === 2 ? u16(aggregator, 0) : u32(aggregator, 0) }),
    ...(as4Aggregator && { as4Aggregator: u32(as4Aggregator, 0) }),
  };
}

function readPath(octets: Octets, size: number): AsPath {
  const path: AsPathSegment[] = [];
  for (let at = 0; at < octets.length; ) {
    const count = octets[at + 1] ?? 0;
    const read = size === 2 ? u16 : u32;
    const asns = Array.from({ length: count }, (_, i) => read(octets, at + 2 + i * size));
    path.push({ type: octets[at] as SegmentType, asns });
    at += 2 + count * size;
  }
  return path;
}

/** Prefixes as text; for families that have none, one entry. */
function readPrefixes(octets: Octets, afi: number, safi: number): (string | null)[] {
  if (afi > 2 || safi > 2) return [null];
  const prefixes: string[] = [];
  for (let at = 0; at < octets.length; ) {
    const length = octets[at] ?? 0;
    const size = Math.ceil(length / 8);
    const field = Array.from({ length: afi === 1 ? 4 : 16 }, (_, i) =>
      i < size ? (octets[at + 1 + i] ?? 0) : 0,
    );
    prefixes.push(`${afi === 1 ? field.join('.') : ipv6(field)}/${length}`);
    at += 1 + size;
  }
  return prefixes;
}

/** Enough for the prefixes of the vectors: trailing zero groups are shortened, others are not. */
function ipv6(field: Octets): string {
  const groups = Array.from({ length: 8 }, (_, i) => u16(field, 2 * i).toString(16));
  return groups.join(':').replace(/(:0){2,}$/, '::');
}

function familyName(afi: number, safi: number): string {
  if (afi > 2 || safi > 2) return `afi-${afi}-safi-${safi}`;
  return `ipv${afi === 1 ? 4 : 6}-${safi === 1 ? 'unicast' : 'multicast'}`;
}
