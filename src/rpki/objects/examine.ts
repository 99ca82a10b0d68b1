import { sha256 } from '@noble/hashes/sha2.js';
import { DecodeError } from '../../bytes/index.js';
import { ALL_KINDS, forKinds, type PayloadKind } from '../../payload/index.js';
import type { Finding } from '../finding.js';
import type { FindingCode } from '../finding-codes.js';
import { OID } from '../oids.js';
import { decodeCertificate } from '../x509/certificate.js';
import { certificateKind } from '../x509/certificate-kind.js';
import { decodeCrl, type ResourceCrl } from '../x509/crl.js';
import { type PathMaterial, type PathResult, verifyPath } from '../x509/path.js';
import { inspectCertificate } from '../x509/profile.js';
import type { ResourceCertificate } from '../x509/resource-certificate.js';
import { decodeAspaContent, inspectAspa } from './aspa.js';
import { decodeAsraContent, inspectAsra } from './asra.js';
import { examineCrl } from './examine-crl.js';
import type { ExaminedObject } from './examined-object.js';
import { inspectSignedObject } from './inspect-signed-object.js';
import { decodeManifestContent, inspectManifest } from './manifest.js';
import { EXTENSIONS, type UnreadKind, unreadKind } from './object-kinds.js';
import { NO_PAYLOADS, type ObjectPayloads, payloadsOf } from './object-payloads.js';
import { decodePrefixListContent, inspectPrefixList } from './prefix-list.js';
import { decodeRoaContent, inspectRoa } from './roa.js';
import { decodeSignedObject } from './signed-object.js';
import { type ObjectVerdict, verdictOf } from './verdict.js';
import { verifySignedObject } from './verify-signed-object.js';

/** The result of {@link examineObject}. */
export interface Examination {
  readonly object?: ExaminedObject;
  readonly sha256: Uint8Array;
  /** Everything that was found, in the order of decode, inspect, verify. */
  readonly findings: readonly Finding[];
  readonly path?: PathResult;
  readonly verdict: ObjectVerdict;
  /** What the object contributes when it is valid; empty otherwise unless asked for by {@link payloadsOf}. */
  readonly payloads: ObjectPayloads;
}

/** Content types that nobody has assigned yet, by the kind of object that the caller takes them for. */
export interface PrivateTypes {
  /** Of ASRA objects (asra-profile §2, docs/decisions/rpki-objects.md D-asra-oid). */
  readonly asra?: string | undefined;
}

/**
 * Decodes, inspects and verifies one file of the RPKI, told by its content: ASPA object, ROA, manifest, signed prefix
 * list, other signed object (whose content is not read), CA or router certificate, CRL. Input that cannot be decoded is a verdict too
 * (`invalid` with the reason), never an exception. RFC 6488 §3.
 *
 * @param extension the file name's extension without the dot, if the name is known; a content of another type is an error.
 * @param types content types that only the caller knows: without that of ASRAs these are not read.
 */
export async function examineObject(
  der: Uint8Array,
  material: PathMaterial,
  extension?: string,
  types: PrivateTypes = {},
): Promise<Examination> {
  const hash = sha256(der);
  let decoded: { object: ExaminedObject; findings: readonly Finding[] };
  try {
    decoded = decodeObject(der, types.asra);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return {
      sha256: hash,
      findings: [asFinding(error, 'RFC 6488 §2, RFC 6487 §4')],
      verdict: 'invalid',
      payloads: NO_PAYLOADS,
    };
  }
  const { object } = decoded;
  const promised = EXTENSIONS.get(extension ?? '');
  const mismatch: Finding[] =
    promised && !promised.includes(object.type)
      ? [
          {
            code: 'object-type',
            section: 'RFC 6481 §2',
            message: `the name says .${extension}, the content is a ${object.type}`,
            severity: 'error',
          },
        ]
      : [];
  const inspected = inspect(object, material.now);
  const verified = await verify(object, material);
  const promises = contribution(object);
  const findings = [
    ...mismatch,
    ...decoded.findings,
    ...inspected,
    ...verified.findings,
    ...promises.findings,
  ];
  const verdict = verdictOf(findings, isUnread(object));
  return {
    object,
    sha256: hash,
    findings,
    ...(verified.path ? { path: verified.path } : {}),
    verdict,
    payloads: verdict === 'valid' ? endingWith(promises.payloads, verified.path) : NO_PAYLOADS,
  };
}

/** A signed object whose content is read. */
type ReadObject = Exclude<
  ExaminedObject,
  | { readonly type: UnreadKind }
  | { readonly certificate: ResourceCertificate }
  | { readonly crl: ResourceCrl }
>;

/** How a content is read and judged, and where it is defined. */
interface ContentKind<C> {
  readonly section: string;
  decode(octets: Uint8Array): C;
  inspect(content: C, certificate: ResourceCertificate, now: number): readonly Finding[];
}

/** The contents that are read. One that is forgotten here does not compile. */
const CONTENTS: {
  readonly [T in ReadObject['type']]: ContentKind<
    NonNullable<Extract<ReadObject, { readonly type: T }>['content']>
  >;
} = {
  aspa: { section: 'aspa-profile §3', decode: decodeAspaContent, inspect: inspectAspa },
  asra: { section: 'asra-profile §3', decode: decodeAsraContent, inspect: inspectAsra },
  roa: { section: 'RFC 9582 §4', decode: decodeRoaContent, inspect: inspectRoa },
  manifest: { section: 'RFC 9286 §4.2', decode: decodeManifestContent, inspect: inspectManifest },
  'prefix-list': { section: 'prefixlist §3', decode: decodePrefixListContent, inspect: inspectPrefixList },
};

