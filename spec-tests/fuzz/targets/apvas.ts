import {
  type AggregateBlock,
  ATTR_FC_PATH,
  checkEnvelope,
  createFcKeys,
  createNobleEngine,
  decodeAggregate,
  decodeApvasPath,
  decodeFcPath,
  decodePublicKey,
  decodeSignature,
  encodeApvasPath,
  encodeApvasUpdate,
  encodeFcPath,
  FC_PATH_FLAGS,
  formatKeys,
  parseKeys,
  readApvasUpdate,
  receiveUpdate,
  verifyFcRoute,
  verifyFcUpdate,
} from 'pathsec/apvas';
import { encodeAsPath, encodeNlri, encodeUpdateMessage, pathAttribute } from 'pathsec/bgp';
import { suite1 } from 'pathsec/bgpsec';
import { equalOctets, fromHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { fcVectors, vectorFcKeys } from '../../apvas/fcbgp-world.js';
import { engine, vectorKeys, vectors } from '../../apvas/support.js';
import { native, nextHop, origin } from '../../bgpsec/world.js';
import { jsonMutation } from '../lib/mutate-text.js';
import { must, type Target } from '../lib/target.js';
import { repairHeader, updateMutation } from './bgp-frames.js';
import { UPDATE_CODES } from './bgpsec.js';
import { octetsOf, textOf } from './text.js';

const CODES = [
  'secure-path-length',
  'secure-path-empty',
  'block-missing',
  'block-length',
  'suite-reserved',
  'sigma-length',
  'as-zero',
];

const attribute: Target = {
  name: 'apvas-path',
  covers: ['apvas:decodeApvasPath'],
  roundTrip: 'octets',
  growth: 12,
  codes: CODES,
  seeds: () => [
    ...vectors.routes.map((route) => fromHex(route.attribute)),
    encodeApvasPath({
      segments: [{ pCount: 1, flags: 0, asn: 64496 }],
      block: { suite: 0xf2, rest: Uint8Array.of(1, 2) },
    }),
  ],
  run(octets) {
    const path = decodeApvasPath(octets);
    must(equalOctets(encodeApvasPath(path), octets), 'other octets after encoding');
    return path;
  },
};

const keys = vectorKeys();
const reception: Target = {
  name: 'apvas-receive',
  covers: ['apvas:receiveUpdate', 'apvas:checkEnvelope', 'apvas:decodeSignature'],
  roundTrip: 'none: a verdict or a pending route; pairings are not computed',
  growth: 2000, // the point of a signature and the keys are big objects
  codes: [],
  seeds: () => vectors.routes.map((route) => fromHex(route.attribute)),
  run(octets) {
    const update = { flags: 0x90, value: octets, reach: { afi: 1, safi: 1, nlri: [fromHex('18c00002')] } };
    must(checkEnvelope(update) === undefined, 'the envelope');
    const result = receiveUpdate(engine, keys, update, { localAs: 64500, peerAs: 64499, kind: 'internal' });
    return 'verdict' in result ? [result.verdict, result.reason] : [result.scheme, result.keys.length];
  },
};

const update: Target = {
  name: 'apvas-update',
  covers: ['apvas:readApvasUpdate'],
  roundTrip: 'none: what the checks need, or a verdict',
  growth: 40,
  codes: UPDATE_CODES,
  mutate: updateMutation,
  repair: repairHeader,
  seeds: () =>
    vectors.routes.map(({ afi, nlri, attribute: value }) => {
      const block = decodeApvasPath(fromHex(value));
      const route = { afi, safi: 1, nlri: fromHex(nlri), targetAs: 64500, segments: block.segments };
      const { scheme, skis, signature } = block.block as AggregateBlock;
      return encodeApvasUpdate({ ...route, skis }, scheme, signature, new Uint8Array(afi === 1 ? 4 : 16));
    }),
  run(octets) {
    const read = readApvasUpdate(octets);
    return 'verdict' in read ? [read.verdict, read.reason] : [read.value.length, read.reach?.nlri.length];
  },
};

/** Points: decoding checks the subgroup, about a millisecond each. */
const point = (
  name: string,
  cover: string,
  code: string,
  length: number,
  decode: (octets: Uint8Array) => unknown,
  seeds: () => Uint8Array[],
): Target => ({
  name: `apvas-${name}`,
  covers: [cover],
  roundTrip: 'none: a point of the right group, or a refusal',
  growth: 2000,
  codes: [code],
  testRuns: 2000,
  seeds,
  run(octets) {
    decode(octets);
    must(octets.length === length, 'another length');
    return true;
  },
});

const noble = createNobleEngine();

const keyFile: Target = {
  name: 'apvas-keys-file',
  covers: ['apvas:parseKeys'],
  roundTrip: 'value, through its text',
  growth: 12,
  codes: [
    'json-syntax',
    'json-depth',
    'duplicate-name',
    'keys-format',
    'keys-shape',
    'hex-syntax',
    'hex-length',
  ],
  seeds: () => {
    const [first] = vectors.keys;
    const list = first
      ? [
          {
            asn: first.asn,
            ski: fromHex(first.ski),
            publicKey: fromHex(first.publicKey),
            pop: fromHex(first.pop),
          },
        ]
      : [];
    return octetsOf(formatKeys(list), formatKeys([]));
  },
  mutate: jsonMutation(['format', 'keys', 'as', 'ski', 'publicKey', 'pop', 'ff']),
  run(octets) {
    const list = parseKeys(textOf(octets));
    const text = formatKeys(list);
    must(formatKeys(parseKeys(text)) === text, 'another text');
    return list;
  },
};

const fcPrefix = parsePrefix('192.0.2.0/24');
const fcSession = { localAs: 65538, peerAs: 65537, kind: 'external' } as const;
const fcSuites = suite1(native);
const fcKeys = vectorFcKeys();
const commitments: Target = {
  name: 'fcbgp-path',
  covers: ['apvas:decodeFcPath'],
  roundTrip: 'octets; then the checks without a key: a verdict that is not valid',
  growth: 12,
  codes: ['fc-list-empty', 'fc-segment-truncated', 'fc-signature-empty', 'fc-signature-overrun', 'as-zero'],
  seeds: () => fcVectors.routes.map((route) => fromHex(route.attribute)),
  run(octets) {
    const path = decodeFcPath(octets);
    must(equalOctets(encodeFcPath(path), octets), 'other octets after encoding');
    const route = { path, prefix: fcPrefix, asPath: [{ type: 2 as const, asns: [65537, 65536] }] };
    const result = verifyFcRoute(route, fcSession, { keys: createFcKeys(), suites: fcSuites });
    must(result.verdict !== 'valid', 'valid without a key');
    return path;
  },
};

const fcUpdate: Target = {
  name: 'fcbgp-update',
  covers: ['apvas:verifyFcUpdate'],
  roundTrip: 'none: a verdict',
  growth: 60, // segments with the octets that they sign
  codes: UPDATE_CODES,
  seeds: () =>
    fcVectors.routes.flatMap(({ attribute, asPath, prefix }) =>
      prefix.includes(':') ? [] : [fcMessage(fromHex(attribute), asPath)],
    ),
  mutate: updateMutation,
  repair: repairHeader,
  run(octets) {
    const { verdict, reason, gaps } = verifyFcUpdate(octets, fcSession, { keys: fcKeys, suites: fcSuites });
    return [verdict, reason, gaps];
  },
};

function fcMessage(value: Uint8Array, asns: readonly number[]): Uint8Array {
  const path = pathAttribute(2, encodeAsPath([{ type: 2, asns }], 4));
  const commitment = { flags: FC_PATH_FLAGS, code: ATTR_FC_PATH, value };
  const attributes = [origin, path, pathAttribute(3, nextHop), commitment];
  const nlriField = encodeNlri([{ prefix: fcPrefix }], false);
  return encodeUpdateMessage(
    { kind: 'update', withdrawnField: new Uint8Array(0), attributes, nlriField },
    true,
  );
}

export const APVAS: readonly Target[] = [
  attribute,
  reception,
  update,
  commitments,
  fcUpdate,
  point(
    'signature',
    'apvas:decodeSignature',
    'signature-encoding',
    48,
    (octets) => decodeSignature(noble, octets),
    () => vectors.aggregates.flatMap(({ sigma }) => (sigma.startsWith('c0') ? [] : [fromHex(sigma)])),
  ),
  point(
    'aggregate',
    'apvas:decodeAggregate',
    'signature-encoding',
    48,
    (octets) => decodeAggregate(noble, octets),
    () => [
      fromHex(`c0${'00'.repeat(47)}`),
      ...vectors.aggregates.slice(0, 1).map(({ sigma }) => fromHex(sigma)),
    ],
  ),
  point(
    'public-key',
    'apvas:decodePublicKey',
    'key-encoding',
    96,
    (octets) => decodePublicKey(noble, octets),
    () => vectors.keys.map(({ publicKey }) => fromHex(publicKey)),
  ),
  keyFile,
];
