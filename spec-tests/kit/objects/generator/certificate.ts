import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  bitString,
  context,
  implicit,
  int,
  NULL,
  octetString,
  oid,
  printable,
  seq,
  setOf,
  TRUE,
  uri,
  utcTime,
} from './der.js';

export const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
export const NOT_BEFORE = '2026-01-01T00:00:00Z';
export const NOT_AFTER = '2027-01-01T00:00:00Z';
/** The time at which objects are verified. */
export const TIME = '2026-06-01T00:00:00Z';

const file = new URL('../facts/lab-keys.json', import.meta.url);
const stored = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;

/** A test key: RSASSA-PKCS1-v1_5 signatures are the same every time. */
export interface TestKey {
  readonly spki: Buffer;
  /** SHA-1 of the key bits (RFC 6487 §4.8.2). */
  readonly identifier: Buffer;
  sign(data: Buffer, hash?: string): Buffer;
}

function testKey(name: string): TestKey {
  const key = createPrivateKey({
    key: Buffer.from(stored[name] ?? '', 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = publicOf(key);
  const bits = createPublicKey(key).export({ format: 'der', type: 'pkcs1' });
  const identifier = createHash('sha1').update(bits).digest();
  return { spki, identifier, sign: (data, hash = 'sha256') => sign(hash, data, key) };
}

function publicOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' });
}

export const KEYS = {
  ta: testKey('ta'),
  ee: testKey('ee'),
  other: testKey('other'),
  short: testKey('short'),
};

/** An extension. */
export function extension(id: string, value: Buffer, critical = false): Buffer {
  return seq(oid(id), ...(critical ? [TRUE] : []), octetString(value));
}

export const name = (text: string): Buffer => seq(setOf(seq(oid('2.5.4.3'), printable(text))));
const access = (method: string, location: string): Buffer => seq(oid(method), uri(location));
export const asIdentifiers = (...choices: readonly Buffer[]): Buffer => {
  return extension('1.3.6.1.5.5.7.1.8', seq(context(0, ...choices)), true);
};
export const asIds = (...asns: readonly (number | readonly [number, number])[]): Buffer =>
  asIdentifiers(
    seq(...asns.map((one) => (typeof one === 'number' ? int(one) : seq(int(one[0]), int(one[1]))))),
  );
/** IPv4 resources: 192.0.2.0/24. */
export const ipBlocks = extension(
  '1.3.6.1.5.5.7.1.7',
  seq(seq(octetString(Buffer.of(0, 1)), seq(bitString(Buffer.of(192, 0, 2))))),
  true,
);

export const SIGNED_OBJECT = '1.3.6.1.5.5.7.48.11';
export const sia = (method: string, location = 'rsync://x.example/a.asa'): Buffer =>
  extension('1.3.6.1.5.5.7.1.11', seq(access(method, location)));
export const policies = (critical: boolean, ...ids: readonly string[]): Buffer =>
  extension('2.5.29.32', seq(...ids.map((id) => seq(oid(id)))), critical);
export const RPKI_POLICY = '1.3.6.1.5.5.7.14.2';
export const keyUsage = (octet: number, unused: number, critical = true): Buffer =>
  extension('2.5.29.15', bitString(Buffer.of(octet), unused), critical);

/** The extensions of an EE certificate by a short name, in their order. */
export function eeExtensions(
  key: TestKey,
  issuer: TestKey,
  customer: number,
): Record<string, Buffer | undefined> {
  return {
    ski: extension('2.5.29.14', octetString(key.identifier)),
    aki: extension('2.5.29.35', seq(implicit(0, issuer.identifier))),
    keyUsage: keyUsage(0x80, 7),
    crlDistribution: extension(
      '2.5.29.31',
      seq(seq(context(0, context(0, uri('rsync://x.example/ta.crl'))))),
    ),
    aia: extension('1.3.6.1.5.5.7.1.1', seq(access('1.3.6.1.5.5.7.48.2', 'rsync://x.example/ta.cer'))),
    sia: sia(SIGNED_OBJECT),
    policies: policies(true, RPKI_POLICY),
    asIdentifiers: asIds(customer),
  };
}

/** What a certificate is made of; a case changes a part. */
export interface CertificatePlan {
  readonly version?: Buffer;
  readonly serial?: number;
  readonly algorithm?: string;
  readonly outerAlgorithm?: string;
  readonly hash?: string;
  readonly issuer?: Buffer;
  readonly subject?: Buffer;
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** The validity, where its times are written unusually. */
  readonly validity?: Buffer;
  /** issuerUniqueID and subjectUniqueID. */
  readonly uniqueIdentifiers?: readonly Buffer[];
  readonly key?: TestKey;
  readonly issuerKey?: TestKey;
  readonly extensions?: Readonly<Record<string, Buffer | undefined>>;
  /** Octets XORed into the last octet of the signature. */
  readonly flip?: number;
}

const algorithm = (id: string): Buffer => seq(oid(id), NULL);

/** The DER of a certificate; unchanged it is an EE certificate of the profile for the customer. */
export function certificate(plan: CertificatePlan, customer: number): Buffer {
  const { key = KEYS.ee, issuerKey = KEYS.ta, algorithm: id = SHA256_WITH_RSA } = plan;
  const extensions = Object.values({ ...eeExtensions(key, issuerKey, customer), ...plan.extensions });
  const signed = seq(
    plan.version ?? context(0, int(2)),
    int(plan.serial ?? 7),
    algorithm(id),
    plan.issuer ?? name('ta'),
    plan.validity ?? seq(utcTime(plan.notBefore ?? NOT_BEFORE), utcTime(plan.notAfter ?? NOT_AFTER)),
    plan.subject ?? name('ee'),
    key.spki,
    ...(plan.uniqueIdentifiers ?? []),
    context(3, seq(...extensions.filter((one) => one !== undefined))),
  );
  const signature = issuerKey.sign(signed, plan.hash);
  const last = signature.length - 1;
  signature[last] = (signature[last] ?? 0) ^ (plan.flip ?? 0);
  return seq(signed, algorithm(plan.outerAlgorithm ?? id), bitString(signature));
}

/** The trust anchor that issues everything: AS 64496 to 64511 and the largest numbers, 192.0.2.0/24. */
export const TRUST_ANCHOR = certificate(
  {
    serial: 1,
    subject: name('ta'),
    key: KEYS.ta,
    notBefore: '2025-01-01T00:00:00Z',
    notAfter: '2035-01-01T00:00:00Z',
    extensions: {
      aki: undefined,
      keyUsage: keyUsage(0x06, 1),
      crlDistribution: undefined,
      aia: undefined,
      sia: extension(
        '1.3.6.1.5.5.7.1.11',
        seq(
          access('1.3.6.1.5.5.7.48.5', 'rsync://x.example/'),
          access('1.3.6.1.5.5.7.48.10', 'rsync://x.example/ta.mft'),
        ),
      ),
      basicConstraints: extension('2.5.29.19', seq(TRUE), true),
      ipBlocks,
      asIdentifiers: asIds([64496, 64511], [4200000000, 4294967295]),
    },
  },
  0,
);
