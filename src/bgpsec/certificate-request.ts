import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { DecodeError } from '../bytes/index.js';
import type { SignatureEngine } from './engine.js';
import { OID } from './oids.js';
import type { RouterPrivateKey } from './private-key.js';
import { applyProfile, fail, type ProfileItem, type ProfileRule, pass, warning } from './profile.js';
import { computeSki, spkiFault } from './spki.js';
import {
  decodeDer,
  type Extension,
  extensionList,
  formatName,
  hexOrNone,
  keyPurposes,
  members,
  type NameEntry,
  nameEntries,
  rawMember,
} from './x509.js';

/** A PKCS#10 request (RFC 2986), before any rule is applied to it. */
export interface RouterCertificateRequest {
  /** 0 is the only version. */
  readonly version: number;
  readonly subject: readonly NameEntry[];
  /** SubjectPublicKeyInfo, octet for octet. */
  readonly spki: Uint8Array;
  /** The requested extensions. */
  readonly extensions: readonly Extension[];
  readonly signatureAlgorithm: string;
  /** What is signed, and the signature. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * A request for a router certificate (RFC 8209 §3.2): version 0, the key, the id-kp-bgpsec-router purpose, signed with
 * ecdsa-with-SHA256 by the key itself (RFC 8608 §2.2.1). The subject is empty unless `commonName` is given
 * (RFC 6487 §6.1.1); AS number and BGP Identifier go to the CA beside the request (RFC 8635 §6).
 */
export function createCertificateRequest(
  key: RouterPrivateKey,
  engine: SignatureEngine,
  commonName?: string,
): Uint8Array {
  const sequence = (...value: asn1js.AsnType[]): asn1js.Sequence => new asn1js.Sequence({ value });
  const oid = (value: string): asn1js.ObjectIdentifier => new asn1js.ObjectIdentifier({ value });
  const set = (...value: asn1js.AsnType[]): asn1js.Set => new asn1js.Set({ value });
  const purposes = new asn1js.OctetString({ valueHex: sequence(oid(OID.bgpsecRouter)).toBER() });
  const request = set(sequence(sequence(oid(OID.extendedKeyUsage), purposes)));
  const name =
    commonName === undefined
      ? sequence()
      : sequence(set(sequence(oid(OID.commonName), new asn1js.PrintableString({ value: commonName }))));
  const info = sequence(
    new asn1js.Integer({ value: 0 }),
    name,
    decodeDer(key.spki, 'spki'),
    new asn1js.Constructed({
      idBlock: { tagClass: 3, tagNumber: 0 },
      value: [sequence(oid(OID.extensionRequest), request)],
    }),
  );
  const signature = engine.sign(key, new Uint8Array(info.toBER()));
  return new Uint8Array(
    sequence(info, sequence(oid(OID.ecdsaWithSha256)), new asn1js.BitString({ valueHex: signature })).toBER(),
  );
}

/**
 * Reads a PKCS#10 request in strict DER.
 *
 * @throws {DecodeError} `der` or `request-syntax`.
 */
export function decodeCertificateRequest(der: Uint8Array): RouterCertificateRequest {
  const root = decodeDer(der, 'request');
  try {
    const request = new pkijs.CertificationRequest({ schema: root });
    const wanted = request.attributes?.find(({ type }) => type === OID.extensionRequest)?.values[0];
    const extensions =
      wanted === undefined
        ? undefined
        : new pkijs.Extensions({ schema: wanted as asn1js.AsnType }).extensions;
    const signed = members(root)[0];
    if (signed === undefined) throw new Error('no CertificationRequestInfo');
    return {
      version: request.version,
      subject: nameEntries(request.subject),
      spki: rawMember(root, 2, 'request.subject-public-key-info').slice(),
      extensions: extensionList(extensions),
      signatureAlgorithm: request.signatureAlgorithm.algorithmId,
      signed: signed.valueBeforeDecodeView.slice(),
      signature: new Uint8Array(request.signatureValue.valueBlock.valueHexView),
    };
  } catch (error) {
    if (error instanceof DecodeError) throw error;
    const message = error instanceof Error ? error.message : 'not a certification request';
    throw new DecodeError('request-syntax', message, { field: 'request' });
  }
}

/** The request profile item by item: RFC 6487 §6.1 as RFC 8209 §3.2 changes it. */
export function checkCertificateRequest(
  request: RouterCertificateRequest,
  engine: SignatureEngine,
): readonly ProfileItem[] {
  return applyProfile(RULES, { request, engine });
}

interface Subject {
  readonly request: RouterCertificateRequest;
  readonly engine: SignatureEngine;
}

const extensionOf = ({ request }: Subject, oid: string): Extension | undefined =>
  request.extensions.find((extension) => extension.oid === oid);

const RULES: readonly ProfileRule<Subject>[] = [
  {
    section: 'RFC 6487 6.1.1',
    title: 'Version',
    check: ({ request: { version } }) => (version === 0 ? pass('0') : fail(`${version}, must be 0`)),
  },
  {
    section: 'RFC 6487 6.1.1',
    title: 'Subject',
    check: ({ request: { subject } }) =>
      subject.length === 0 ? pass('empty') : warning(`${formatName(subject)}: should be omitted or empty`),
  },
  {
    section: 'RFC 8209 3.2, RFC 8608 3.1',
    title: 'Subject Public Key Info',
    check: ({ request: { spki } }) => {
      const fault = spkiFault(spki);
      return fault === undefined
        ? pass(`SKI ${hexOrNone(computeSki(spki))}`)
        : fail(`not a router key: ${fault}`);
    },
  },
  {
    section: 'RFC 8209 3.2',
    title: 'Extended Key Usage',
    check: (subject) => {
      const extension = extensionOf(subject, OID.extendedKeyUsage);
      if (extension === undefined) return pass('not requested: the CA adds it');
      return keyPurposes(extension).includes(OID.bgpsecRouter)
        ? pass('id-kp-bgpsec-router')
        : fail('requested without id-kp-bgpsec-router');
    },
  },
  {
    section: 'RFC 8209 3.2',
    title: 'Basic Constraints',
    check: (subject) => {
      const extension = extensionOf(subject, OID.basicConstraints);
      // SEQUENCE { BOOLEAN TRUE ... }
      const ca = extension !== undefined && extension.value[2] === 0x01 && extension.value[4] === 0xff;
      return ca ? warning('asks for cA, which the CA must not honour') : pass('no CA asked for');
    },
  },
  {
    section: 'RFC 8209 3.2',
    title: 'Subject Information Access',
    check: (subject) =>
      extensionOf(subject, OID.subjectInfoAccess) === undefined
        ? pass('absent')
        : warning('asked for, which the CA must not honour'),
  },
  {
    section: 'RFC 8608 2.2.1',
    title: 'Signature Algorithm',
    check: ({ request: { signatureAlgorithm } }) =>
      signatureAlgorithm === OID.ecdsaWithSha256
        ? pass('ecdsa-with-SHA256')
        : fail(`${signatureAlgorithm}, must be ecdsa-with-SHA256`),
  },
  {
    section: 'RFC 6487 6.3',
    title: 'Proof of possession',
    check: ({ request: { spki, signed, signature }, engine }) =>
      engine.verify(spki, signed, signature)
        ? pass('the signature verifies with the requested key')
        : fail('the signature does not verify with the requested key'),
  },
];
