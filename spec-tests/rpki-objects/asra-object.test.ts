import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { fromHex, toHex } from 'pathsec/bytes';
import {
  type AsraContent,
  checkDer,
  decodeAsraContent,
  encodeAsraContent,
  examineObject,
  inspectAsra,
  makeLab,
} from 'pathsec/rpki';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run, temporaryFile } from '../cli/run.js';
import { type Citation, requirement } from '../kit/citation.js';
import { NO_PAYLOADS } from '../payload/arbitrary-payloads.js';
import { arbitraryAsn } from '../support.js';
import { aspaObject, codes } from './aspa-objects.js';
import { testLab } from './lab-support.js';

/** A private enterprise number for documentation (RFC 5612). */
const TYPE = '1.3.6.1.4.1.32473.1';
const GOOD: AsraContent = { version: 0, signer: 64496, subcategory: 3, neighbors: [64497, 64498] };

describe('ASRA eContent (asra-profile §3)', () => {
  it('is this in octets', () => {
    requirement('asra-profile:3:econtent', 'asra-profile:3.1:version-encoded');
    // [0] EXPLICIT INTEGER 0, INTEGER 64496, OCTET STRING 03, SEQUENCE OF INTEGER 64497, 64498.
    const hex = '3019a003020100020300fbf0040103300a020300fbf1020300fbf2';
    expect(toHex(encodeAsraContent(GOOD))).toBe(hex);
    expect(decodeAsraContent(fromHex(hex))).toEqual(GOOD);
  });

  it('round-trips and is DER, over the whole range of ASNs and subcategories', () => {
    requirement('asra-profile:3.2:signer', 'asra-profile:3.3:subcategory-octet');
    const asns = fc.array(fc.oneof(arbitraryAsn, fc.constant(0)), { maxLength: 40 });
    fc.assert(
      fc.property(
        arbitraryAsn,
        fc.nat({ max: 255 }),
        asns,
        fc.constantFrom(undefined, 0, 1),
        (signer, subcategory, neighbors, version) => {
          const content = { version, signer, subcategory, neighbors };
          const der = encodeAsraContent(content);
          checkDer(der);
          expect(decodeAsraContent(der)).toEqual(content);
        },
      ),
    );
  });

  it.each([
    ['a version under an IMPLICIT tag', '300e800100020101040103300302010f', 'version-tag'],
    ['a subcategory of two octets', '300c02010104020303300302010f', 'asn1-syntax'],
    ['no subcategory', '3008020101300302010f', 'asn1-syntax'],
    ['a fifth member', '300e020101040103300302010f020101', 'asn1-syntax'],
    ['no list', '3006020101040103', 'asn1-syntax'],
    ['a negative AS', '300b020101040103300302018f', 'asn1-syntax'],
    ['nothing', '', 'asn1-syntax'],
  ])('refuses %s', (_, hex, code) => {
    requirement('!asra-profile:3:econtent', '!asra-profile:3.3:subcategory-octet');
    expect(() => decodeAsraContent(fromHex(hex))).toThrow(expect.objectContaining({ code }));
  });

  it.each<[string, Partial<AsraContent>, string[], (readonly Citation[])?]>([
    [
      'in order',
      {},
      [],
      requirement(
        'asra-profile:3.3:assigned',
        'asra-profile:3.4:not-the-signer',
        'asra-profile:3.4:ascending',
        'asra-profile:3.4:unique',
        'asra-profile:4:signer-in-certificate',
      ),
    ],
    ['AS 0 alone', { neighbors: [0] }, []],
    ['customers', { subcategory: 1 }, []],
    ['lateral peers', { subcategory: 2 }, []],
    [
      'no version',
      { version: undefined },
      ['asra-version'],
      requirement('!asra-profile:3.1:version-encoded'),
    ],
    ['version 1', { version: 1 }, ['asra-version'], requirement('!asra-profile:3.1:version-encoded')],
    ['subcategory 0', { subcategory: 0 }, ['asra-subcategory'], requirement('!asra-profile:3.3:assigned')],
    ['subcategory 4', { subcategory: 4 }, ['asra-subcategory'], requirement('!asra-profile:3.3:assigned')],
    ['no neighbour', { neighbors: [] }, ['asra-no-neighbors']],
    [
      'the signer among them',
      { neighbors: [64496, 64497] },
      ['asra-own-neighbor'],
      requirement('!asra-profile:3.4:not-the-signer'),
    ],
    [
      'descending',
      { neighbors: [64498, 64497] },
      ['asra-neighbor-order'],
      requirement('!asra-profile:3.4:ascending'),
    ],
    [
      'twice',
      { neighbors: [64497, 64497] },
      ['asra-neighbor-order'],
      requirement('!asra-profile:3.4:unique'),
    ],
    ['AS 0 beside others', { neighbors: [0, 64497] }, ['asra-as0']],
    [
      'another signer than the certificate',
      { signer: 64499 },
      ['asra-certificate-as'],
      requirement('!asra-profile:4:signer-in-certificate', '!asra-profile:3.2:signer'),
    ],
  ])('%s gives %j', async (_, change, expected) => {
    const lab = await testLab();
    const der = await aspaObject(lab, encodeAsraContent(GOOD), {}, lab.ee, lab.ca, TYPE);
    const { object } = await examineObject(der, lab.material(), undefined, { asra: TYPE });
    if (object?.type !== 'asra') throw new Error('not an ASRA object');
    expect(codes(inspectAsra({ ...GOOD, ...change }, object.envelope.certificate))).toEqual(expected);
  });
});

