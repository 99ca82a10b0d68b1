import type { AsPath } from 'pathsec/bgp';
import { originAs } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';

const [SET, SEQUENCE, CONFED_SEQUENCE, CONFED_SET] = [1, 2, 3, 4] as const;

describe('Route Origin ASN (RFC 6811 §2)', () => {
  const rows: [string, AsPath, number | undefined][] = [
    ['rightmost AS of a final AS_SEQUENCE', [{ type: SEQUENCE, asns: [1, 2, 4294967295] }], 4294967295],
    ['prepended origin', [{ type: SEQUENCE, asns: [1, 2, 2] }], 2],
    [
      'two AS_SEQUENCE segments',
      [
        { type: SEQUENCE, asns: [1] },
        { type: SEQUENCE, asns: [2] },
      ],
      2,
    ],
    [
      'final AS_SET, also of one member: NONE',
      [
        { type: SEQUENCE, asns: [1] },
        { type: SET, asns: [2] },
      ],
      undefined,
    ],
    [
      'AS_SET before a final AS_SEQUENCE',
      [
        { type: SET, asns: [2, 3] },
        { type: SEQUENCE, asns: [4] },
      ],
      4,
    ],
    ['empty path: own AS', [], 64496],
    ['AS_CONFED_SEQUENCE: own AS', [{ type: CONFED_SEQUENCE, asns: [65001] }], 64496],
    ['AS_CONFED_SET: own AS', [{ type: CONFED_SET, asns: [65001, 65002] }], 64496],
    [
      'confederation segment before a final AS_SEQUENCE',
      [
        { type: CONFED_SEQUENCE, asns: [65001] },
        { type: SEQUENCE, asns: [5] },
      ],
      5,
    ],
    ['AS_SEQUENCE without any AS: NONE', [{ type: SEQUENCE, asns: [] }], undefined],
  ];

  it.each(rows)('%s', (_, path, expected) => {
    requirement(
      'rfc6811:2:origin-as-sequence',
      '!rfc6811:2:origin-as-sequence',
      'rfc6811:2:origin-own-as',
      '!rfc6811:2:origin-own-as',
      'rfc6811:2:origin-none',
      '!rfc6811:2:origin-none',
    );
    expect(originAs(path, 64496)).toBe(expected);
  });

  it('is NONE for the speaker itself where its AS is unknown', () => {
    requirement('!rfc6811:2:origin-own-as');
    expect(originAs([])).toBe(undefined);
    expect(originAs([{ type: CONFED_SEQUENCE, asns: [65001] }])).toBe(undefined);
  });
});
