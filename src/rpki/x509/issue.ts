import { sha1 } from '@noble/hashes/legacy.js';
import * as asn1js from 'asn1js';
import { toHex } from '../../bytes/index.js';
import type { Afi, Prefix } from '../../inet/index.js';
import { bitString, decodeAsn1, sequence } from '../der/asn1.js';
import {
  algorithm,
  bits,
  encode,
  implicit,
  int,
  type Node,
  octets,
  oid,
  raw,
  seq,
  setOfOne,
  tagged,
  uri,
  validityTime,
} from '../der/build.js';
import { OID } from '../oids.js';
import { type AsResources, encodeAsIdentifiers } from './as-resources.js';
import { encodeIpAddrBlocks } from './ip-resources.js';

/** A key that signs, wherever it lives. */
export interface Signer {
  /** DER SubjectPublicKeyInfo of the key. */
  readonly spki: Uint8Array;
  /** A RSASSA-PKCS1-v1_5 SHA-256 signature over `data`. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** What every certificate needs; times are seconds since 1970 UTC. */
export interface CertificateRequest {
  readonly serial: bigint;
  readonly issuerName: string;
  readonly subjectName: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** The subject's key. */
  readonly spki: Uint8Array;
  /** AS resources; absent or empty means none. */
  readonly asns?: AsResources;
  /** IP resources by family. */
  readonly addresses?: ReadonlyMap<Afi, 'inherit' | readonly Prefix[]>;
  readonly use:
    | { readonly kind: 'ta'; readonly repository: string; readonly manifest: string }
    | {
        readonly kind: 'ca';
        readonly repository: string;
        readonly manifest: string;
        readonly crl: string;
        readonly issuer: string;
      }
    | { readonly kind: 'ee'; readonly object: string; readonly crl: string; readonly issuer: string }
    | { readonly kind: 'router'; readonly crl: string; readonly issuer: string };
}

/** SHA-1 of the subject public key's bits (RFC 6487 §4.8.2). */
export function keyIdentifier(spki: Uint8Array): Uint8Array {
  return sha1(bitString(sequence(decodeAsn1(spki, 'spki'), 'spki')[1], 'spki').octets);
}

/** Issues a certificate of the profile of RFC 6487 (RFC 8209 for routers), signed by the issuer's key. */
export async function issueCertificate(request: CertificateRequest, issuer: Signer): Promise<Uint8Array> {
  const tbs = encode(
    seq(
      tagged(0, int(2)),
      int(request.serial),
      algorithm(OID.sha256WithRsaEncryption),
      commonName(request.issuerName),
      seq(validityTime(request.notBefore), validityTime(request.notAfter)),
      commonName(request.subjectName),
      raw(request.spki),
      tagged(3, seq(...certificateExtensions(request, issuer))),
    ),
  );
  return signedValue(tbs, issuer);
}

/** A CRL of the profile of RFC 6487 §5. */
export async function issueCrl(
  crl: {
    readonly issuerName: string;
    readonly number: bigint;
    readonly thisUpdate: number;
    readonly nextUpdate: number;
    readonly revoked: readonly bigint[];
  },
  issuer: Signer,
): Promise<Uint8Array> {
  const entries = crl.revoked.map((serial) => seq(int(serial), validityTime(crl.thisUpdate)));
  const tbs = seq(
    int(1),
    algorithm(OID.sha256WithRsaEncryption),
    commonName(crl.issuerName),
    validityTime(crl.thisUpdate),
    validityTime(crl.nextUpdate),
    ...(entries.length > 0 ? [seq(...entries)] : []),
    tagged(
      0,
      seq(
        extension(OID.authorityKeyIdentifier, seq(implicit(0, keyIdentifier(issuer.spki)))),
        extension(OID.crlNumber, int(crl.number)),
      ),
    ),
  );
  return signedValue(encode(tbs), issuer);
}

async function signedValue(tbs: Uint8Array, issuer: Signer): Promise<Uint8Array> {
  return encode(seq(raw(tbs), algorithm(OID.sha256WithRsaEncryption), bits(await issuer.sign(tbs))));
}

/** `/CN=name` as a PrintableString (RFC 6487 §4.4). */
function commonName(name: string): Node {
  return seq(setOfOne(seq(oid(OID.commonName), new asn1js.PrintableString({ value: name }))));
}

function extension(identifier: string, value: Node | Uint8Array, critical = false): Node {
  const inner = value instanceof Uint8Array ? value : encode(value);
  return seq(oid(identifier), ...(critical ? [new asn1js.Boolean({ value: true })] : []), octets(inner));
}

function certificateExtensions(request: CertificateRequest, issuer: Signer): Node[] {
  const { use, asns, addresses } = request;
  const isCa = use.kind === 'ta' || use.kind === 'ca';
  const access = (method: string, location: string) => seq(oid(method), uri(location));
  const list = [
    ...(isCa ? [extension(OID.basicConstraints, seq(new asn1js.Boolean({ value: true })), true)] : []),
    extension(OID.subjectKeyIdentifier, octets(keyIdentifier(request.spki))),
    extension(OID.authorityKeyIdentifier, seq(implicit(0, keyIdentifier(issuer.spki)))),
    // keyCertSign and cRLSign are bits 5 and 6, digitalSignature bit 0; trailing zero bits are not encoded in DER.
    extension(OID.keyUsage, isCa ? bits(Uint8Array.of(0x06), 1) : bits(Uint8Array.of(0x80), 7), true),
  ];
  if (use.kind === 'router') list.push(extension(OID.extendedKeyUsage, seq(oid(OID.bgpsecRouter))));
  if (use.kind !== 'ta') {
    list.push(
      extension(OID.crlDistributionPoints, seq(seq(tagged(0, tagged(0, uri(use.crl)))))),
      extension(OID.authorityInfoAccess, seq(access(OID.caIssuers, use.issuer))),
    );
  }
  if (use.kind === 'ta' || use.kind === 'ca') {
    const locations = [access(OID.caRepository, use.repository), access(OID.rpkiManifest, use.manifest)];
    list.push(extension(OID.subjectInfoAccess, seq(...locations)));
  } else if (use.kind === 'ee') {
    list.push(extension(OID.subjectInfoAccess, seq(access(OID.signedObject, use.object))));
  }
  list.push(extension(OID.certificatePolicies, seq(seq(oid(OID.rpkiPolicy))), true));
  if (addresses && addresses.size > 0)
    list.push(extension(OID.ipResources, encodeIpAddrBlocks(addresses), true));
  if (asns && asns.length > 0) list.push(extension(OID.asResources, encodeAsIdentifiers(asns), true));
  return list;
}

/** The name of a CA or object in the style of RFC 6487 §8: the key identifier in upper-case hexadecimal. */
export function nameFromKey(spki: Uint8Array): string {
  return toHex(keyIdentifier(spki)).toUpperCase();
}
