import { AS_SEQUENCE, AS_SET, type AsPathSegment, encodeAsPath, type PathAttribute } from 'pathsec/bgp';
import { AFI_IPV4, type Afi, comparePrefix, parseAddress, parsePrefix } from 'pathsec/inet';
import { encodePeerIndexTable, encodeRibRecord, ribMpReach } from 'pathsec/routes';
import { FEEDS } from './feeds.js';
import type { PathItem, SamplePath } from './propagate.js';
import type { HeardRoute } from './world.js';

/** The dump is of 2026-09-01 00:00 UTC. */
const DUMP_TIME = 1788220800;
/** Well-known transitive attributes (RFC 4271 §4.3). */
const WELL_KNOWN = 0x40;

/** The RIB dump: every feed is a peer twice, over IPv4 and over IPv6; prefixes ascending, as routers dump them. */
export function encodeRib(routes: readonly HeardRoute[]): Uint8Array {
  const byPrefix = new Map<string, HeardRoute[]>();
  for (const route of routes) byPrefix.set(route.prefix, [...(byPrefix.get(route.prefix) ?? []), route]);
  const ribs = [...byPrefix]
    .map(([text, entries]) => ({ prefix: parsePrefix(text), entries }))
    .sort((a, b) => comparePrefix(a.prefix, b.prefix));
  const records = ribs.map(({ prefix, entries }, sequence) =>
    encodeRibRecord({
      time: DUMP_TIME,
      sequence,
      prefix,
      entries: entries.map(({ feed, path }) => ({
        peerIndex: 2 * feed + prefix.afi - 1,
        originated: DUMP_TIME - 3600 * (1 + (path.length % 24)),
        attributes: attributes(feed, path, prefix.afi),
      })),
    }),
  );
  return Buffer.concat([peerIndexTable(), ...records]);
}

function peerIndexTable(): Uint8Array {
  return encodePeerIndexTable({
    time: DUMP_TIME,
    collectorBgpId: 0xc000020a, // 192.0.2.10
    viewName: new TextEncoder().encode('pathsec sample'),
    peers: FEEDS.flatMap(({ asn }, i) => [
      { bgpId: 0xc000020b + i, address: parseAddress(`192.0.2.${11 + i}`), asn },
      { bgpId: 0xc000020b + i, address: parseAddress(`2001:db8::${11 + i}`), asn },
    ]),
  });
}

function attributes(feed: number, path: SamplePath, afi: Afi): PathAttribute[] {
  return [
    { flags: WELL_KNOWN, code: 1, value: Uint8Array.of(0) }, // ORIGIN IGP
    { flags: WELL_KNOWN, code: 2, value: encodeAsPath(toSegments(path), 4) },
    afi === AFI_IPV4
      ? { flags: WELL_KNOWN, code: 3, value: parseAddress(`192.0.2.${11 + feed}`) }
      : ribMpReach(parseAddress(`2001:db8::${11 + feed}`)),
  ];
}

/** The segments of a path. */
export function toSegments(path: SamplePath): AsPathSegment[] {
  const segments: Array<{ type: typeof AS_SET | typeof AS_SEQUENCE; asns: number[] }> = [];
  const isSet = (item: PathItem): item is readonly number[] => typeof item !== 'number';
  for (const item of path) {
    const last = segments.at(-1);
    if (isSet(item)) segments.push({ type: AS_SET, asns: [...item] });
    else if (last?.type === AS_SEQUENCE) last.asns.push(item);
    else segments.push({ type: AS_SEQUENCE, asns: [item] });
  }
  return segments;
}
