import { OID } from '../oids.js';
import type { AsIdentifiers } from './as-resources.js';
import type { AccessDescription, CrlDistribution, Extension, KeyUsage } from './extensions.js';
import type { IpAddrBlocks } from './ip-resources.js';
import type { CertificatePolicy } from './policies.js';

/** One attribute of a distinguished name. */
export interface NameAttribute {
  readonly oid: string;
  readonly value: string;
  /** The ASN.1 string type, which RFC 6487 §4.4 restricts. */
  readonly type: 'PrintableString' | 'UTF8String' | 'other';
}

/** A resource or router certificate (RFC 6487, RFC 8209) decoded, not yet judged. */
export interface ResourceCertificate {
  /** The octets of the certificate. */
  readonly der: Uint8Array;
  /** The signed part, as it stands. */
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
  /** 3 for X.509 v3. */
  readonly version: number;
  readonly serial: bigint;
  /** The signature algorithm of the signed part and of the outer field. */
  readonly signatureAlgorithms: readonly [string, string];
  /** Whether the two are the same with their parameters (RFC 5280 §4.1.1.2). */
  readonly algorithmsAgree: boolean;
  readonly issuer: readonly NameAttribute[];
  readonly subject: readonly NameAttribute[];
  /** The encoded names, for comparing subject with issuer. */
  readonly issuerDer: Uint8Array;
  readonly subjectDer: Uint8Array;
  /** Seconds since 1970 UTC. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Whether both are UTCTime through 2049 and GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5). */
  readonly hasTimeTypesOfYears: boolean;
  /** Whether issuerUniqueID or subjectUniqueID is present, which RFC 6487 §4 does not have. */
  readonly hasUniqueIdentifiers: boolean;
  /** The DER SubjectPublicKeyInfo, and its algorithm. */
  readonly spki: Uint8Array;
  readonly keyAlgorithm: string;
  /** The public key itself: the content of the BIT STRING, over which the SKI is computed. */
  readonly keyBits: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly ski?: Uint8Array;
  readonly aki?: { readonly keyIdentifier?: Uint8Array; readonly only: boolean };
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength: boolean };
  readonly keyUsage?: KeyUsage;
  readonly extendedKeyUsage?: readonly string[];
  readonly crlDistribution?: CrlDistribution;
  readonly aia?: readonly AccessDescription[];
  readonly sia?: readonly AccessDescription[];
  readonly policies?: readonly CertificatePolicy[];
  readonly asIdentifiers?: AsIdentifiers;
  readonly ipAddrBlocks?: IpAddrBlocks;
}

/** A name as OpenSSL prints it on one line: `/CN=…/serialNumber=…`. RFC 6487 §4.4, §4.5. */
export function formatName(name: readonly NameAttribute[]): string {
  const label = (oid: string) =>
    oid === OID.commonName ? 'CN' : oid === OID.serialNumber ? 'serialNumber' : oid;
  return name.map(({ oid, value }) => `/${label(oid)}=${value}`).join('');
}
