import { originAs } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { path } from '../aspa/notation.js';
import { requirement } from '../kit/citation.js';
import facts from '../kit/rov/facts/cases.json' with { type: 'json' };

const [SEQUENCE, CONFED_SEQUENCE] = [2, 3] as const;

describe('Route Origin ASN (RFC 6811 §2)', () => {
  // What each row shows is cited by the vector case that is made of it.
  it.each(facts.origins)('$title', (row) => {
    expect(originAs(path(row.path), 64496) ?? null).toBe(row.origin);
  });

  it('is NONE for an AS_SEQUENCE without any AS', () => {
    requirement('!rfc6811:2:origin-as-sequence', 'rfc6811:2:origin-none');
    expect(originAs([{ type: SEQUENCE, asns: [] }], 64496)).toBe(undefined);
  });

  it('is NONE for the speaker itself where its AS is unknown', () => {
    requirement('!rfc6811:2:origin-own-as');
    expect(originAs([])).toBe(undefined);
    expect(originAs([{ type: CONFED_SEQUENCE, asns: [65001] }])).toBe(undefined);
  });
});
