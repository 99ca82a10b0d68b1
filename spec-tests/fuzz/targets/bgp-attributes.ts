import {
  type AsnSize,
  type AsPath,
  countAsns,
  decodeAggregator,
  decodeAs4Aggregator,
  decodeAs4Path,
  decodeAsPath,
  decodeAtomicAggregate,
  decodeBgpsecPath,
  decodeCommunities,
  decodeLargeCommunities,
  decodeLocalPref,
  decodeMultiExitDisc,
  decodeNextHop,
  decodeOnlyToCustomer,
  decodeOrigin,
  decodeUpdateMessage,
  encodeAggregator,
  encodeAsPath,
  encodeBgpsecPath,
  encodeCommunities,
  encodeLargeCommunities,
  encodeLocalPref,
  encodeMultiExitDisc,
  encodeNextHop,
  encodeOnlyToCustomer,
  encodeOrigin,
  mergeAs4Path,
  parseAsPath,
  readAsSequence,
  scanAsPath,
  toOldSpeakerPath,
} from 'pathsec/bgp';
import { equalOctets, fromHex } from 'pathsec/bytes';
import { must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { AS_PATHS, ATTRIBUTE_VALUES, UPDATES } from './bgp-seeds.js';

const AS_PATH_CODES = [
  'as-path-underrun',
  'as-path-segment-type',
  'as-path-segment-empty',
  'as-path-overrun',
];

/** A target for an attribute whose value has one encoding. */
function canonical<T>(
  name: string,
  code: number,
  codes: readonly string[],
  decode: (octets: Uint8Array, start: number, end: number) => T,
  encode: (value: T) => Uint8Array,
  covers: readonly string[],
): Target {
  return {
    name: `bgp-attr-${String(code).padStart(2, '0')}-${name}`,
    covers,
    roundTrip: 'octets',
    growth: 12,
    codes,
    seeds: () => ATTRIBUTE_VALUES[code] ?? [],
    run(octets) {
      const value = decode(octets, 0, octets.length);
      must(equalOctets(encode(value), octets), 'other octets after encoding');
      const wide = new Uint8Array(octets.length + 6).fill(0xa5);
      wide.set(octets, 3);
      must(sameValue(decode(wide, 3, 3 + octets.length), value), 'another value inside a longer array');
      return value;
    },
  };
}

const asPath = (asnSize: AsnSize): Target => ({
  name: `bgp-attr-02-as-path-${asnSize}`,
  covers: [
    'bgp:decodeAsPath',
    'bgp:scanAsPath',
    'bgp:readAsSequence',
    'bgp:countAsns',
    'bgp:toOldSpeakerPath',
  ],
  roundTrip: 'octets; the scan, the sequence reader and the decoder agree',
  growth: 12,
  codes: AS_PATH_CODES,
  seeds: () => AS_PATHS.map((text) => encodeAsPath(toSize(parseAsPath(text), asnSize), asnSize)),
  run(octets) {
    const path = decodeAsPath(octets, asnSize);
    must(equalOctets(encodeAsPath(path, asnSize), octets), 'other octets after encoding');
    must(scanAsPath(octets, asnSize, 0, octets.length) === path.length, 'the scan counts other segments');
    const asns = new Uint32Array(octets.length);
    const size = readAsSequence(octets, asnSize, 0, octets.length, asns);
    const flat = path.every(({ type }) => type === 2) ? path.flatMap((segment) => segment.asns) : undefined;
    must(sameValue(size < 0 ? undefined : [...asns.subarray(0, size)], flat), 'another sequence');
    must(countAsns(path) <= octets.length, 'too many ASNs counted');
    const { asPath: old } = toOldSpeakerPath(path);
    must(
      sameValue(decodeAsPath(encodeAsPath(old, 2), 2), old),
      'the path for an OLD speaker does not decode',
    );
    return path;
  },
});

function toSize(path: AsPath, asnSize: AsnSize): AsPath {
  return asnSize === 4 ? path : toOldSpeakerPath(path).asPath;
}

const as4Path: Target = {
  name: 'bgp-attr-17-as4-path',
  covers: ['bgp:decodeAs4Path', 'bgp:mergeAs4Path'],
  roundTrip:
    'none: confederation segments are dropped (RFC 6793 §6); the merged path is no longer than its parts',
  growth: 12,
  codes: [...AS_PATH_CODES, 'as4-path-length', 'as-zero'],
  seeds: () => ATTRIBUTE_VALUES[17] ?? [],
  run(octets) {
    const { path, discardedConfedSegments } = decodeAs4Path(octets);
    must(discardedConfedSegments <= octets.length / 6, 'too many segments discarded');
    const old = parseAsPath('64496 23456 23456 64497');
    const merged = mergeAs4Path(old, path, {});
    must(countAsns(merged) <= countAsns(old) + countAsns(path), 'the merged path grew');
    return [path, merged];
  },
};

const aggregator = (asnSize: AsnSize): Target => ({
  ...canonical(
    `aggregator-${asnSize}`,
    7,
    ['aggregator-length', 'as-zero'],
    (octets, start, end) => decodeAggregator(octets, asnSize, start, end),
    (value) => encodeAggregator(value, asnSize),
    ['bgp:decodeAggregator'],
  ),
  seeds: () => [fromHex(asnSize === 4 ? '0000fbf0c0000201' : 'fbf0c0000201')],
});

const bgpsecPath: Target = {
  ...canonical(
    'bgpsec-path',
    33,
    [
      'secure-path-length',
      'secure-path-empty',
      'block-missing',
      'block-excess',
      'block-length',
      'signature-segment-overrun',
      'suite-reserved',
      'suite-duplicate',
      'as-zero',
      'signature-count',
    ],
    decodeBgpsecPath,
    encodeBgpsecPath,
    ['bgp:decodeBgpsecPath'],
  ),
  seeds: () =>
    // Of the captured UPDATEs one is faulty: the length of its block is 1.
    UPDATES.flatMap((octets) => decodeUpdateMessage(octets).attributes)
      .flatMap(({ code, value }) => (code === 33 ? [value] : []))
      .filter((value) => {
        const block = value[1] ?? 0;
        return (value[block] ?? 0) * 256 + (value[block + 1] ?? 0) > 3;
      }),
};

export const BGP_ATTRIBUTES: readonly Target[] = [
  canonical('origin', 1, ['origin-length', 'origin-value'], decodeOrigin, encodeOrigin, ['bgp:decodeOrigin']),
  asPath(4),
  asPath(2),
  canonical('next-hop', 3, ['next-hop-length', 'next-hop-address'], decodeNextHop, encodeNextHop, [
    'bgp:decodeNextHop',
  ]),
  canonical('multi-exit-disc', 4, ['multi-exit-disc-length'], decodeMultiExitDisc, encodeMultiExitDisc, [
    'bgp:decodeMultiExitDisc',
  ]),
  canonical('local-pref', 5, ['local-pref-length'], decodeLocalPref, encodeLocalPref, [
    'bgp:decodeLocalPref',
  ]),
  canonical(
    'atomic-aggregate',
    6,
    ['atomic-aggregate-length'],
    decodeAtomicAggregate,
    () => new Uint8Array(0),
    ['bgp:decodeAtomicAggregate'],
  ),
  aggregator(4),
  aggregator(2),
  canonical('communities', 8, ['communities-length'], decodeCommunities, encodeCommunities, [
    'bgp:decodeCommunities',
  ]),
  as4Path,
  canonical(
    'as4-aggregator',
    18,
    ['as4-aggregator-length', 'as-zero'],
    decodeAs4Aggregator,
    (value) => encodeAggregator(value, 4),
    ['bgp:decodeAs4Aggregator'],
  ),
  canonical(
    'large-communities',
    32,
    ['large-communities-length'],
    decodeLargeCommunities,
    encodeLargeCommunities,
    ['bgp:decodeLargeCommunities'],
  ),
  bgpsecPath,
  canonical('only-to-customer', 35, ['only-to-customer-length'], decodeOnlyToCustomer, encodeOnlyToCustomer, [
    'bgp:decodeOnlyToCustomer',
  ]),
];
