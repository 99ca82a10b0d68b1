import * as asn1js from 'asn1js';
import { DecodeError } from '../../bytes/index.js';
import {
  type Asn1,
  bitString,
  generalizedTime,
  integer,
  objectIdentifier,
  sequence,
  takeVersion,
} from '../der/asn1.js';
import { bits, encode, generalizedTime as encodeTime, int, oid, seq } from '../der/build.js';
import { decodeDer } from '../der/decode-der.js';
import { createFindings, type Finding, type Findings } from '../finding.js';
import { OID } from '../oids.js';
import type { ResourceCertificate } from '../x509/resource-certificate.js';
import { EXTENSIONS } from './object-kinds.js';

const FIELD = 'manifest';

/** FileAndHash (RFC 9286 §4.2). */
export interface ManifestFile {
  readonly name: string;
  readonly hash: Uint8Array;
  /** Bits of the last octet of `hash` that do not belong to it; absent for whole octets. */
  readonly unusedBits?: number;
}

/** Manifest (RFC 9286 §4.2). Times are seconds since 1970 UTC. */
export interface ManifestContent {
  readonly version: number;
  readonly number: bigint;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly hashAlgorithm: string;
  readonly files: readonly ManifestFile[];
}

/**
 * Decodes the eContent of a manifest. RFC 9286 §4.2.
 *
 * @throws {DecodeError} `asn1-syntax`, also for a time that is no GeneralizedTime; `der-…` for BER that is not DER,
 * `version-default` for a version 0 that is written.
 */
export function decodeManifestContent(octets: Uint8Array): ManifestContent {
  const members = sequence(decodeDer(octets, FIELD), FIELD);
  const version = takeVersion(members, FIELD);
  const [number, thisUpdate, nextUpdate, algorithm, list, ...rest] = members;
  if (rest.length > 0) throw new DecodeError('asn1-syntax', 'more members than six', { field: FIELD });
  return {
    version,
    number: integer(number, `${FIELD}.manifestNumber`),
    thisUpdate: generalizedTime(thisUpdate, `${FIELD}.thisUpdate`),
    nextUpdate: generalizedTime(nextUpdate, `${FIELD}.nextUpdate`),
    hashAlgorithm: objectIdentifier(algorithm, `${FIELD}.fileHashAlg`),
    files: sequence(list, `${FIELD}.fileList`).map((item, i) => decodeFile(item, `${FIELD}.fileList[${i}]`)),
  };
}

function decodeFile(item: Asn1, field: string): ManifestFile {
  const [name, hash, ...rest] = sequence(item, field);
  if (!(name instanceof asn1js.IA5String) || rest.length > 0)
    throw new DecodeError('asn1-syntax', 'not a file name and a hash', { field });
  const { octets, unusedBits } = bitString(hash, field);
  return { name: name.valueBlock.value, hash: octets, ...(unusedBits === 0 ? {} : { unusedBits }) };
}

/**
 * RFC 9286 §4.2, §4.4, §5.1 and §6.3 as far as one manifest and its EE certificate show them; `now` is seconds since 1970
 * UTC.
 */
export function inspectManifest(
  content: ManifestContent,
  certificate: ResourceCertificate,
  now: number,
): readonly Finding[] {
  const findings = createFindings();
  const { must } = findings;
  const names = content.files.map(({ name }) => name);
  must(content.version === 0, 'manifest-version', 'RFC 9286 §4.2.1', `version ${content.version}, must be 0`);
  must(
    content.number < 1n << 159n,
    'manifest-number',
    'RFC 9286 §4.2.1',
    'manifestNumber longer than 20 octets',
  );
  must(
    content.thisUpdate < content.nextUpdate,
    'manifest-times',
    'RFC 9286 §4.2.1',
    'nextUpdate is not after thisUpdate',
  );
  must(
    content.hashAlgorithm === OID.sha256,
    'manifest-hash-algorithm',
    'RFC 9286 §4.2.1',
    'hashes are not SHA-256',
  );
  must(names.length > 0, 'manifest-empty', 'RFC 9286 §7', 'no file is listed, not even a CRL');
  must(
    names.every((name) => /^[A-Za-z0-9_-]+\.[a-z]{3}$/.test(name)),
    'manifest-file-name',
    'RFC 9286 §4.2.2',
    'a file name is not letters, digits, - and _ with a three-letter extension',
  );
  const strange = names.find((name) => !EXTENSIONS.has(name.replace(/^.*\./, '')));
  must(
    strange === undefined,
    'manifest-file-extension',
    'RFC 9286 §4.2.2',
    `the extension of ${strange} is not registered`,
  );
  must(new Set(names).size === names.length, 'manifest-file-twice', 'RFC 9286 §4.2.1', 'a file stands twice');
  must(
    content.files.every(({ hash, unusedBits = 0 }) => hash.length === 32 && unusedBits === 0),
    'manifest-hash',
    'RFC 9286 §4.2.1, RFC 7935 §2',
    'a hash has not 256 bits',
  );
  inspectCrls(names, certificate, findings);
  inspectCertificateResources(certificate, findings);
  must(
    content.thisUpdate <= now && now <= content.nextUpdate,
    'manifest-stale',
    'RFC 9286 §6.3',
    'the time lies outside thisUpdate .. nextUpdate',
  );
  return findings.list;
}

/**
 * The CRL of the CA is the one that the EE certificate names; without it in the list the CRL is missing (RFC 9286 §6).
 * Another one is only a warning (docs/decisions/rpki-objects.md D-manifest-crl).
 */
function inspectCrls(names: readonly string[], certificate: ResourceCertificate, findings: Findings): void {
  const own = new Set(certificate.crlDistribution?.uris.map((uri) => uri.replace(/^.*\//, '')));
  const listed = names.filter((name) => name.endsWith('.crl'));
  findings.must(
    listed.some((name) => own.has(name)),
    'manifest-crl',
    'RFC 9286 §6, §7',
    'the CRL that the EE certificate names is not listed',
  );
  findings.should(
    listed.every((name) => own.has(name)),
    'manifest-other-crl',
    'RFC 9286 §5.1',
    'a CRL is listed that the EE certificate does not name',
  );
}

/** RFC 9286 §5.1 step 2: the EE certificate inherits all its resources, "RPs are required to verify this". */
function inspectCertificateResources(certificate: ResourceCertificate, { must }: Findings): void {
  const { asIdentifiers, ipAddrBlocks } = certificate;
  must(
    (asIdentifiers === undefined || asIdentifiers.asnum === 'inherit') &&
      [...(ipAddrBlocks?.families.values() ?? [])].every((resources) => resources === 'inherit'),
    'manifest-certificate-inherit',
    'RFC 9286 §5.1 (2)',
    'the EE certificate lists resources instead of inheriting them',
  );
}

/** The DER of a manifest; version 0 is left out as the DEFAULT it is. RFC 9286 §4.2. */
export function encodeManifestContent(content: Omit<ManifestContent, 'version'>): Uint8Array {
  const files = content.files.map(({ name, hash, unusedBits }) =>
    seq(new asn1js.IA5String({ value: name }), bits(hash, unusedBits)),
  );
  return encode(
    seq(
      int(content.number),
      encodeTime(content.thisUpdate),
      encodeTime(content.nextUpdate),
      oid(content.hashAlgorithm),
      seq(...files),
    ),
  );
}
