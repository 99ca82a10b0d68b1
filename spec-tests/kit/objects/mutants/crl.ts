import type { Issuer } from './certificate.js';
import { integer, listOf, Members, must, only, Refused, readValue, TAG, type Value } from './der.js';
import { authorityKey, EXTENSION, readExtensions } from './extensions.js';
import { type Parts, verifies } from './parts.js';
import { checkAlgorithm, readSigned, type Signed, timeOf } from './signed.js';

interface Crl {
  readonly number: bigint;
  readonly serials: readonly bigint[];
}

/** A CRL in order, or else: another issuer's; of no use; signed by the issuer and against the profile. */
type Judged = Crl | 'foreign' | 'useless' | 'faulty';

/** Whether extensions of a CRL are critical (RFC 6487 §5, RFC 5280 §5.2). */
const ALLOWED: ReadonlyMap<string, boolean> = new Map([
  [EXTENSION.authorityKey, false],
  [EXTENSION.crlNumber, false],
]);

/**
 * Whether the issuer has revoked a serial (RFC 6487 §7.2 step 5). Of the CRLs that it has signed and that are current the one
 * with the highest number counts (§5); `unknown` where one of them is faulty, or there are CRLs and none can be used
 * (docs/decisions/rpki-objects.md D-crl-unusable, D-crl-choice).
 */
export function revocation(
  parts: Parts,
  crls: readonly Buffer[],
  serial: bigint,
  issuer: Issuer,
  now: number,
): 'revoked' | 'not-revoked' | 'unknown' {
  const judged = crls.map((octets) => judge(parts, octets, issuer, now));
  if (judged.includes('faulty')) return 'unknown';
  const good = judged.filter((one) => typeof one === 'object');
  if (good.length === 0) return judged.includes('useless') ? 'unknown' : 'not-revoked';
  const highest = good.reduce((a, b) => (b.number > a.number ? b : a)).number;
  const counts = good.filter(({ number }) => number === highest);
  return counts.some(({ serials }) => serials.includes(serial)) ? 'revoked' : 'not-revoked';
}

function judge(parts: Parts, octets: Buffer, issuer: Issuer, now: number): Judged {
  const signed = unlessRefused(() => readSigned(readValue(octets, parts), 'CertificateList'));
  if (signed === undefined) return 'useless';
  const authentic = verifies(issuer.spki, signed.octets, signed.signature);
  const read = unlessRefused(() => readCrl(parts, signed, issuer, now));
  if (!authentic) return read === 'foreign' ? 'foreign' : 'useless';
  return read === undefined || read === 'foreign' ? 'faulty' : read;
}

function readCrl(parts: Parts, signed: Signed, issuer: Issuer, now: number): Judged {
  const { members } = signed;
  const version = integer(members.take(), 'version');
  const inner = members.take();
  const name = members.take();
  const thisUpdate = timeOf(members.take());
  const nextUpdate = timeOf(members.take());
  if (now < thisUpdate || nextUpdate < now) return 'useless';
  const entries = members.maybe(TAG.sequence);
  const list = only(members.take(0xa0), 'crlExtensions');
  members.end();
  const extensions = readExtensions(list, parts, ALLOWED);
  const named = name.raw.equals(issuer.subject);
  const keyed = authorityKey(extensions.get(EXTENSION.authorityKey)).equals(issuer.keyId);
  if (!named && !keyed) return 'foreign';
  must(named && keyed, 'RFC 6487 §5: the name and the key of the issuer');
  must(version === 1n, 'RFC 6487 §5: version 2');
  checkAlgorithm(signed, inner);
  const number = extensions.get(EXTENSION.crlNumber);
  must(number !== undefined, 'RFC 6487 §5: a CRL Number');
  const value = integer(number, 'CRLNumber');
  must(value >= 0n && value < 1n << 159n, 'RFC 5280 §5.2.3: a CRL Number of 20 octets');
  return { number: value, serials: entries === undefined ? [] : readEntries(entries) };
}

/** Serials and dates, and nothing else (RFC 6487 §5). */
function readEntries(entries: Value): bigint[] {
  const serials = listOf(entries, 'revokedCertificates').map((entry) => {
    const members = new Members(entry, 'revoked certificate');
    const serial = integer(members.take(), 'userCertificate');
    timeOf(members.take());
    members.end();
    must(serial > 0n && serial < 1n << 159n, 'RFC 6487 §4.2: a positive serial number of 20 octets');
    return serial;
  });
  must(serials.length > 0 && new Set(serials).size === serials.length, 'RFC 5280 §5.1.2.6: each serial once');
  return serials;
}

function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
