import { encodeAspaContent, issueCertificate, OID, signObject } from 'pathsec/rpki';
import { type Lab, NOT_AFTER, NOT_BEFORE, NOW } from './lab-support.js';

/** The codes of findings. */
export const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

/** An ASPA object, or one of another type, under the lab's CA with a given content and certificate. */
export async function aspaObject(
  lab: Lab,
  content: Uint8Array,
  change: Partial<Parameters<typeof issueCertificate>[0]> = {},
  signer = lab.ee,
  issuer = lab.ca,
  type: string = OID.aspa,
): Promise<Uint8Array> {
  const certificate = await issueCertificate(
    {
      serial: 77n,
      issuerName: (await caName(lab)) as string,
      subjectName: 'EE',
      notBefore: NOT_BEFORE,
      notAfter: NOT_AFTER,
      spki: lab.ee.spki,
      asns: [{ min: 64496n, max: 64496n }],
      use: { kind: 'ee', object: 'rsync://x/a.asa', crl: 'rsync://x/a.crl', issuer: 'rsync://x/a.cer' },
      ...change,
    },
    issuer,
  );
  return signObject(type, content, certificate, signer, NOW);
}

/** The subject of the CA of the lab. */
export async function caName(lab: Lab) {
  return lab.material().certificates[0]?.subject[0]?.value;
}

/** The content of an ASPA object in which nothing is wrong. */
export const GOOD = encodeAspaContent({ version: 1, customer: 64496, providers: [64497, 64498] });
