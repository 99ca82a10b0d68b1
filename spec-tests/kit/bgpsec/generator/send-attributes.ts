import { fromHex, toHex } from 'pathsec/bytes';
import type { VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import { signedCase } from './send-cases.js';
import { shared, strip, to } from './send-shared.js';
import {
  external,
  type Fields,
  internal,
  LOCAL,
  ORIGIN,
  origin,
  PEER,
  pathAttributeOf,
  pathOf,
  reach,
  update,
} from './world.js';

/** An attribute as flags, type and value. */
type Row = readonly [flags: number, code: number, value: string];

const ORIGIN_ROW: Row = [0x40, 1, '00'];
const COMMUNITY = '00010002';
const answerOf = (rows: readonly Row[]): Fields[] =>
  rows.map(([flags, type, value]) => ({ flags, type, value }));

/** The attributes of a received route besides path, next hop and prefix (RFC 4271 §5). */
export function attributesGroup(): VectorGroup {
  const path = pathAttributeOf(pathOf([ORIGIN, PEER]));
  const inside = internal(LOCAL);
  const toInside: Fields = { ...to(LOCAL), kind: 'internal' };
  const common: Fields = { ...shared, op: 'forward', session: external() };
  const row = (
    name: string,
    title: string,
    sections: readonly string[],
    received: readonly Row[],
    sent: readonly Row[],
    more: Fields = {},
  ): VectorCase => {
    const others = received.map(([flags, code, value]) => ({ flags, code, value: fromHex(value) }));
    const message = toHex(update([reach(), origin, ...others, path]));
    const onward = more.peer === undefined ? [LOCAL, PEER, ORIGIN] : [PEER, ORIGIN];
    const attributes = answerOf([ORIGIN_ROW, ...sent]);
    const input = { ...common, message, ...more };
    return strip(signedCase(`attributes-${name}`, title, sections, input, onward, { attributes }), common);
  };
  return {
    title: 'Other attributes of routes that were received',
    shared: common,
    cases: [
      row(
        'unknown-transitive',
        'an unknown transitive attribute goes on with the Partial bit',
        ['RFC 4271 §5'],
        [[0xc0, 99, '78']],
        [[0xe0, 99, '78']],
      ),
      row(
        'unknown-partial',
        'the same with the Partial bit set already',
        ['RFC 4271 §5'],
        [[0xe0, 99, '78']],
        [[0xe0, 99, '78']],
      ),
      row(
        'unknown-non-transitive',
        'an unknown attribute that is not transitive stays behind',
        ['RFC 4271 §5'],
        [[0x80, 99, '78']],
        [],
      ),
      row(
        'low-flag-bits',
        'the low four flag bits are 0, of unknown and of known attributes',
        ['RFC 4271 §4.3'],
        [
          [0xcf, 8, COMMUNITY],
          [0xc5, 99, '78'],
        ],
        [
          [0xc0, 8, COMMUNITY],
          [0xe0, 99, '78'],
        ],
      ),
      row(
        'partial-kept',
        'the Partial bit of a known attribute stays set',
        ['RFC 4271 §5'],
        [[0xe0, 8, COMMUNITY]],
        [[0xe0, 8, COMMUNITY]],
      ),
      row(
        'mp-unreach',
        'MP_UNREACH_NLRI speaks of other routes and stays behind',
        ['RFC 4760 §4', 'RFC 8205 §4.1'],
        [[0x80, 15, '00010118c63364']],
        [],
      ),
      row(
        'next-hop',
        'NEXT_HOP beside MP_REACH_NLRI stays behind',
        ['RFC 4760 §3'],
        [[0x40, 3, 'c0000201']],
        [],
      ),
      row(
        'as4-path',
        'AS4_PATH is discarded, and the route goes on',
        ['RFC 6793 §4.1', 'RFC 6793 §6'],
        [[0xc0, 17, '02010000fbf0']],
        [],
      ),
      row(
        'repeated',
        'of repeated attributes the first counts, and the route goes on',
        ['RFC 7606 §3'],
        [
          [0xc0, 8, COMMUNITY],
          [0xc0, 8, '00010003'],
        ],
        [[0xc0, 8, COMMUNITY]],
      ),
      row(
        'med-outside',
        'MULTI_EXIT_DISC does not go to another neighbour AS',
        ['RFC 4271 §5.1.4'],
        [[0x80, 4, '00000007']],
        [],
      ),
      row(
        'from-external',
        'LOCAL_PREF, ORIGINATOR_ID and CLUSTER_LIST of an external peer are discarded, and the route goes on',
        ['RFC 7606 §7.5', 'RFC 7606 §7.9', 'RFC 7606 §7.10'],
        [
          [0x40, 5, '000000c8'],
          [0x80, 9, 'c0000207'],
          [0x80, 10, '0a000000'],
        ],
        [],
      ),
      row(
        'local-pref-outside',
        'LOCAL_PREF of an internal peer does not go to an external one',
        ['RFC 4271 §5.1.5'],
        [[0x40, 5, '000000c8']],
        [],
        { session: inside },
      ),
      row(
        'reflection-outside',
        'ORIGINATOR_ID and CLUSTER_LIST of an internal peer do not go to an external one',
        ['RFC 7606 §7.9', 'RFC 7606 §7.10'],
        [
          [0x80, 9, 'c0000207'],
          [0x80, 10, '0a000000'],
        ],
        [],
        { session: inside },
      ),
      row(
        'inside',
        'all of them go from one internal peer to another',
        ['RFC 4271 §5.1.4', 'RFC 4271 §5.1.5'],
        [
          [0x80, 4, '00000007'],
          [0x40, 5, '000000c8'],
          [0x80, 9, 'c0000207'],
          [0x80, 10, '0a000000'],
        ],
        [
          [0x80, 4, '00000007'],
          [0x40, 5, '000000c8'],
          [0x80, 9, 'c0000207'],
          [0x80, 10, '0a000000'],
        ],
        { session: inside, peer: toInside, keys: [] },
      ),
    ],
  };
}
