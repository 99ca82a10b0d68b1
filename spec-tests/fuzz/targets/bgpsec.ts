import { decodeUpdateMessage, encodeUpdateMessage, inspectUpdate } from 'pathsec/bgp';
import {
  answerUpdate,
  type BgpsecSession,
  decoderOptions,
  receiveUpdate,
  type SignatureEngine,
  type Verifier,
  verdictOfUpdate,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { equalOctets, toHex } from 'pathsec/bytes';
import { readUpdateQuestion } from 'pathsec/questions';
import { native, verifierOf } from '../../bgpsec/world.js';
import { jsonMutation } from '../lib/mutate-text.js';
import { must, type Target } from '../lib/target.js';
import { repairHeader, updateMutation } from './bgp-frames.js';
import { SIGNED, TWO_BLOCKS, UPDATES } from './bgp-seeds.js';
import { octetsOf, textOf } from './text.js';

const ASNS = [64497, 64498, 64499, 65536];

/**
 * An engine whose signatures cost nothing to check: the two readings meet many right and wrong ones. A signature is right
 * when its last octet is the sum of the octets before it and of all that is signed.
 */
const summing: SignatureEngine = {
  ...native,
  name: 'sum',
  usableKey: () => true,
  verify: (_spki, octets, signature) => {
    let sum = 0;
    for (const octet of octets) sum = (sum + octet) & 3;
    return signature.length > 0 && ((signature[signature.length - 1] as number) & 3) === sum;
  },
};

const SESSIONS: readonly BgpsecSession[] = [
  { localAs: 64500, peerAs: 64499, kind: 'external' },
  { localAs: 64500, peerAs: 64500, kind: 'internal', allowPcountZero: true },
  {
    localAs: 65010,
    peerAs: 64499,
    kind: 'confed-external',
    confederation: { identifier: 64500, memberAs: 65010, verifyMembers: false },
  },
];

/** With which a whole UPDATE is refused. */
export const UPDATE_CODES = [
  ...[
    'marker',
    'message-length',
    'message-type',
    'truncated',
    'trailing-octets',
    'message-kind',
    'update-length',
  ],
  ...['nlri-length', 'nlri-overrun', 'mp-reach-length', 'mp-unreach-length', 'next-hop-length'],
  ...['attribute-repeated', 'attribute-flags', 'well-known-unrecognized', 'reachable-nlri-missing'],
];

/** The verdicts of the literal and the fast reading, on every session. */
function verdicts(octets: Uint8Array, verifier: Verifier): unknown {
  const readings = SESSIONS.map((session) => {
    const literal = outcome(() => verifyUpdate(octets, session, verifier, { exhaustive: true }).verdict);
    const fast = outcome(() => verdictOfUpdate(octets, session, verifier));
    const thorough = outcome(() => verdictOfUpdate(octets, session, verifier, { earlyTermination: false }));
    must(
      same(literal, fast) && same(literal, thorough),
      `literal ${literal}, fast ${fast}, thorough ${thorough}`,
    );
    return literal;
  });
  const [first] = readings;
  if (first instanceof Error) throw first;
  return readings.map(String);
}

function outcome(read: () => string): string | Error {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

const same = (a: string | Error, b: string | Error): boolean =>
  a instanceof Error ? b instanceof Error && a.message === b.message && a.name === b.name : a === b;

const verify = (name: string, engine: SignatureEngine, testRuns = 10_000): Target => {
  const suites = new Map([
    [1, engine],
    [0xf7, engine],
  ]);
  const verifier = verifierOf(ASNS, suites);
  return {
    name,
    covers: ['bgpsec:verifyUpdate', 'bgpsec:verdictOfUpdate', 'bgpsec:receiveUpdate'],
    roundTrip: 'octets of the message; the literal and the fast reading agree, on three kinds of session',
    growth: 4,
    codes: UPDATE_CODES,
    testRuns,
    seeds: () => [SIGNED, TWO_BLOCKS, ...UPDATES.slice(0, 3)],
    mutate: updateMutation,
    repair: repairHeader,
    run(octets) {
      const result = verdicts(octets, verifier);
      must(equalOctets(encodeUpdateMessage(decodeUpdateMessage(octets), true), octets), 'other octets');
      const [session] = SESSIONS;
      if (session) receiveUpdate(inspectUpdate(octets, decoderOptions(session)), session);
      return result;
    },
  };
};

const request: Target = {
  name: 'bgpsec-request',
  covers: [
    'questions:readUpdateQuestion',
    'questions:readSession',
    'questions:readAttributeType',
    'bgp:readFamilies',
  ],
  roundTrip: 'none: the answer is JSON, and the same when asked again',
  growth: 40,
  codes: [
    ...['request', 'request-member', 'asn-syntax', 'asn-range', 'hex-syntax', 'hex-length'],
    ...[
      'unknown-member',
      'member-twice',
      'operation-unknown',
      'family-syntax',
      'truncated',
      'trailing-octets',
      'message-kind',
    ],
  ],
  errors: [SyntaxError], // of JSON.parse, which is not what is tested
  seeds: () =>
    octetsOf(
      JSON.stringify({ id: 1, message: toHex(SIGNED), localAs: 64500, peerAs: 64499 }),
      JSON.stringify({
        message: toHex(TWO_BLOCKS),
        localAs: '64500',
        peerAs: 64499,
        confederation: { id: 64510, members: [64500, 64499] },
        verifyMembers: false,
        attributeType: 33,
        allowPcountZero: true,
        extendedMessages: false,
        ibgp: false,
        addPath: ['1/1', '2/1'],
      }),
      JSON.stringify({ message: toHex(SIGNED), localAs: 64500, peerAs: 64499, addPath: true }),
      JSON.stringify({
        suite: 'bgpsec',
        op: 'verify-update',
        message: toHex(SIGNED),
        session: {
          localAs: 64500,
          peerAs: 64499,
          kind: 'confed-external',
          confederation: { identifier: 64510, memberAs: 64500, verifyMembers: true },
          ownAses: [64500],
          negotiated: [1, 2],
          safis: [1],
        },
      }),
    ),
  mutate: jsonMutation([
    'message',
    'localAs',
    'peerAs',
    'confederation',
    'members',
    'ibgp',
    'attributeType',
    'session',
    'kind',
    'identifier',
    'addPath',
    '1/1',
    'ff',
  ]),
  run(octets) {
    const members: unknown = JSON.parse(textOf(octets));
    const answer = (): string =>
      JSON.stringify(answerUpdate(readUpdateQuestion(members), REQUEST_VERIFIER, true));
    const first = answer();
    must(first === answer(), 'two answers');
    return first;
  },
};
const REQUEST_VERIFIER = verifierOf(ASNS, new Map([[1, summing]]));

export const BGPSEC: readonly Target[] = [
  verify('bgpsec-verify-update', summing),
  verify('bgpsec-verify-update-openssl', native, 2000),
  request,
];
