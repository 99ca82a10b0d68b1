import { createHash } from 'node:crypto';
import { integer, Members, must, only, readValue, TAG, type Value, wholeBits } from './der.js';
import { authorityKey, checkAccess, checkCrlDistribution, EXTENSION, readExtensions } from './extensions.js';
import { OID, type Parts } from './parts.js';
import { type AsResources, readAsResources } from './resources.js';
import { checkAlgorithm, checkAlgorithmIs, checkName, readSigned, type Signed, timeOf } from './signed.js';

/** The issuer, which is believed: what of it others are held to. */
export interface Issuer {
  readonly subject: Buffer;
  readonly spki: Buffer;
  readonly keyId: Buffer;
  readonly resources: AsResources;
}

interface Certificate {
  readonly signed: Signed;
  readonly serial: bigint;
  readonly issuer: Value;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly subject: Value;
  readonly spki: Value;
  readonly extensions: ReadonlyMap<string, Value>;
}

/** Whether the extensions of an EE certificate are critical (RFC 6487 §4.8). */
const EE: ReadonlyMap<string, boolean> = new Map([
  [EXTENSION.subjectKey, false],
  [EXTENSION.authorityKey, false],
  [EXTENSION.keyUsage, true],
  [EXTENSION.crlDistribution, false],
  [EXTENSION.authorityInformation, false],
  [EXTENSION.subjectInformation, false],
  [EXTENSION.policies, true],
  [EXTENSION.ipResources, true],
  [EXTENSION.asResources, true],
]);
const BASIC_CONSTRAINTS = '2.5.29.19';

const SIGNED_OBJECT = '1.3.6.1.5.5.7.48.11';
/** docs/decisions/rpki-objects.md D-ee-rpki-notify. */
const RPKI_NOTIFY = '1.3.6.1.5.5.7.48.13';
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2';

/** The fields of RFC 6487 §4, in their order. */
function readCertificate(parts: Parts, value: Value, allowed: ReadonlyMap<string, boolean>): Certificate {
  const signed = readSigned(value, 'Certificate');
  const { members } = signed;
  must(integer(only(members.take(0xa0), 'version'), 'version') === 2n, 'RFC 6487 §4.1: version 3');
  const serial = integer(members.take(), 'serialNumber');
  checkAlgorithm(signed, members.take());
  const issuer = members.take();
  const validity = new Members(members.take(), 'Validity');
  const [notBefore, notAfter] = [timeOf(validity.take()), timeOf(validity.take())];
  validity.end();
  const [subject, spki] = [members.take(), members.take()];
  const extensions = readExtensions(only(members.take(0xa3), 'extensions'), parts, allowed);
  members.end();
  checkName(issuer);
  checkName(subject);
  return { signed, serial, issuer, notBefore, notAfter, subject, spki, extensions };
}

/** The issuer of a request, of which nothing is doubted. */
export function readIssuer(parts: Parts, octets: Buffer): Issuer {
  const allowed = new Map([...EE, [BASIC_CONSTRAINTS, true] as const]);
  const { subject, spki, extensions } = readCertificate(parts, readValue(octets, parts), allowed);
  const resources = extensions.get(EXTENSION.asResources);
  return {
    subject: subject.raw,
    spki: spki.raw,
    keyId: keyIdOf(readKey(spki)),
    resources: resources === undefined ? [] : readAsResources(resources),
  };
}

/** What an object needs of the EE certificate in it. */
export interface EndEntity {
  readonly serial: bigint;
  readonly spki: Buffer;
  readonly keyId: Buffer;
  readonly resources: AsResources;
}

/** An EE certificate of an ASPA (RFC 6487 §4 and §7.2, aspa-profile §4), its revocation aside. */
export function readEndEntity(parts: Parts, value: Value, issuer: Issuer, now: number): EndEntity {
  const certificate = readCertificate(parts, value, EE);
  const { signed, serial, spki, extensions, notBefore, notAfter } = certificate;
  must(serial > 0n && serial < 1n << 159n, 'RFC 6487 §4.2: a positive serial number of 20 octets');
  must(certificate.issuer.raw.equals(issuer.subject), 'RFC 6487 §7.2: the name of the issuer');
  must(!certificate.subject.raw.equals(issuer.subject), 'RFC 6487 §4.5: a name of its own');
  must(
    parts.issued(issuer.spki, signed.octets, signed.signature),
    'RFC 6487 §7.2 step 1: signed by the issuer',
  );
  must(parts.current(notBefore, notAfter, now), 'RFC 6487 §7.2 step 2: valid at the time');
  const key = readKey(spki);
  checkKey(parts, key);
  const keyId = keyIdOf(key);
  const subjectKey = extensions.get(EXTENSION.subjectKey);
  must(
    subjectKey?.tag === TAG.octetString && subjectKey.body.equals(keyId),
    'RFC 6487 §4.8.2: the hash of the key',
  );
  must(
    authorityKey(extensions.get(EXTENSION.authorityKey)).equals(issuer.keyId),
    'RFC 6487 §4.8.3: the issuer’s key',
  );
  must(parts.keyUsage(extensions.get(EXTENSION.keyUsage)), 'RFC 6487 §4.8.4: key usage');
  checkCrlDistribution(extensions.get(EXTENSION.crlDistribution));
  checkAccess(extensions.get(EXTENSION.authorityInformation), CA_ISSUERS);
  checkAccess(extensions.get(EXTENSION.subjectInformation), SIGNED_OBJECT, [RPKI_NOTIFY]);
  must(parts.policies(extensions.get(EXTENSION.policies)), 'RFC 6487 §4.8.9: the policy');
  must(parts.noIp(extensions.has(EXTENSION.ipResources)), 'aspa-profile §4: no IP resources');
  const held = extensions.get(EXTENSION.asResources);
  must(held !== undefined, 'aspa-profile §4: AS resources');
  const resources = readAsResources(held);
  must(parts.contained(resources, issuer.resources), 'RFC 6487 §7.2 step 6: resources of the issuer');
  return { serial, spki: spki.raw, keyId, resources };
}

/** The octets of an RSAPublicKey (RFC 7935 §3.1). */
function readKey(spki: Value): Buffer {
  const members = new Members(spki, 'SubjectPublicKeyInfo');
  checkAlgorithmIs(members.take(), [OID.rsaEncryption, OID.sha256WithRsa], 'RFC 7935 §3.1');
  const key = wholeBits(members.take(), 'subjectPublicKey');
  members.end();
  return key;
}

/** RFC 7935 §3. */
function checkKey(parts: Parts, octets: Buffer): void {
  const members = new Members(readValue(octets, parts), 'RSAPublicKey');
  const [modulus, exponent] = [integer(members.take(), 'modulus'), integer(members.take(), 'exponent')];
  members.end();
  must(
    exponent === 65_537n && parts.keySize(modulus.toString(2).length),
    'RFC 7935 §3: an RSA key of 2048 bits',
  );
}

/** RFC 6487 §4.8.2. */
function keyIdOf(key: Buffer): Buffer {
  return createHash('sha1').update(key).digest();
}
