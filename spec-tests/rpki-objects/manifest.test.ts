import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { checkDer, decodeManifestContent, encodeManifestContent } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { type Citation, requirement } from '../kit/citation.js';
import { attribute, ID, type ObjectPlan } from '../kit/objects/generator/builder.js';
import { asIds, ipBlocks, sia } from '../kit/objects/generator/certificate.js';
import {
  bitString,
  context,
  generalizedTime,
  ia5,
  int,
  oid,
  seq,
  tlv,
  utcTime,
} from '../kit/objects/generator/der.js';
import { codesOf, examined, INHERITED, inheritedIp } from './object-world.js';

const hash = createHash('sha256').update('a file').digest();
const entry = (name: string, value = bitString(hash)): Buffer => seq(ia5(name), value);
const CRL = entry('ta.crl');

interface Parts {
  readonly version?: Buffer;
  readonly number?: Buffer;
  readonly thisUpdate?: Buffer;
  readonly nextUpdate?: Buffer;
  readonly hashAlgorithm?: string;
  readonly files?: readonly Buffer[];
}
const manifest = (parts: Parts = {}): Buffer =>
  seq(
    ...(parts.version ? [parts.version] : []),
    parts.number ?? int(5),
    parts.thisUpdate ?? generalizedTime('2026-05-31T00:00:00Z'),
    parts.nextUpdate ?? generalizedTime('2026-06-02T00:00:00Z'),
    oid(parts.hashAlgorithm ?? ID.sha256),
    seq(...(parts.files ?? [CRL, entry('a.roa')])),
  );
const examine = (parts: Parts, extensions: Readonly<Record<string, Buffer | undefined>> = INHERITED) =>
  examined({ content: manifest(parts), eContentType: ID.manifest, ee: { extensions } }, 'mft');

