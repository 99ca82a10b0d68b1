import { encodeBgpsecPath } from 'pathsec/bgp';
import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { type More, type VerifyRow, verifyGroup } from './cases.js';
import { shared } from './receive-paths.js';
import {
  announced,
  EXPERIMENTAL,
  engine,
  keyOf,
  LOCAL,
  messageOf,
  ORIGIN,
  origin,
  PEER,
  pathAttributeOf,
  pathOf,
  reach,
  signedAttribute,
  update,
  withSignature,
} from './world.js';

/** One and two Signature_Blocks, good, bad, unsupported (RFC 8205 §5.2, §6.1). */
export function blockGroup(): VectorGroup {
  const both = [1, EXPERIMENTAL];
  const two = pathOf([ORIGIN, PEER], LOCAL, announced(), both);
  const bad = (path: typeof two, block: number, index = 0): typeof two =>
    withSignature(
      path,
      index,
      (one) => ({ ...one, signature: engine.sign(keyOf(PEER), Uint8Array.of(block)) }),
      block,
    );
  const row = (
    name: string,
    title: string,
    path: typeof two,
    verdict: string,
    more: More,
    reason = verdict === 'valid' ? 'ok' : 'signature-mismatch',
  ): VerifyRow => [
    `blocks-${name}`,
    title,
    ['RFC 8205 §5.2', 'RFC 8205 §6.1'],
    messageOf(path),
    verdict,
    reason,
    more,
  ];
  const swapped = { ...two, blocks: [...two.blocks].reverse() };
  const unsupported = pathOf([ORIGIN, PEER], LOCAL, announced(), [EXPERIMENTAL]);
  const foreign = { ...two, blocks: two.blocks.map((block, b) => ({ ...block, suite: b === 0 ? 2 : 0xfb })) };
  const relabelled = {
    ...two,
    blocks: two.blocks.map((block) => ({ ...block, suite: block.suite === 1 ? EXPERIMENTAL : 1 })),
  };
  const one = { suites: both };
  const value = encodeBgpsecPath(two);
  const rows: VerifyRow[] = [
    row('valid-valid', 'both good, both supported', two, 'valid', one),
    row('valid-invalid', 'the first good, the second not', bad(two, 1), 'valid', one),
    row('invalid-valid', 'the first not, the second good', bad(two, 0), 'valid', one),
    row('invalid-invalid', 'neither good', bad(bad(two, 0), 1), 'not-valid', one),
    row('valid-unsupported', 'the first good, the second of an unsupported suite', two, 'valid', {}),
    row('unsupported-valid', 'the first of an unsupported suite, the second good', swapped, 'valid', {}),
    row(
      'invalid-unsupported',
      'the first not good, the second of an unsupported suite',
      bad(two, 0),
      'not-valid',
      {},
    ),
    row(
      'unsupported-invalid',
      'the first of an unsupported suite, the second not good',
      bad(swapped, 1),
      'not-valid',
      {},
    ),
    row(
      'unsupported-unsupported',
      'both of unsupported suites',
      foreign,
      'unsigned',
      {},
      'no-supported-suite',
    ),
    row(
      'unsupported',
      'one block of an unsupported suite',
      unsupported,
      'unsigned',
      {},
      'no-supported-suite',
    ),
    row(
      'unsupported-2',
      'one block of suite 2, with signatures of suite 1',
      { ...two, blocks: two.blocks.slice(0, 1).map((block) => ({ ...block, suite: 2 })) },
      'unsigned',
      {},
      'no-supported-suite',
    ),
    row('experimental-alone', 'one block of suite 0xF7, supported', unsupported, 'valid', one),
    row(
      'key-missing-valid',
      'no key for the first block, the second good',
      withSignature(two, 1, (s) => ({ ...s, ski: new Uint8Array(20) })),
      'valid',
      one,
    ),
    row('valid-origin-bad', 'the second block is bad at the origin only', bad(two, 1, 1), 'valid', one),
    row('crossed', 'each block bad at another hop', bad(bad(two, 0, 0), 1, 1), 'not-valid', one),
    row('relabelled', 'the suites of the two blocks exchanged', relabelled, 'not-valid', one),
    row(
      'relabelled-one',
      'suite 1 relabelled to 0xF7: the suite is hashed',
      { ...two, blocks: two.blocks.slice(0, 1).map((block) => ({ ...block, suite: EXPERIMENTAL })) },
      'not-valid',
      one,
    ),
    row(
      'mixed-hops',
      'the newest signatures of the two blocks exchanged',
      {
        ...two,
        blocks: two.blocks.map((block, b) => ({
          ...block,
          signatures: [
            two.blocks[1 - b]?.signatures[0] ?? { ski: new Uint8Array(20), signature: new Uint8Array(0) },
            ...block.signatures.slice(1),
          ],
        })),
      },
      'not-valid',
      one,
    ),
    [
      'blocks-second-cut',
      'the second block, of an unsupported suite, is cut short',
      ['RFC 8205 §5.2(1)'],
      update([reach(), origin, signedAttribute(value.subarray(0, -1))]),
      'treat-as-withdraw',
      'block-length',
    ],
    [
      'as-path-beside-unsupported',
      'AS_PATH beside a BGPsec_PATH of an unsupported suite',
      ['RFC 8205 §5.2(4)'],
      update([
        reach(),
        origin,
        { flags: 0x40, code: 2, value: Uint8Array.of(2, 1, 0, 0, 0xfb, 0xf3) },
        pathAttributeOf(unsupported),
      ]),
      'treat-as-withdraw',
      'as-path-present',
    ],
  ];
  return verifyGroup('One and two Signature_Blocks', shared, rows);
}