describe('ASRA objects (asra-profile §4)', () => {
  const content = encodeAsraContent(GOOD);
  const object = async (change: Parameters<typeof aspaObject>[2] = {}, octets = content) => {
    const lab = await testLab();
    const der = await aspaObject(lab, octets, change, lab.ee, lab.ca, TYPE);
    return { der, lab, result: await examineObject(der, lab.material(), 'asa', { asra: TYPE }) };
  };

  it('a valid one contributes its payload until its certificate ends', async () => {
    requirement('asra-profile:4:rfc6488-checks');
    const { result } = await object({ asns: [{ min: 64490n, max: 64500n }] });
    expect([result.verdict, codes(result.findings)]).toEqual(['valid', []]);
    expect(result.payloads.asras).toMatchObject([{ asn: 64496, subcategory: 3, neighbors: [64497, 64498] }]);
    expect(result.payloads.aspas).toEqual([]);
  });

  it('resources that are missing, inherited or of addresses make it invalid', async () => {
    requirement(
      '!asra-profile:4:signer-in-certificate',
      'asra-profile:4:no-inherit',
      '!asra-profile:4:no-inherit',
      'asra-profile:4:no-addresses',
      '!asra-profile:4:no-addresses',
    );
    const address = { afi: 1 as const, octets: Uint8Array.of(192, 0, 2, 0), length: 24 };
    const addresses = new Map([[1 as const, [address]]]);
    const found = async (change: Parameters<typeof aspaObject>[2]) =>
      codes((await object(change)).result.findings);
    expect(await found({ asns: [{ min: 1n, max: 2n }] })).toEqual(['asra-certificate-as']);
    expect(await found({ asns: 'inherit' })).toEqual(['asra-certificate-inherit']);
    expect(await found({ addresses })).toEqual(['asra-certificate-ip']);
    expect((await object({ addresses })).result.payloads.asras).toEqual([]);
  });

  it('a content that cannot be read, or that a faulty signature covers, is invalid', async () => {
    requirement('!asra-profile:4:rfc6488-checks');
    const { result } = await object({}, Uint8Array.of(0x30, 0));
    expect([result.object?.type, result.verdict, codes(result.findings)]).toEqual([
      'asra',
      'invalid',
      ['asn1-syntax'],
    ]);
    const { der, lab } = await object();
    der[der.length - 1] = (der[der.length - 1] as number) ^ 1;
    const broken = await examineObject(der, lab.material(), 'asa', { asra: TYPE });
    expect([broken.verdict, codes(broken.findings)]).toEqual(['invalid', ['cms-signature']]);
  });

  it('is not read where nobody says what its type is (D-asra-oid)', async () => {
    requirement('asra-profile:2:content-type');
    const { der, lab } = await object();
    const unknown = await examineObject(der, lab.material());
    expect([unknown.object?.type, unknown.verdict]).toEqual(['signed-object', 'unexamined']);
  });
});

describe('the laboratory', () => {
  const asras = [{ asn: 64496, subcategory: 3 as const, neighbors: [64498, 64497] }];

  it('makes ASRA objects of the type that it is told', async () => {
    const lab = await testLab();
    const plan = { ...NO_PAYLOADS, asras, notBefore: 0, notAfter: 2_000_000_000, base: 'rsync://x' };
    const keys = { ta: lab.ta, ca: lab.ca, newSigner: async () => lab.ee };
    await expect(makeLab(plan, keys)).rejects.toThrow('ASRA objects need a content type');
    const files = await makeLab({ ...plan, asraType: TYPE }, keys);
    const made = files.find(({ name }) => name.endsWith('.asa'))?.octets ?? new Uint8Array(0);
    const { object, findings } = await examineObject(made, { ...lab.material(), now: 1_000_000_000 }, 'asa', {
      asra: TYPE,
    });
    expect(object?.type === 'asra' && object.content).toEqual(GOOD);
    expect(codes(findings).filter((code) => code.startsWith('asra'))).toEqual([]);
  });

  it('rpki lab and rpki show take the type by --asra-oid', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pathsec-asra-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const rpki = temporaryFile('rpki.json', JSON.stringify({ asras }));
    const refused = await run(['rpki', 'lab', folder, '--rpki', rpki]);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      'pathsec: the payloads have ASRAs: --asra-oid says of which content type they are to be\n',
    ]);
    const bad = await run(['rpki', 'lab', folder, '--rpki', rpki, '--asra-oid', '3.1']);
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('An object identifier, such as')]);
    const made = await run(['rpki', 'lab', folder, '--rpki', rpki, '--asra-oid', TYPE, '--json']);
    const { files } = JSON.parse(made.stdout) as { files: string[] };
    const name = files.find((one) => one.endsWith('.asa')) ?? '';
    const show = (...more: string[]) =>
      run(['rpki', 'show', join(folder, name), '--issuer', folder, ...more]);
    const shown = await show('--asra-oid', TYPE, '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      type: 'asra',
      version: 0,
      signer_asid: 64496,
      subcategory: 3,
      relationships: [64497, 64498],
      validation: 'valid',
    });
    expect(shown.code).toBe(0);
    const payloads = await show('--asra-oid', TYPE, '--payloads');
    expect(JSON.parse(payloads.stdout)).toMatchObject({ asras: [{ asn: 64496, subcategory: 3 }] });
    // The extension says ASPA or ASRA, and without the option it is neither.
    expect((await show()).code).toBe(1);
    const plain = join(folder, 'object');
    copyFileSync(join(folder, name), plain);
    expect((await run(['rpki', 'show', plain, '--issuer', folder])).code).toBe(3);
  });
});
