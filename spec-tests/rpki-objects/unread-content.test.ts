import { describe, expect, it } from 'vitest';
import { CONTENT, ID, type ObjectPlan } from '../kit/objects/generator/builder.js';
import { ipBlocks, KEYS } from '../kit/objects/generator/certificate.js';
import { int, seq } from '../kit/objects/generator/der.js';
import { NO_PAYLOADS } from '../payload/arbitrary-payloads.js';
import { address, codesOf, examined, family, HELD } from './object-world.js';

const roa = seq(int(64496), seq(family(1, address([192, 0, 2, 0], 24))));
const prefixList = seq(int(64496), seq());
const UNREAD: readonly (readonly [string, string, string])[] = [
  ['gbr', ID.ghostbusters, 'ghostbusters'],
  ['sig', ID.checklist, 'checklist'],
  ['tak', ID.trustAnchorKey, 'trust-anchor-key'],
];
const plan = (eContentType: string, more: ObjectPlan = {}): ObjectPlan => ({
  content: Buffer.from('what this is nobody knows'),
  eContentType,
  ...more,
});

describe('content that is not read (D-unread-content)', () => {
  it.each(UNREAD)('.%s is unexamined, whatever it holds', async (extension, type, kind) => {
    const result = await examined(plan(type), extension);
    expect(result.verdict).toBe('unexamined');
    expect([result.object?.type, result.payloads]).toEqual([kind, NO_PAYLOADS]);
    expect(result.findings.map(({ code }) => code)).toEqual(['content-unexamined']);
  });

  it('of a type that nobody knows is unexamined too', async () => {
    const result = await examined(plan('1.2.840.113549.1.9.16.1.99'));
    expect([result.verdict, result.object?.type]).toEqual(['unexamined', 'signed-object']);
    expect(result.findings[0]?.message).toContain('1.2.840.113549.1.9.16.1.99');
  });

  it.each<[string, string[], ObjectPlan]>([
    ['a wrong signature', ['cms-signature'], { flip: 1 }],
    ['a certificate that has expired', ['certificate-time'], { ee: { notAfter: '2026-05-31T23:59:59Z' } }],
    ['unsigned content', ['cms-message-digest'], { swap: Buffer.from('another') }],
  ])('in an object with %s is invalid: %j', async (_, expected, more) => {
    const result = await examined(plan(ID.ghostbusters, more), 'gbr');
    expect([result.verdict, codesOf(result, 'error')]).toEqual(['invalid', expected]);
  });

  it('in an object whose issuer is not there is unanchored', async () => {
    const aki = { ee: { issuerKey: KEYS.other } };
    const result = await examined(plan(ID.ghostbusters, aki), 'gbr');
    expect([result.verdict, codesOf(result, 'error')]).toEqual(['unanchored', ['path-incomplete']]);
  });
});

describe('the extension of the name', () => {
  const objects: readonly (readonly [string, ObjectPlan])[] = [
    ['asa', { content: CONTENT }],
    ['roa', { content: roa, eContentType: ID.roa, ee: { extensions: HELD } }],
    ['spl', { content: prefixList, eContentType: ID.prefixList }],
    ...UNREAD.map(
      ([extension, type]) => [extension, plan(type, { ee: { extensions: { ipBlocks } } })] as const,
    ),
  ];
  const names = ['asa', 'cer', 'crl', 'gbr', 'mft', 'roa', 'sig', 'spl', 'tak'];
  it.each(objects)('of a good .%s is held to what it is', async (own, object) => {
    for (const name of names) {
      const result = await examined(object, name);
      expect([name, codesOf(result, 'error')]).toEqual([name, name === own ? [] : ['object-type']]);
    }
  });

  it.each([undefined, 'txt', 'der', '__proto__'])('%s promises nothing', async (name) => {
    for (const [, object] of objects) expect(codesOf(await examined(object, name), 'error')).toEqual([]);
  });
});