describe('manifests (RFC 9286)', () => {
  it.each<[string, Parts]>([
    ['the CRL and a ROA', {}],
    ['the CRL alone', { files: [CRL] }],
    ['number 0', { number: int(0) }],
    ['a number of 159 bits', { number: int((1n << 159n) - 1n) }],
    [
      'a file of every registered extension',
      { files: [CRL, ...'asa cer gbr mft roa sig spl tak'.split(' ').map((one) => entry(`a-_Z9.${one}`))] },
    ],
  ])('with %s are valid', async (_, parts) => {
    requirement(
      'rfc9286:4.2:asn1',
      'rfc9286:4.2:der',
      'rfc9286:4.2.1:version-0',
      'rfc9286:4.2.1:number-readable',
      'rfc9286:4.2.1:number-20-octets',
      'rfc9286:4.2.1:next-after-this',
      'rfc9286:4.2.1:hash-algorithm',
      'rfc9286:4.2.2:names',
      'rfc9286:4.2.2:extensions',
      'rfc9286:4.2.2:case-sensitive',
      'rfc9286:4.3:content-type',
      'rfc9286:4.4:rfc6488-checks',
      'rfc9286:4.4:crl-times-may-differ',
      'rfc9286:5.1:sia-signed-object',
      'rfc9286:5.1:inherit',
      'rfc9286:5.1:validity-may-differ',
      'rfc9286:6:crl-listed',
      'rfc9286:6.3:current',
      'rfc9286:7:not-empty',
    );
    const result = await examine(parts);
    expect([result.verdict, result.findings]).toEqual(['valid', []]);
  });

  it.each<[string, string[], Parts, (readonly Citation[])?]>([
    ['no file', ['manifest-empty', 'manifest-crl'], { files: [] }, requirement('!rfc9286:7:not-empty')],
    ['no CRL', ['manifest-crl'], { files: [entry('a.roa')] }, requirement('!rfc9286:6:crl-listed')],
    [
      'CRLs of others alone',
      ['manifest-crl'],
      { files: [entry('a.crl'), entry('b.crl')] },
      requirement('!rfc9286:6:crl-listed'),
    ],
    [
      'the CRL in other letters',
      ['manifest-crl'],
      { files: [entry('TA.crl')] },
      requirement('!rfc9286:4.2.2:case-sensitive'),
    ],
    [
      'an extension that nobody registered',
      ['manifest-file-extension'],
      { files: [CRL, entry('a.xyz')] },
      requirement('!rfc9286:4.2.2:extensions'),
    ],
    [
      'a name with two dots',
      ['manifest-file-name'],
      { files: [CRL, entry('..roa')] },
      requirement('!rfc9286:4.2.2:names'),
    ],
    ['a file twice', ['manifest-file-twice'], { files: [CRL, entry('a.roa'), entry('a.roa')] }],
    [
      'a hash of 249 bits',
      ['manifest-hash'],
      { files: [CRL, entry('a.roa', bitString(Buffer.alloc(32), 7))] },
      requirement('!rfc9286:4.2.1:hash-algorithm'),
    ],
    [
      'a hash of 248 bits',
      ['manifest-hash'],
      { files: [CRL, entry('a.roa', bitString(Buffer.alloc(31)))] },
      requirement('!rfc9286:4.2.1:hash-algorithm'),
    ],
    [
      'another hash',
      ['manifest-hash-algorithm'],
      { hashAlgorithm: ID.sha512 },
      requirement('!rfc9286:4.2.1:hash-algorithm'),
    ],
    [
      'a UTCTime for thisUpdate',
      ['asn1-syntax'],
      { thisUpdate: utcTime('2026-05-31T00:00:00Z') },
      requirement('!rfc9286:4.2:asn1'),
    ],
    [
      'a UTCTime for nextUpdate',
      ['asn1-syntax'],
      { nextUpdate: utcTime('2026-06-02T00:00:00Z') },
      requirement('!rfc9286:4.2:asn1'),
    ],
    [
      'fractions of a second',
      ['asn1-syntax'],
      { nextUpdate: generalizedTime('2026-06-02T00:00:00.5Z') },
      requirement('!rfc9286:4.2:asn1'),
    ],
    [
      'a time without seconds',
      ['der-time'],
      { nextUpdate: generalizedTime('2026-06-02T00:00Z') },
      requirement('!rfc9286:4.2:asn1'),
    ],
    [
      'a time of another zone',
      ['der-time'],
      { nextUpdate: generalizedTime('2026-06-02T00:00:00+0100') },
      requirement('!rfc9286:4.2:asn1'),
    ],
    [
      'an explicit version 0',
      ['version-default'],
      { version: context(0, int(0)) },
      requirement('!rfc9286:4.2:der', '!rfc9286:4.2.1:version-0'),
    ],
    [
      'version 1',
      ['manifest-version'],
      { version: context(0, int(1)) },
      requirement('!rfc9286:4.2.1:version-0', '!rfc9286:4.4:rfc6488-checks'),
    ],
    [
      'a negative number',
      ['asn1-syntax'],
      { number: int(-1) },
      requirement('!rfc9286:4.2.1:number-readable'),
    ],
    [
      'a number of 160 bits',
      ['manifest-number'],
      { number: int(1n << 159n) },
      requirement('!rfc9286:4.2.1:number-readable', '!rfc9286:4.2.1:number-20-octets'),
    ],
    [
      'a third member of a file',
      ['asn1-syntax'],
      { files: [CRL, seq(ia5('a.roa'), bitString(hash), int(1))] },
      requirement('!rfc9286:4.2:asn1'),
    ],
    [
      'a file name of another string type',
      ['asn1-syntax'],
      { files: [CRL, seq(tlv(0x0c, Buffer.from('a.roa')), bitString(hash))] },
      requirement('!rfc9286:4.2:asn1'),
    ],
    [
      'an end before its start',
      ['manifest-times', 'manifest-stale'],
      { nextUpdate: generalizedTime('2026-05-30T00:00:00Z') },
      requirement('!rfc9286:4.2.1:next-after-this', '!rfc9286:4.4:rfc6488-checks'),
    ],
    [
      'a start to come',
      ['manifest-stale'],
      { thisUpdate: generalizedTime('2026-06-01T00:00:01Z') },
      requirement('!rfc9286:6.3:current'),
    ],
    [
      'an end passed',
      ['manifest-stale'],
      { nextUpdate: generalizedTime('2026-05-31T23:59:59Z') },
      requirement('!rfc9286:6.3:current'),
    ],
  ])('with %s are invalid: %j', async (_, expected, parts) => {
    const result = await examine(parts);
    expect([result.verdict, codesOf(result, 'error')]).toEqual(['invalid', expected]);
    for (const { section } of result.findings) expect(section).toMatch(/^RFC \d{4} §/);
  });

  it('with the CRL of another CA beside the own one are valid, with a warning (D-manifest-crl)', async () => {
    requirement('rfc9286:6:crl-listed');
    const result = await examine({ files: [CRL, entry('b.crl')] });
    expect([result.verdict, codesOf(result, 'warning')]).toEqual(['valid', ['manifest-other-crl']]);
  });

  it.each<[string, Record<string, Buffer | undefined>]>([
    ['AS resources', { ...INHERITED, asIdentifiers: asIds(64496) }],
    ['IP resources', { ...INHERITED, ipBlocks }],
    ['AS resources alone', { asIdentifiers: asIds(64496) }],
  ])('whose EE certificate lists its %s are invalid (§5.1)', async (_, extensions) => {
    requirement('!rfc9286:5.1:inherit');
    const result = await examine({}, extensions);
    expect([result.verdict, codesOf(result, 'error')]).toEqual(['invalid', ['manifest-certificate-inherit']]);
  });

  it.each<[string, Record<string, Buffer | undefined>]>([
    ['AS', { asIdentifiers: INHERITED.asIdentifiers }],
    ['IP', { asIdentifiers: undefined, ipBlocks: inheritedIp }],
  ])('whose EE certificate inherits %s resources alone are valid', async (_, extensions) => {
    requirement('rfc9286:5.1:inherit');
    expect((await examine({}, extensions)).verdict).toBe('valid');
  });

  it('are valid although their times are not those of the CRL and of the EE certificate (§4.4, §5.1)', async () => {
    requirement('!rfc9286:4.4:crl-times-may-differ', '!rfc9286:5.1:validity-may-differ');
    const { object, verdict } = await examine({});
    if (object?.type !== 'manifest') throw new Error('not a manifest');
    const { content, envelope } = object;
    expect([content?.thisUpdate, content?.nextUpdate]).not.toContain(envelope.certificate.notBefore);
    expect([content?.thisUpdate, content?.nextUpdate]).not.toContain(envelope.certificate.notAfter);
    expect(verdict).toBe('valid');
  });

  it.each<[string, string, ObjectPlan]>([
    [
      'the content-type attribute of a ROA',
      'cms-content-type',
      { attributes: { contentType: attribute(ID.contentType, oid(ID.roa)) } },
    ],
    ['SignedData version 4', 'cms-version', { version: 4 }],
    ['a wrong signature', 'cms-signature', { flip: 1 }],
    [
      'no Subject Information Access',
      'subject-info-access',
      { ee: { extensions: { ...INHERITED, sia: undefined } } },
    ],
    [
      'the Subject Information Access of a CA',
      'subject-info-access',
      { ee: { extensions: { ...INHERITED, sia: sia('1.3.6.1.5.5.7.48.5') } } },
    ],
  ])('with %s are invalid: %s (§4.3, §4.4, §5.1)', async (_, expected, plan) => {
    requirement('!rfc9286:4.3:content-type', '!rfc9286:4.4:rfc6488-checks', '!rfc9286:5.1:sia-signed-object');
    const good = { content: manifest(), eContentType: ID.manifest, ee: { extensions: INHERITED } };
    const result = await examined({ ...good, ...plan }, 'mft');
    expect([result.verdict, codesOf(result, 'error')]).toEqual(['invalid', [expected]]);
  });

  it('round-trip and are DER', () => {
    requirement('rfc9286:4.2:asn1', 'rfc9286:4.2:der');
    const letters = fc.string({ unit: fc.constantFrom(...'aZ09-_'), minLength: 1, maxLength: 20 });
    const name = fc.tuple(letters, fc.constantFrom('crl', 'roa', 'asa')).map((parts) => parts.join('.'));
    const seconds = fc.integer({ min: -631_152_000, max: 253_402_300_799 });
    const content = fc.record({
      number: fc.bigInt({ min: 0n, max: (1n << 159n) - 1n }),
      thisUpdate: seconds,
      nextUpdate: seconds,
      hashAlgorithm: fc.constant<string>(ID.sha256),
      files: fc.array(fc.record({ name, hash: fc.uint8Array({ minLength: 1, maxLength: 40 }) })),
    });
    fc.assert(
      fc.property(content, (value) => {
        const der = encodeManifestContent(value);
        checkDer(der);
        expect(decodeManifestContent(der)).toEqual({ ...value, version: 0 });
      }),
    );
  });
});
