import { encodeBgpsecPath } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { type VerifyRow, verifyGroup } from './cases.js';
import { shared } from './receive-paths.js';
import {
  announced,
  EXPERIMENTAL,
  join,
  LOCAL,
  MIDDLE,
  messageOf,
  ORIGIN,
  origin,
  PEER,
  patched,
  pathAttributeOf,
  pathOf,
  reach,
  signedAttribute,
  update,
} from './world.js';

const TAW = 'treat-as-withdraw';
const path = pathOf([ORIGIN, PEER]);
const signed = pathAttributeOf(path);
const { value } = signed;

/** The syntax of the attribute, RFC 8205 §5.2 items 1 and 3. */
export function syntaxGroup(): VectorGroup {
  const row = (name: string, title: string, attribute: Uint8Array, reason: string, more = {}): VerifyRow => [
    name,
    title,
    [reason === 'signature-count' ? 'RFC 8205 §5.2(3)' : 'RFC 8205 §5.2(1)'],
    update([reach(), origin, signedAttribute(attribute)]),
    TAW,
    reason,
    more,
  ];
  const block = value.subarray(14);
  const small = Uint8Array.of(0, 3, 2);
  const one = path.blocks[0]?.signatures[0];
  const segment = join(
    one?.ski ?? small,
    Uint8Array.of(0, one?.signature.length ?? 0),
    one?.signature ?? small,
  );
  const blockOf = (suite: number, segments: number): Uint8Array => {
    const length = 3 + segments * segment.length;
    return join(
      Uint8Array.of(length >> 8, length & 0xff, suite),
      ...Array.from({ length: segments }, () => segment),
    );
  };
  const withExtra = {
    segments: path.segments,
    blocks: [
      {
        suite: 1,
        signatures: [...(path.blocks[0]?.signatures ?? []), ...(path.blocks[0]?.signatures.slice(1) ?? [])],
      },
    ],
  };
  const extraLength = block.length + 22 + (path.blocks[0]?.signatures[1]?.signature.length ?? 0);
  const last = path.blocks[0]?.signatures[1];
  const extra = join(
    value.subarray(0, 14),
    Uint8Array.of(extraLength >> 8, extraLength & 0xff),
    block.subarray(2),
    last?.ski ?? small,
    Uint8Array.of(0, last?.signature.length ?? 0),
    last?.signature ?? small,
  );
  if (withExtra.blocks[0]?.signatures.length !== 3) throw new Error('three signatures');
  const two = encodeBgpsecPath(pathOf([ORIGIN, PEER], LOCAL, announced(), [1, EXPERIMENTAL]));
  return verifyGroup('Syntax of BGPsec_PATH', shared, [
    row('value-empty', 'an attribute without octets', new Uint8Array(0), 'secure-path-length'),
    row('value-one-octet', 'one octet', Uint8Array.of(0), 'secure-path-length'),
    row(
      'secure-path-empty',
      'a Secure_Path without segments, a block without signatures',
      fromHex('0002000301'),
      'secure-path-empty',
    ),
    row(
      'secure-path-empty-signed',
      'a Secure_Path without segments, a block with one signature',
      join(fromHex('0002'), blockOf(1, 1)),
      'secure-path-empty',
    ),
    row('secure-path-length-0', 'Secure_Path Length 0', patched(value, 0, 0, 0), 'secure-path-length'),
    row('secure-path-length-1', 'Secure_Path Length 1', patched(value, 0, 0, 1), 'secure-path-length'),
    row(
      'secure-path-length-13',
      'Secure_Path Length one too short',
      patched(value, 0, 0, 13),
      'secure-path-length',
    ),
    row(
      'secure-path-length-12',
      'Secure_Path Length without its own two octets',
      patched(value, 0, 0, 12),
      'secure-path-length',
    ),
    row(
      'secure-path-length-long',
      'Secure_Path longer than the attribute',
      patched(value, 0, 0x7f, 0xfe),
      'secure-path-length',
    ),
    row('block-missing', 'no Signature_Block', value.subarray(0, 14), 'block-missing'),
    row('block-two-octets', 'two octets instead of a Signature_Block', value.subarray(0, 16), 'block-length'),
    row('block-length-0', 'Signature_Block Length 0', patched(value, 14, 0, 0), 'block-length'),
    row('block-length-2', 'Signature_Block Length 2', patched(value, 14, 0, 2), 'block-length'),
    row(
      'block-length-long',
      'Signature_Block Length one too long',
      patched(value, 14, block.length >> 8, (block.length & 0xff) + 1),
      'block-length',
    ),
    row(
      'block-length-short',
      'Signature_Block Length one too short',
      patched(value, 14, block.length >> 8, (block.length & 0xff) - 1),
      'block-length',
    ),
    row(
      'signature-length-long',
      'a Signature Length beyond the block',
      patched(value, 14 + 3 + 20, 0xff, 0xff),
      'signature-segment-overrun',
    ),
    row(
      'signature-length-plus-1',
      'a Signature Length one too long',
      patched(value, 14 + 3 + 20, 0, (one?.signature.length ?? 0) + 1),
      'signature-segment-overrun',
    ),
    row('block-third', 'octets behind the second block', join(two, small), 'block-excess', {
      suites: [1, EXPERIMENTAL],
    }),
    row(
      'block-trailing-octet',
      'one octet behind the second block',
      join(two, Uint8Array.of(0)),
      'block-excess',
      { suites: [1, EXPERIMENTAL] },
    ),
    row('suite-0', 'suite 0x00', patched(value, 16, 0), 'suite-reserved'),
    row('suite-255', 'suite 0xFF', patched(value, 16, 0xff), 'suite-reserved'),
    row(
      'suite-255-second',
      'a second block of suite 0xFF beside a good one',
      join(value, blockOf(0xff, 2)),
      'suite-reserved',
    ),
    row('suite-duplicate', 'two blocks of suite 1, both good', join(value, block), 'suite-duplicate'),
    row('as-zero', 'AS 0 in the newest segment', patched(value, 4, 0, 0, 0, 0), 'as-zero'),
    row('as-zero-origin', 'AS 0 in the segment of the origin', patched(value, 10, 0, 0, 0, 0), 'as-zero', {
      acceptable: [
        {
          expected: { verdict: 'not-valid' },
          why: 'RFC 7607 speaks of AS_PATH; AS 0 has no key in any case',
        },
      ],
    }),
    row(
      'signatures-too-few',
      'two segments, one signature',
      join(value.subarray(0, 14), blockOf(1, 1)),
      'signature-count',
    ),
    row(
      'signatures-none',
      'two segments, no signature',
      join(value.subarray(0, 14), Uint8Array.of(0, 3, 1)),
      'signature-count',
    ),
    row(
      'signatures-too-many',
      'two segments, three signatures, the first two good',
      extra,
      'signature-count',
    ),
    row(
      'signatures-too-few-unsupported',
      'a block of an unsupported suite with too few signatures beside a good one',
      join(value, blockOf(2, 1)),
      'signature-count',
    ),
    row(
      'signatures-too-many-unsupported',
      'a block of an unsupported suite with too many signatures beside a good one',
      join(value, blockOf(2, 3)),
      'signature-count',
    ),
    row(
      'overrun-unsupported',
      'a Signature Segment runs out of a block of an unsupported suite',
      join(value, patched(blockOf(2, 2), 23, 0xff, 0xff)),
      'signature-segment-overrun',
    ),
    row(
      'signatures-too-few-alone',
      'a block of an unsupported suite alone, with too few signatures',
      join(value.subarray(0, 14), blockOf(2, 1)),
      'signature-count',
    ),
    [
      'attribute-flags-transitive',
      'Transitive bit set',
      ['RFC 7606 §3(c)'],
      update([reach(), origin, { ...signed, flags: 0xc0 }]),
      TAW,
      'bgpsec-path-flags',
    ],
    [
      'attribute-flags-not-optional',
      'Optional bit clear',
      ['RFC 7606 §3(c)'],
      update([reach(), origin, { ...signed, flags: 0x00 }]),
      TAW,
      'bgpsec-path-flags',
    ],
    [
      'three-hops-middle-missing',
      'a segment in the middle taken out, with its signature',
      ['RFC 8205 §5.2 step 4'],
      messageOf(without(pathOf([ORIGIN, MIDDLE, PEER]), 1)),
      'not-valid',
      'signature-mismatch',
    ],
  ]);
}

function without(whole: ReturnType<typeof pathOf>, index: number): ReturnType<typeof pathOf> {
  return {
    segments: whole.segments.filter((_, i) => i !== index),
    blocks: whole.blocks.map(({ suite, signatures }) => ({
      suite,
      signatures: signatures.filter((_, i) => i !== index),
    })),
  };
}
