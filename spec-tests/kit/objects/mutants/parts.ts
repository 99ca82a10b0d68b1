import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Rules, Value } from './der.js';
import { isDigitalSignature, isRpkiPolicy } from './extensions.js';
import type { AsResources } from './resources.js';

export const OID = {
  aspa: '1.2.840.113549.1.9.16.1.49',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  binarySigningTime: '1.2.840.113549.1.9.16.2.46',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha256WithRsa: '1.2.840.113549.1.1.11',
} as const;

/**
 * What a validator of ASPA objects decides, in exchangeable parts, written apart from the product: a mutant has one changed.
 * Each says whether all is well, unless its comment says otherwise.
 */
export interface Parts extends Rules {
  // The content: aspa-profile §3
  version(version: bigint | undefined): boolean;
  someProvider(providers: readonly number[]): boolean;
  ascending(providers: readonly number[]): boolean;
  as0Alone(providers: readonly number[]): boolean;
  withoutCustomer(providers: readonly number[], customer: number): boolean;
  // The envelope: RFC 6488 §3
  oneSigner(count: number): boolean;
  knownAttribute(id: string): boolean;
  contentType(attribute: string, eContentType: string): boolean;
  noUnsignedAttributes(count: number): boolean;
  digest(told: Buffer, content: Buffer): boolean;
  signature(spki: Buffer, signed: Buffer, signature: Buffer): boolean;
  // The certificate: RFC 6487 §4 and §7.2, aspa-profile §4
  issued(spki: Buffer, signed: Buffer, signature: Buffer): boolean;
  current(notBefore: number, notAfter: number, now: number): boolean;
  keySize(bits: number): boolean;
  keyUsage(value: Value | undefined): boolean;
  policies(value: Value | undefined): boolean;
  noIp(present: boolean): boolean;
  customer(resources: AsResources, customer: number): boolean;
  contained(resources: AsResources, issuer: AsResources): boolean;
  // The CRL: RFC 6487 §5
  readonly looksAtCrls: boolean;
  /** What the issuer's CRLs say when they cannot be used. */
  readonly unusableCrl: 'unknown' | 'nothing';
}

/** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7935 §2). */
export function verifies(spki: Buffer, signed: Buffer, signature: Buffer): boolean {
  return verify('sha256', signed, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
}

const SIGNED_ATTRIBUTES: readonly string[] = [
  OID.contentType,
  OID.messageDigest,
  OID.signingTime,
  OID.binarySigningTime,
];

export const RIGHT: Parts = {
  der: true,
  version: (version) => version === 1n,
  someProvider: ({ length }) => length > 0,
  ascending: (providers) => providers.every((asn, i) => i === 0 || (providers[i - 1] ?? asn) < asn),
  as0Alone: (providers) => providers.length < 2 || !providers.includes(0),
  withoutCustomer: (providers, customer) => !providers.includes(customer),
  oneSigner: (count) => count === 1,
  knownAttribute: (id) => SIGNED_ATTRIBUTES.includes(id),
  contentType: (attribute, eContentType) => attribute === eContentType,
  noUnsignedAttributes: (count) => count === 0,
  digest: (told, content) => createHash('sha256').update(content).digest().equals(told),
  signature: verifies,
  issued: verifies,
  current: (notBefore, notAfter, now) => notBefore <= now && now <= notAfter,
  keySize: (bits) => bits === 2048,
  keyUsage: (value) => value !== undefined && isDigitalSignature(value),
  policies: (value) => value !== undefined && isRpkiPolicy(value),
  noIp: (present) => !present,
  customer: (resources, customer) =>
    resources !== 'inherit' &&
    resources.length === 1 &&
    resources[0]?.single === true &&
    resources[0].min === customer,
  contained: (resources, issuer) =>
    resources === 'inherit' ||
    (issuer !== 'inherit' &&
      resources.every(({ min, max }) => issuer.some((held) => held.min <= min && max <= held.max))),
  looksAtCrls: true,
  unusableCrl: 'unknown',
};