/** Content types with an assigned number. */
const ASSIGNED: ReadonlyMap<string, ReadObject['type']> = new Map([
  [OID.aspa, 'aspa'],
  [OID.roa, 'roa'],
  [OID.manifest, 'manifest'],
  [OID.prefixList, 'prefix-list'],
]);

/** Whether the object has a content that nobody here looked at. */
function isUnread(object: ExaminedObject): boolean {
  return 'envelope' in object && !('content' in object);
}

/** The payloads as long as every certificate of their path is valid (docs/decisions/rpki-objects.md D-chain-expiry). */
function endingWith(payloads: ObjectPayloads, path: PathResult | undefined): ObjectPayloads {
  const end = Math.min(...(path?.path ?? []).map(({ notAfter }) => notAfter));
  const cut = <T extends { readonly expires?: number }>(payload: T): T => {
    return { ...payload, expires: Math.min(payload.expires ?? end, end) };
  };
  const lists: Readonly<Record<PayloadKind, readonly { readonly expires?: number }[]>> = payloads;
  return forKinds<typeof lists>(ALL_KINDS, (kind) => lists[kind].map(cut)) as ObjectPayloads;
}

function contribution(object: ExaminedObject): { payloads: ObjectPayloads; findings: readonly Finding[] } {
  try {
    return { payloads: payloadsOf(object), findings: [] };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { payloads: NO_PAYLOADS, findings: [asFinding(error, 'RFC 8209 §3.1.3.5')] };
  }
}

function asFinding(error: DecodeError, section: string): Finding {
  // What could not be decoded has the code of the DecodeError (docs/error-codes.md).
  return { code: error.code as FindingCode, section, message: error.message, severity: 'error' };
}

/** CRL and certificate are told from a signed object by their shape: the first that decodes is what it is. */
function decodeObject(
  der: Uint8Array,
  asra: string | undefined,
): { object: ExaminedObject; findings: readonly Finding[] } {
  const [first, second] = shape(der);
  if (first === 'oid') return decodeEnvelope(der, asra);
  if (second === 'crl') return { object: { type: 'crl', crl: decodeCrl(der) }, findings: [] };
  const certificate = decodeCertificate(der);
  const type = certificateKind(certificate) === 'router' ? 'router-certificate' : 'certificate';
  return { object: { type, certificate }, findings: [] };
}

/**
 * The first tags of the value: ContentInfo starts with an OBJECT IDENTIFIER; a certificate's signed part with `[0]`
 * version; a CRL's signed part with the INTEGER version or the algorithm.
 */
function shape(der: Uint8Array): readonly ['oid' | 'sequence', 'certificate' | 'crl'] {
  const inner = headerLength(der, 0);
  if (der[0] !== 0x30) throw new DecodeError('asn1-syntax', 'not a SEQUENCE', { field: 'object', offset: 0 });
  if (der[inner] === 0x06) return ['oid', 'certificate'];
  return ['sequence', der[inner + headerLength(der, inner)] === 0xa0 ? 'certificate' : 'crl'];
}

function headerLength(der: Uint8Array, at: number): number {
  const length = der[at + 1] ?? 0;
  return 2 + (length > 0x80 ? length & 0x7f : 0);
}

function decodeEnvelope(
  der: Uint8Array,
  asra: string | undefined,
): { object: ExaminedObject; findings: readonly Finding[] } {
  const envelope = decodeSignedObject(der);
  const { eContentType, eContent } = envelope;
  const type = ASSIGNED.get(eContentType) ?? (eContentType === asra ? 'asra' : undefined);
  if (type === undefined) {
    return { object: { type: unreadKind(eContentType), envelope }, findings: [unexamined(eContentType)] };
  }
  const { decode, section } = CONTENTS[type];
  try {
    return { object: { type, envelope, content: decode(eContent) } as ReadObject, findings: [] };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { object: { type, envelope }, findings: [asFinding(error, section)] };
  }
}

function unexamined(eContentType: string): Finding {
  const kind = unreadKind(eContentType);
  const name = kind === 'signed-object' ? `content of type ${eContentType}` : `the content of a ${kind}`;
  const message = `${name} is not read, only its envelope and certificate are checked`;
  return { code: 'content-unexamined', section: 'RFC 6488 §4', message, severity: 'warning' };
}

function inspect(object: ExaminedObject, now: number): readonly Finding[] {
  if (object.type === 'crl') return [];
  if ('certificate' in object) return inspectCertificate(object.certificate);
  const { envelope } = object;
  const found = inspectSignedObject(envelope);
  if (!('content' in object) || object.content === undefined) return found;
  const kind: ContentKind<unknown> = CONTENTS[object.type];
  return [...found, ...kind.inspect(object.content, envelope.certificate, now)];
}

async function verify(
  object: ExaminedObject,
  material: PathMaterial,
): Promise<{ findings: readonly Finding[]; path?: PathResult }> {
  if (object.type === 'crl') return examineCrl(object.crl, material);
  if ('envelope' in object) return verifySignedObject(object.envelope, material);
  const path = await verifyPath(object.certificate, material);
  return { findings: path.findings, path };
}
