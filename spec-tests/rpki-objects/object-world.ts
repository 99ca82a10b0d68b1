import { decodeCertificate, decodeCrl, type Examination, examineObject } from 'pathsec/rpki';
import { type ObjectPlan, signedObject } from '../kit/objects/generator/builder.js';
import {
  asIdentifiers,
  extension,
  ipBlocks,
  TIME,
  TRUST_ANCHOR,
} from '../kit/objects/generator/certificate.js';
import { crlOctets } from '../kit/objects/generator/crl.js';
import { bitString, int, NULL, octetString, seq } from '../kit/objects/generator/der.js';

/** The time at which the objects of these tests are judged, seconds since 1970 UTC. */
export const AT = Date.parse(TIME) / 1000;

/** An object of the plan under the trust anchor of the vectors, examined under a name with the extension. */
export function examined(plan: ObjectPlan, name?: string): Promise<Examination> {
  const material = {
    trustAnchors: [decodeCertificate(TRUST_ANCHOR)],
    certificates: [],
    crls: [decodeCrl(crlOctets({ revoked: [3] }))],
    now: AT,
    overclaim: 'reject',
  } as const;
  return examineObject(new Uint8Array(signedObject(plan)), material, name);
}

/** The codes of the findings of a severity. */
export const codesOf = ({ findings }: Examination, severity: 'error' | 'warning'): string[] =>
  findings.filter((finding) => finding.severity === severity).map(({ code }) => code);

/** IP resources that the issuer has to tell: of IPv4. */
export const inheritedIp = extension('1.3.6.1.5.5.7.1.7', seq(seq(octetString(Buffer.of(0, 1)), NULL)), true);
/** The resources of a manifest's EE certificate: all inherited. */
export const INHERITED = { asIdentifiers: asIdentifiers(NULL), ipBlocks: inheritedIp };
/** The resources of a ROA's EE certificate: 192.0.2.0/24. */
export const HELD = { asIdentifiers: undefined, ipBlocks };

/** A ROAIPAddress of IPv4: octets, prefix length, perhaps maxLength. */
export const address = (octets: readonly number[], length: number, maxLength?: number): Buffer => {
  const count = Math.ceil(length / 8);
  const bits = bitString(Buffer.from(octets.slice(0, count)), 8 * count - length);
  return seq(bits, ...(maxLength === undefined ? [] : [int(maxLength)]));
};
/** A ROAIPAddressFamily. */
export const family = (afi: number, ...addresses: readonly Buffer[]): Buffer =>
  seq(octetString(Buffer.of(0, afi)), seq(...addresses));
