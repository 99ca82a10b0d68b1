import { createHash } from 'node:crypto';
import { type CertificatePlan, certificate, KEYS, type TestKey, TIME } from './certificate.js';
import { context, implicit, int, NULL, octetString, oid, seq, setOf, utcTime } from './der.js';

export const ID = {
  signedData: '1.2.840.113549.1.7.2',
  data: '1.2.840.113549.1.7.1',
  aspa: '1.2.840.113549.1.9.16.1.49',
  roa: '1.2.840.113549.1.9.16.1.24',
  manifest: '1.2.840.113549.1.9.16.1.26',
  ghostbusters: '1.2.840.113549.1.9.16.1.35',
  checklist: '1.2.840.113549.1.9.16.1.48',
  trustAnchorKey: '1.2.840.113549.1.9.16.1.50',
  prefixList: '1.2.840.113549.1.9.16.1.51',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  binarySigningTime: '1.2.840.113549.1.9.16.2.46',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha512: '2.16.840.1.101.3.4.2.3',
  rsaEncryption: '1.2.840.113549.1.1.1',
} as const;

export const CUSTOMER = 64496;
/** The content of the profile: version, customer, providers. */
export function aspaContent(customer: number, providers: readonly number[]): Buffer {
  return seq(context(0, int(1)), int(customer), seq(...providers.map((asn) => int(asn))));
}
export const CONTENT = aspaContent(CUSTOMER, [64497, 64498]);

const digest = (content: Buffer, hash = 'sha256'): Buffer => createHash(hash).update(content).digest();
export const attribute = (id: string, ...values: readonly Buffer[]): Buffer => seq(oid(id), setOf(...values));

/** The signed attributes of a good object, by a short name. */
export function signedAttributes(
  content: Buffer,
  type: string = ID.aspa,
): Record<string, Buffer | undefined> {
  return {
    contentType: attribute(ID.contentType, oid(type)),
    signingTime: attribute(ID.signingTime, utcTime(TIME)),
    messageDigest: attribute(ID.messageDigest, octetString(digest(content))),
  };
}

/** What a signed object is made of; a case changes a part. */
export interface ObjectPlan {
  readonly content?: Buffer;
  readonly customer?: number;
  readonly eContentType?: string;
  /** What stands inside the [0] around the content; null leaves it out. */
  readonly eContent?: (content: Buffer) => Buffer | null;
  readonly contentInfoType?: string;
  readonly version?: number;
  readonly digestAlgorithms?: Buffer;
  readonly ee?: CertificatePlan;
  /** The certificates field, given the EE certificate; null leaves it out. */
  readonly certificates?: (ee: Buffer) => Buffer | null;
  readonly crls?: Buffer;
  readonly signerVersion?: number;
  readonly sid?: Buffer;
  readonly signerDigest?: Buffer;
  readonly attributes?: Readonly<Record<string, Buffer | undefined>> | null;
  /** The attributes as they stand in the [0], in DER order unless a case says otherwise. */
  readonly attributeOrder?: (attributes: readonly Buffer[]) => readonly Buffer[];
  /** What is signed instead of the attributes as a SET OF. */
  readonly signs?: (attributes: Buffer, content: Buffer) => Buffer;
  readonly signatureAlgorithm?: Buffer;
  readonly hash?: string;
  readonly signer?: TestKey;
  readonly flip?: number;
  readonly unsignedAttributes?: Buffer;
  /** The set of SignerInfos, given the one. */
  readonly signerInfos?: (info: Buffer) => readonly Buffer[];
  /** The content as it stands in the object, when another one was signed. */
  readonly swap?: Buffer;
  readonly around?: (object: Buffer) => Buffer;
}

const SHA256 = seq(oid(ID.sha256));

/** The DER of an ASPA object under the trust anchor. */
export function signedObject(plan: ObjectPlan = {}): Buffer {
  const { content = CONTENT, eContentType = ID.aspa, signer = KEYS.ee } = plan;
  const ee = certificate(plan.ee ?? {}, plan.customer ?? CUSTOMER);
  const wrapped = (plan.eContent ?? octetString)(plan.swap ?? content);
  const certificates = (plan.certificates ?? ((one: Buffer) => context(0, one)))(ee);
  const infos = (plan.signerInfos ?? ((one: Buffer) => [one]))(
    signerInfo(plan, content, eContentType, signer),
  );
  const signedData = seq(
    int(plan.version ?? 3),
    plan.digestAlgorithms ?? setOf(SHA256),
    seq(oid(eContentType), ...(wrapped === null ? [] : [context(0, wrapped)])),
    ...(certificates === null ? [] : [certificates]),
    ...(plan.crls ? [plan.crls] : []),
    setOf(...infos),
  );
  const object = seq(oid(plan.contentInfoType ?? ID.signedData), context(0, signedData));
  return plan.around ? plan.around(object) : object;
}

function signerInfo(plan: ObjectPlan, content: Buffer, eContentType: string, signer: TestKey): Buffer {
  const parts =
    plan.attributes === null ? {} : { ...signedAttributes(content, eContentType), ...plan.attributes };
  const present = Object.values(parts).filter((one) => one !== undefined);
  const sorted = present.toSorted(Buffer.compare);
  const written = plan.attributeOrder ? plan.attributeOrder(sorted) : sorted;
  const asSet = Buffer.concat([Buffer.of(0x31), context(0, ...written).subarray(1)]);
  const signed = plan.signs ? plan.signs(asSet, content) : plan.attributes === null ? content : asSet;
  const signature = signer.sign(signed, plan.hash);
  const last = signature.length - 1;
  signature[last] = (signature[last] ?? 0) ^ (plan.flip ?? 0);
  return seq(
    int(plan.signerVersion ?? 3),
    plan.sid ?? implicit(0, KEYS.ee.identifier),
    plan.signerDigest ?? SHA256,
    ...(plan.attributes === null ? [] : [context(0, ...written)]),
    plan.signatureAlgorithm ?? seq(oid(ID.rsaEncryption), NULL),
    octetString(signature),
    ...(plan.unsignedAttributes ? [plan.unsignedAttributes] : []),
  );
}
