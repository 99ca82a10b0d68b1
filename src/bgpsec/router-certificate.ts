import * as pkijs from 'pkijs';
import { DecodeError } from '../bytes/index.js';
import { type AsResources, decodeAsResources } from './as-resources.js';
import { OID } from './oids.js';
import type { RouterKeyRange } from './router-keys.js';
import {
  decodeDer,
  type Extension,
  extensionList,
  keyIdentifier,
  keyPurposes,
  type NameEntry,
  nameEntries,
  rawMember,
} from './x509.js';

/** What a certificate says, before any rule is applied to it. */
export interface RouterCertificate {
  /** 0-based: 2 is X.509 version 3. */
  readonly version: number;
  readonly serialNumber: bigint;
  readonly signatureAlgorithm: string;
  readonly signatureOctets: number;
  readonly issuer: readonly NameEntry[];
  readonly subject: readonly NameEntry[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo, octet for octet as in the file. */
  readonly spki: Uint8Array;
  readonly extensions: readonly Extension[];
  /** The Subject Key Identifier extension. */
  readonly ski?: Uint8Array;
  readonly asResources?: AsResources;
}

/**
 * Reads an X.509 certificate in strict DER. Whether it is a router certificate is for {@link checkRouterCertificate}.
 *
 * @throws {DecodeError} `der` or `certificate-syntax`.
 */
export function decodeRouterCertificate(der: Uint8Array): RouterCertificate {
  const root = decodeDer(der, 'certificate');
  let certificate: pkijs.Certificate;
  try {
    certificate = new pkijs.Certificate({ schema: root });
  } catch (error) {
    throw new DecodeError(
      'certificate-syntax',
      error instanceof Error ? error.message : 'not a certificate',
      {
        field: 'certificate',
      },
    );
  }
  const extensions = extensionList(certificate.extensions);
  const ski = keyIdentifier(extensions.find(({ oid }) => oid === OID.subjectKeyIdentifier));
  const resources = extensions.find(({ oid }) => oid === OID.asResources);
  const asResources = resources && decodeAsResources(resources.value);
  return {
    version: certificate.version,
    serialNumber: certificate.serialNumber.toBigInt(),
    signatureAlgorithm: certificate.signatureAlgorithm.algorithmId,
    signatureOctets: certificate.signatureValue.valueBlock.valueHexView.length,
    issuer: nameEntries(certificate.issuer),
    subject: nameEntries(certificate.subject),
    notBefore: certificate.notBefore.value,
    notAfter: certificate.notAfter.value,
    // The version stands first, being 2: seven members before the key are counted from it.
    spki: rawMember(root, certificate.version === 0 ? 5 : 6, 'certificate.subject-public-key-info').slice(),
    extensions,
    ...(ski && { ski }),
    ...(asResources && { asResources }),
  };
}

/**
 * Whether the certificate is meant for a router: no Basic Constraints and the id-kp-bgpsec-router purpose. Router and
 * CA certificates lie side by side in a repository under the same file name extension (RFC 8209 §3.4).
 */
export function isRouterCertificate({ extensions }: RouterCertificate): boolean {
  const find = (oid: string): Extension | undefined => extensions.find((extension) => extension.oid === oid);
  return (
    find(OID.basicConstraints) === undefined &&
    keyPurposes(find(OID.extendedKeyUsage)).includes(OID.bgpsecRouter)
  );
}

/**
 * The key of a certificate for each range of its AS Resources (RFC 8209 §3.1.3.5), in the form that `RouterKeys` takes.
 *
 * @throws {DecodeError} `certificate-key` when the certificate names no ASN or no SKI.
 */
export function routerKeysOf({ asResources, ski, spki }: RouterCertificate): readonly RouterKeyRange[] {
  const { asnum } = asResources ?? {};
  if (ski === undefined || asnum === undefined || asnum === 'inherit' || asnum.length === 0) {
    throw new DecodeError('certificate-key', 'names no Subject Key Identifier or no AS number', {
      field: 'certificate',
    });
  }
  return asnum.map(({ min, max }) => ({ min, max, ski, spki }));
}
