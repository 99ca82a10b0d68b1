import { type EndEntity, type Issuer, readEndEntity } from './certificate.js';
import { type Content, readContent } from './content.js';
import {
  ascending,
  identifier,
  integer,
  listOf,
  Members,
  must,
  only,
  readValue,
  seconds,
  TAG,
  type Value,
} from './der.js';
import { OID, type Parts } from './parts.js';
import { checkAlgorithmIs } from './signed.js';

/** An ASPA object in the frame of RFC 6488 §3, under an issuer; what it says, and its certificate, not yet asked for revocation. */
export function readObject(
  parts: Parts,
  octets: Buffer,
  issuer: Issuer,
  now: number,
): { readonly content: Content; readonly certificate: EndEntity } {
  const info = new Members(readValue(octets, parts), 'ContentInfo');
  must(identifier(info.take(), 'contentType') === OID.signedData, 'RFC 6488 §3 step 1a');
  const data = new Members(only(info.take(0xa0), 'content'), 'SignedData');
  info.end();
  must(integer(data.take(), 'version') === 3n, 'RFC 6488 §3 step 1b');
  checkAlgorithmIs(only(data.take(TAG.set), 'digestAlgorithms'), [OID.sha256], 'RFC 6488 §3 step 1j');
  const encapsulated = new Members(data.take(), 'EncapsulatedContentInfo');
  const type = identifier(encapsulated.take(), 'eContentType');
  const eContent = only(encapsulated.take(0xa0), 'eContent');
  encapsulated.end();
  must(type === OID.aspa, 'aspa-profile §2: the content type of an ASPA');
  must(eContent.tag === TAG.octetString, 'RFC 6488 §2.1.3: an OCTET STRING');
  const certificate = only(data.take(0xa0), 'RFC 6488 §3 step 1c');
  const signers = listOf(data.take(), 'RFC 6488 §3 step 1d, signerInfos', TAG.set);
  data.end();
  const [signer] = signers;
  must(signer !== undefined && parts.oneSigner(signers.length), 'RFC 6488 §2.1: one SignerInfo');
  const ee = readEndEntity(parts, certificate, issuer, now);
  checkSigner(parts, signer, type, eContent.body, ee);
  const content = readContent(parts, eContent.body);
  must(parts.customer(ee.resources, content.customer), 'aspa-profile §4: the AS of the certificate');
  return { content, certificate: ee };
}

/** RFC 6488 §3 steps 1e to 1k and 2. */
function checkSigner(
  parts: Parts,
  signer: Value,
  type: string,
  content: Buffer,
  { keyId, spki }: EndEntity,
): void {
  const info = new Members(signer, 'SignerInfo');
  must(integer(info.take(), 'version') === 3n, 'RFC 6488 §3 step 1e');
  must(info.take(0x80).body.equals(keyId), 'RFC 6488 §3 step 1c: the key of the certificate');
  checkAlgorithmIs(info.take(), [OID.sha256], 'RFC 6488 §3 step 1j');
  const attributes = info.take(0xa0);
  checkAlgorithmIs(info.take(), [OID.rsaEncryption, OID.sha256WithRsa], 'RFC 6488 §3 step 1k');
  const signature = info.take(TAG.octetString).body;
  const unsigned = info.maybe(0xa1);
  info.end();
  must(parts.noUnsignedAttributes(unsigned === undefined ? 0 : 1), 'RFC 6488 §3 step 1i');
  must(!parts.der || ascending(attributes.parts), 'RFC 6488 §3 step 1l');
  checkAttributes(parts, attributes, type, content);
  // RFC 5652 §5.4: under the tag of a SET OF.
  const signed = Buffer.concat([Buffer.of(TAG.set), attributes.raw.subarray(1)]);
  must(parts.signature(spki, signed, signature), 'RFC 6488 §3 step 2');
}

/** RFC 6488 §2.1.6.4: each once, with one value. */
function checkAttributes(parts: Parts, attributes: Value, type: string, content: Buffer): void {
  const found = new Map<string, Value>();
  for (const attribute of attributes.parts) {
    const members = new Members(attribute, 'Attribute');
    const id = identifier(members.take(), 'attrType');
    const values = members.take(TAG.set);
    members.end();
    must(parts.knownAttribute(id), 'RFC 6488 §3 step 1g');
    must(!found.has(id), 'RFC 6488 §2.1.6.4: an attribute once');
    found.set(id, only(values, 'RFC 6488 §2.1.6.4: attrValues'));
  }
  const [contentType, digest] = [found.get(OID.contentType), found.get(OID.messageDigest)];
  must(contentType !== undefined && digest !== undefined, 'RFC 6488 §3 step 1f');
  must(parts.contentType(identifier(contentType, 'content-type'), type), 'RFC 6488 §3 step 1h');
  must(
    digest.tag === TAG.octetString && parts.digest(digest.body, content),
    'RFC 5652 §5.4: the message digest',
  );
  const [time, binary] = [found.get(OID.signingTime), found.get(OID.binarySigningTime)];
  if (time) seconds(time, 'signing-time', false);
  must(binary === undefined || integer(binary, 'binary-signing-time') >= 0n, 'RFC 6488 §2.1.6.4.4');
}
