import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { type VerifyRow, verifyGroup } from './cases.js';
import {
  announced,
  external,
  keyOf,
  messageOf,
  PEER,
  pathOf,
  publicKeys,
  signer,
  withSignature,
} from './world.js';

const SECTIONS = ['RFC 8205 §5.2', 'RFC 8205 §7', 'RFC 8654 §4'];
const LONGEST = 300;

/** The hops of a path of `count`, the neighbour last. */
const hopsOf = (count: number): number[] => [
  ...Array.from({ length: count - 1 }, (_, i) => 100_001 + i),
  PEER,
];

/** Paths of more hops than an octet counts; they need Extended Messages. */
export function longGroup(): VectorGroup {
  const more = { detail: false, flags: ['extended-messages'] };
  const rows = [255, 256, 257, LONGEST].map(
    (count): VerifyRow => [
      `path-${count}`,
      `${count} hops`,
      SECTIONS,
      messageOf(pathOf(hopsOf(count))),
      'valid',
      'ok',
      more,
    ],
  );
  const signature = signer.suites.get(1)?.sign(keyOf(PEER), Uint8Array.of(0)) ?? new Uint8Array();
  const forged = withSignature(pathOf(hopsOf(257)), 256, (one) => ({ ...one, signature }));
  rows.push([
    'path-257-origin-forged',
    '257 hops, the signature of the origin does not fit',
    SECTIONS,
    messageOf(forged, announced()),
    'not-valid',
    'signature-mismatch',
    more,
  ]);
  const keys = publicKeys(...hopsOf(LONGEST));
  return verifyGroup('Paths of more than 255 hops', { session: external(), keys }, rows);
}
