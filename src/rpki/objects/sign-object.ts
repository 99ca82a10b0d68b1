import { sha256 } from '@noble/hashes/sha2.js';
import * as asn1js from 'asn1js';
import {
  algorithm,
  encode,
  implicit,
  int,
  octets,
  oid,
  raw,
  seq,
  setOfOne,
  tagged,
  validityTime,
} from '../der/build.js';
import { OID } from '../oids.js';
import { keyIdentifier, type Signer } from '../x509/issue.js';

/**
 * Wraps a content into an RPKI signed object (RFC 6488 §2): one certificate, one signer, the attributes content-type,
 * signing-time and message-digest in DER order.
 *
 * @param signingTime seconds since 1970 UTC.
 */
export async function signObject(
  eContentType: string,
  eContent: Uint8Array,
  certificate: Uint8Array,
  signer: Signer,
  signingTime: number,
): Promise<Uint8Array> {
  // A SET OF stands in ascending order of its encodings (X.690 §11.6): the lengths 24+, 28, 47 give this order.
  const attributes = [
    seq(oid(OID.contentType), setOfOne(oid(eContentType))),
    seq(oid(OID.signingTime), setOfOne(validityTime(signingTime))),
    seq(oid(OID.messageDigest), setOfOne(octets(sha256(eContent)))),
  ];
  const signedOctets = encode(new asn1js.Set({ value: attributes }));
  const signerInfo = seq(
    int(3),
    implicit(0, keyIdentifier(signer.spki)),
    algorithmWithoutParameters(OID.sha256),
    tagged(0, ...attributes),
    algorithm(OID.rsaEncryption),
    octets(await signer.sign(signedOctets)),
  );
  const signedData = seq(
    int(3),
    setOfOne(algorithmWithoutParameters(OID.sha256)),
    seq(oid(eContentType), tagged(0, octets(eContent))),
    tagged(0, raw(certificate)),
    setOfOne(signerInfo),
  );
  return encode(seq(oid(OID.signedData), tagged(0, signedData)));
}

/** SHA-256 in CMS goes without parameters (RFC 5754 §2). */
function algorithmWithoutParameters(identifier: string): asn1js.Sequence {
  return seq(oid(identifier));
}
