import { toHex } from 'pathsec/bytes';
import type { Fields, VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import rfc from '../facts/rfc8608.json' with { type: 'json' };
import { type KitRequest, kitAnswer } from '../mutants/answer.js';
import {
  announced,
  EXPERIMENTAL,
  type Hop,
  LOCAL,
  MIDDLE,
  ORIGIN,
  PEER,
  pathOf,
  segmentOf,
} from './world.js';

/** The octets to be hashed alone, and the reconstruction of AS_PATH alone. */
export function octetGroups(): VectorGroup[] {
  return [hashGroup(), rebuildGroup()];
}

function hashGroup(): VectorGroup {
  const sections = ['RFC 8205 §4.2', 'RFC 8205 §5.2 step 3'];
  const row = (name: string, title: string, input: Fields, flags: readonly string[] = []): VectorCase => {
    const expected = kitAnswer({ op: 'octets-to-hash', ...input } as unknown as KitRequest);
    if (expected === undefined) throw new Error(name);
    return { id: `bgpsec/octets-${name}`, title, sections, flags, input, expected };
  };
  const path = (hops: readonly Hop[], prefix = '192.0.2.0/24', suite = 1, safi = 1): Fields => {
    const made = pathOf(hops, LOCAL, announced(prefix, safi), [suite]);
    return {
      target: LOCAL,
      path: made.segments.map(({ pCount, flags, asn }, i) => {
        const one = made.blocks[0]?.signatures[i];
        const signed =
          i === 0 || one === undefined ? {} : { ski: toHex(one.ski), signature: toHex(one.signature) };
        return { pCount, flags, asn, ...signed };
      }),
      algorithmSuite: suite,
      safi,
      prefix,
    };
  };
  const published = rfc.updates.map(({ id, prefix, signatures }): VectorCase => {
    const [newest, oldest] = signatures;
    if (newest === undefined || oldest === undefined) throw new Error(id);
    const ski = rfc.keys[0]?.ski ?? '';
    const hops = [
      { pCount: 1, flags: 0, asn: 65536 },
      { pCount: 1, flags: 0, asn: 64496, ski, signature: oldest.signature },
    ];
    const input = { target: 65537, path: hops, algorithmSuite: 1, safi: 1, prefix };
    const one = row(id, `${id}, as printed`, input, ['published']);
    const expected = {
      octetsHashed: [newest.octets, oldest.octets],
      digests: [newest.digest, oldest.digest],
    };
    return { ...one, expected };
  });
  return {
    title: 'Octets to be hashed',
    shared: { op: 'octets-to-hash' },
    cases: [
      ...published,
      row('1-hop', 'one hop', path([PEER])),
      row('2-hops', 'two hops', path([ORIGIN, PEER])),
      row(
        '4-hops',
        'four hops with pCounts and flags',
        path([
          ORIGIN,
          { asn: MIDDLE, pCount: 255, flags: 0x80 },
          { asn: 65001, pCount: 0, flags: 0xff },
          { asn: 4_294_967_295, flags: 0x01 },
        ]),
      ),
      row('default-ipv4', '0.0.0.0/0', path([ORIGIN, PEER], '0.0.0.0/0')),
      row('default-ipv6', '::/0', path([ORIGIN, PEER], '::/0')),
      row('ipv4-25', 'a prefix length that is no multiple of 8', path([ORIGIN, PEER], '198.51.100.128/25')),
      row('ipv6-35', 'the same for IPv6', path([ORIGIN, PEER], '2001:db8:4000::/35')),
      row('host', 'a host route', path([ORIGIN, PEER], '2001:db8::1/128')),
      row('suite-247', 'suite 0xF7', path([ORIGIN, PEER], '192.0.2.0/24', EXPERIMENTAL)),
      row('multicast', 'SAFI 2', path([ORIGIN, PEER], '192.0.2.0/24', 1, 2)),
    ],
  };
}

function rebuildGroup(): VectorGroup {
  const sections = ['RFC 8205 §4.4'];
  type Path = readonly (readonly [type: 'seq' | 'confed', ...asns: readonly number[]])[];
  const asPathOf = (path: Path) =>
    path.map(([type, ...asns]) => ({ type: type === 'seq' ? 'AS_SEQUENCE' : 'AS_CONFED_SEQUENCE', asns }));
  const row = (
    name: string,
    title: string,
    hops: readonly Hop[],
    path: Path,
    pathLength: number,
    other?: Path,
  ): VectorCase => ({
    id: `bgpsec/rebuilt-${name}`,
    title,
    sections,
    flags: [],
    // Newest first, as on the wire.
    input: { securePath: hops.map(segmentOf).map(({ pCount, flags, asn }) => ({ pCount, flags, asn })) },
    expected: { asPath: asPathOf(path), pathLength },
    ...(other && {
      acceptable: [
        {
          expected: { asPath: asPathOf(other), pathLength },
          why: 'RFC 4271 §5.1.2 lets a speaker open a new segment before the one at hand is full',
        },
      ],
    }),
  });
  const times = (count: number, asn: number): number[] => new Array<number>(count).fill(asn);
  return {
    title: 'Reconstruction of AS_PATH',
    shared: { op: 'reconstruct-as-path' },
    cases: [
      row('one', 'one segment', [1], [['seq', 1]], 1),
      row('order', 'three segments', [3, 2, 1], [['seq', 3, 2, 1]], 3),
      row('prepended', 'pCount 3', [3, { asn: 2, pCount: 3 }, 1], [['seq', 3, 2, 2, 2, 1]], 5),
      row('pcount-zero', 'pCount 0 in the newest segment', [{ asn: 3, pCount: 0 }, 2, 1], [['seq', 2, 1]], 2),
      row('pcount-zero-inner', 'pCount 0 in the middle', [3, { asn: 2, pCount: 0 }, 1], [['seq', 3, 1]], 2),
      row('pcount-zero-origin', 'pCount 0 at the origin', [3, { asn: 1, pCount: 0 }], [['seq', 3]], 1),
      row(
        'pcount-zero-all',
        'pCount 0 everywhere: an empty path',
        [
          { asn: 3, pCount: 0 },
          { asn: 1, pCount: 0 },
        ],
        [],
        0,
      ),
      row('same-as', 'one AS twice', [2, 2, 1], [['seq', 2, 2, 1]], 3),
      row(
        'confed',
        'leading segments of a confederation',
        [{ asn: 65002, flags: 0x80 }, { asn: 65001, flags: 0x80 }, 1],
        [
          ['confed', 65002, 65001],
          ['seq', 1],
        ],
        1,
      ),
      row(
        'confed-ingress',
        'with the segment of the ingress',
        [{ asn: 65001, flags: 0x80 }, { asn: 64500, flags: 0x80, pCount: 0 }, 2, 1],
        [
          ['confed', 65001],
          ['seq', 2, 1],
        ],
        2,
      ),
      row(
        'confed-only',
        'a route that began inside',
        [{ asn: 65001, flags: 0x80, pCount: 2 }],
        [['confed', 65001, 65001]],
        0,
      ),
      row(
        'confed-inner',
        'a flagged segment between others',
        [3, { asn: 65001, flags: 0x80 }, 1],
        [
          ['seq', 3],
          ['confed', 65001],
          ['seq', 1],
        ],
        2,
      ),
      row(
        'unassigned-flags',
        'unassigned flag bits make no confederation segment',
        [{ asn: 3, flags: 0x7f }, { asn: 65001, flags: 0xff }, 1],
        [
          ['seq', 3],
          ['confed', 65001],
          ['seq', 1],
        ],
        2,
      ),
      row(
        'full',
        'exactly 255 AS numbers',
        [
          { asn: 2, pCount: 5 },
          { asn: 1, pCount: 250 },
        ],
        [['seq', ...times(5, 2), ...times(250, 1)]],
        255,
      ),
      row(
        'split',
        '256 AS numbers',
        [2, { asn: 1, pCount: 255 }],
        [
          ['seq', 2],
          ['seq', ...times(255, 1)],
        ],
        256,
      ),
      row(
        'split-in-a-segment',
        'the limit falls among the copies of one AS',
        [
          { asn: 2, pCount: 200 },
          { asn: 1, pCount: 100 },
        ],
        [
          ['seq', ...times(45, 2)],
          ['seq', ...times(155, 2), ...times(100, 1)],
        ],
        300,
        [
          ['seq', ...times(200, 2)],
          ['seq', ...times(100, 1)],
        ],
      ),
      row(
        'split-confed',
        '256 in a confederation',
        [{ asn: 65002, flags: 0x80 }, { asn: 65001, flags: 0x80, pCount: 255 }, 1],
        [
          ['confed', 65002],
          ['confed', ...times(255, 65001)],
          ['seq', 1],
        ],
        1,
      ),
    ],
  };
}
