import { readdirSync, readFileSync } from 'node:fs';
import { decodeCertificate, decodeCrl, examineObject, type PathMaterial } from 'pathsec/rpki';
import { expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';

/** Per folder: file, verdict, codes of errors and warnings. The CRLs among them are in the test of `rpki show`. */
const CASES: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  obj: [
    ['20-good.mft', 'valid', ''],
    ['21-fort154-empty.mft', 'invalid', 'manifest-empty manifest-crl'],
    ['22-no-crl.mft', 'invalid', 'manifest-crl'],
    ['23-two-crls.mft', 'invalid', 'manifest-crl manifest-other-crl'],
    ['24-twice.mft', 'invalid', 'manifest-file-twice'],
    ['25-dotdot.mft', 'invalid', 'manifest-file-name'],
    ['26-unknown-ext.mft', 'invalid', 'manifest-file-extension'],
    ['27-negative-number.mft', 'invalid', 'asn1-syntax'],
    ['28-21-octets.mft', 'invalid', 'manifest-number'],
    ['29-times-swapped.mft', 'invalid', 'manifest-times manifest-stale'],
    ['30-future.mft', 'invalid', 'manifest-stale'],
    ['31-mft-explicit-resources.mft', 'invalid', 'manifest-certificate-inherit'],
    ['32-lists-mft.mft', 'valid', ''],
    ['33-utctime.mft', 'invalid', 'asn1-syntax'],
    ['34-explicit-version0.mft', 'invalid', 'version-default'],
    ['35-hash-249-bits.mft', 'invalid', 'manifest-hash'],
    ['40-good.roa', 'valid', ''],
    ['41-with-as-resources.roa', 'invalid', 'roa-certificate-as'],
    ['42-inherit.roa', 'invalid', 'roa-certificate-inherit'],
    ['43-dup-prefix.roa', 'valid', 'roa-canonical'],
    ['44-redundant-max.roa', 'valid', 'roa-max-length-superfluous'],
    ['45-no-family.roa', 'invalid', 'roa-no-prefix'],
    ['46-empty-family.roa', 'invalid', 'roa-no-prefix'],
    ['47-cfrpki90-max0.roa', 'invalid', 'roa-max-length'],
    ['48-max-negative.roa', 'invalid', 'asn1-syntax'],
    ['49-max-huge.roa', 'invalid', 'asn1-syntax'],
    ['50-max-280.roa', 'invalid', 'asn1-syntax'],
    ['51-v4-40-bits.roa', 'invalid', 'asn1-syntax'],
    ['52-safi.roa', 'invalid', 'asn1-syntax'],
    ['53-afi3.roa', 'invalid', 'asn1-syntax'],
    ['54-asid-33bit.roa', 'invalid', 'asn1-syntax'],
    ['55-asid-neg.roa', 'invalid', 'asn1-syntax'],
    ['56-as0-default.roa', 'valid', ''],
    ['60-good.asa', 'valid', ''],
    ['61-fort167-as0-mixed.asa', 'invalid', 'aspa-as0'],
    ['62-fort168-range.asa', 'invalid', 'aspa-certificate-as'],
    ['63-fort169-customer0.asa', 'invalid', 'aspa-customer'],
    ['64-inherit.asa', 'invalid', 'aspa-certificate-as'],
    ['65-with-ip.asa', 'invalid', 'aspa-certificate-ip'],
    ['66-krill1058-self.asa', 'invalid', 'aspa-own-provider'],
    ['67-unsorted.asa', 'invalid', 'aspa-provider-order'],
    ['68-dup.asa', 'invalid', 'aspa-provider-order'],
    ['69-empty.asa', 'invalid', 'aspa-no-providers'],
    ['70-as0.asa', 'valid', ''],
    ['71-version-absent.asa', 'invalid', 'aspa-version'],
    ['72-other-customer.asa', 'invalid', 'aspa-certificate-as'],
    ['73-20000-providers.asa', 'invalid', 'aspa-provider-limit'],
    ['74-two-as.asa', 'invalid', 'aspa-certificate-as'],
    ['95-bad.gbr', 'unexamined', 'content-unexamined'],
    ['96-empty.spl', 'valid', ''],
    ['97-bad.tak', 'unexamined', 'content-unexamined'],
  ],
  obj2: [
    ['a-version0-explicit.roa', 'invalid', 'version-default'],
    ['b-good.asa', 'valid', ''],
    ['c-extra.asa', 'invalid', 'asn1-syntax'],
    ['d-version2.asa', 'invalid', 'aspa-version'],
    ['e-33bit.asa', 'invalid', 'asn1-syntax'],
    ['f-afi.asa', 'invalid', 'aspa-profile'],
    ['g-aia-elsewhere.roa', 'valid', ''],
    ['h-sia-other-name.roa', 'valid', ''],
    ['i-expired.roa', 'invalid', 'certificate-time'],
    ['j-outlives.roa', 'valid', ''],
    ['k-roa-overclaims-ee.roa', 'invalid', 'roa-prefix-not-held'],
    ['l-short-ca.roa', 'valid', ''],
    ['m-trailing.asa', 'invalid', 'cms-syntax'],
    ['n-truncated.asa', 'invalid', 'cms-syntax'],
    ['o-pem.asa', 'invalid', 'asn1-syntax'],
    ['p-base64.asa', 'invalid', 'asn1-syntax'],
    ['q-empty.asa', 'invalid', 'asn1-syntax'],
    ['r-wrong-ext.roa', 'invalid', 'object-type'],
  ],
};

const read = (path: string) => new Uint8Array(readFileSync(shared(`cases/2026-11/objects/${path}`)));

/** What stands in the issuer's folder; those objects are valid at this time. */
function materialOf(folder: string): PathMaterial {
  const names = readdirSync(shared(`cases/2026-11/objects/${folder}/issuer`));
  const every = (extension: string) =>
    names.filter((name) => name.endsWith(extension)).map((name) => read(`${folder}/issuer/${name}`));
  const certificates = every('.cer').map(decodeCertificate);
  return {
    trustAnchors: certificates.filter(({ aki, ski }) => String(aki?.keyIdentifier) === String(ski)),
    certificates,
    crls: every('.crl').map(decodeCrl),
    now: 1_790_000_000,
    overclaim: 'reject',
  };
}

for (const [folder, cases] of Object.entries(CASES)) {
  describeShared(`objects of a laboratory, each with one fault: ${folder}`, () => {
    const material = materialOf(folder);
    it.each(cases)('%s is %s: %s', async (name, verdict, codes) => {
      const result = await examineObject(read(`${folder}/${name}`), material, name.slice(-3));
      expect([result.verdict, result.findings.map(({ code }) => code).join(' ')]).toEqual([verdict, codes]);
    });

    it('is looked at as a whole', () => {
      const files = readdirSync(shared(`cases/2026-11/objects/${folder}`)).filter((name) =>
        /\.(asa|gbr|mft|roa|spl|tak)$/.test(name),
      );
      expect(cases.map(([name]) => name)).toEqual(files.sort());
    });
  });
}
