import { describe, expect, it } from 'vitest';
import { BAD_FIELDS, GOOD_FIELDS } from '../kit/objects/generator/rows.js';
import { codesOf, examined } from './object-world.js';

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'issuer-unique-id': ['certificate-unique-identifier'],
  'subject-unique-id': ['certificate-unique-identifier'],
  'certificate-member-added': ['asn1-syntax'],
  'policy-user-notice': ['policy-qualifier'],
  'policy-cps-and-notice': ['policy-qualifier'],
  'policy-cps-twice': ['policy-qualifier'],
  'policy-cps-utf8': ['policy-qualifier'],
  'policy-no-qualifier': ['asn1-syntax'],
  'not-before-generalized': ['certificate-time-type'],
  'not-after-generalized': ['certificate-time-type'],
  // The whole object is looked at for DER first.
  'validity-without-seconds': ['cms-der', 'certificate-time-type', 'certificate-time'],
  'validity-fraction': ['asn1-syntax'],
  'validity-three': ['asn1-syntax'],
  'validity-no-day': ['cms-der'],
  'critical-false': ['der-default'],
  'certificate-version-0': ['der-default'],
  'subject-ia5': ['subject-name-type'],
  'subject-attribute-three': ['asn1-syntax'],
  'subject-of-issuer': ['certificate-self-issued'],
  'access-three': ['asn1-syntax'],
};

describe('fields of the EE certificate', () => {
  it.each(BAD_FIELDS.map((row) => [row.title, row] as const))('%s: refused for that', async (_, row) => {
    const result = await examined(row.plan, 'asa');
    expect([result.verdict, codesOf(result, 'error')]).toEqual(['invalid', EXPECTED[row.name]]);
    expect(result.payloads.aspas).toEqual([]);
  });

  it('have a code each', () => {
    expect(Object.keys(EXPECTED)).toEqual(BAD_FIELDS.map(({ name }) => name));
  });

  it.each(GOOD_FIELDS.map((row) => [row.title, row] as const))('%s: accepted', async (_, row) => {
    const result = await examined(row.plan, 'asa');
    expect([result.verdict, codesOf(result, 'error')]).toEqual(['valid', []]);
    // docs/decisions/rpki-objects.md D-name-utf8-string: the only one of them that is remarked upon.
    expect(codesOf(result, 'warning')).toEqual(row.name === 'subject-utf8' ? ['subject-name-utf8'] : []);
  });
});
