import {
  extension,
  KEYS,
  NOT_AFTER,
  NOT_BEFORE,
  name,
  SHA256_WITH_RSA,
  type TestKey,
} from './certificate.js';
import { bitString, context, implicit, int, NULL, oid, seq, tlv, utcTime } from './der.js';

/** What a CRL of the trust anchor is made of; a case changes a part. */
export interface CrlPlan {
  /** The version field; null leaves it out, as version 1 does. */
  readonly version?: Buffer | null;
  readonly algorithm?: Buffer;
  readonly outerAlgorithm?: Buffer;
  readonly issuer?: Buffer;
  readonly thisUpdate?: Buffer;
  readonly nextUpdate?: Buffer | null;
  /** The serials that it revokes; for other entries see `entries`. */
  readonly revoked?: readonly (number | bigint)[];
  /** The entries as they stand; an empty list is written as one. */
  readonly entries?: readonly Buffer[];
  readonly number?: number | bigint;
  /** Extensions by name; undefined leaves one out. */
  readonly extensions?: Readonly<Record<string, Buffer | undefined>>;
  readonly key?: TestKey;
  readonly around?: (crl: Buffer) => Buffer;
}

/** An entry; `date` is UTCTime unless given as octets. */
export const entry = (serial: number | bigint, date = utcTime(NOT_BEFORE), ...more: Buffer[]): Buffer =>
  seq(int(serial), date, ...more);
export const akiExtension = (identifier: Buffer, critical = false): Buffer =>
  extension('2.5.29.35', seq(implicit(0, identifier)), critical);
export const numberExtension = (value: Buffer, critical = false): Buffer =>
  extension('2.5.29.20', value, critical);
/** GeneralizedTime of an ISO text. */
export const generalizedTime = (iso: string): Buffer => tlv(0x18, Buffer.from(iso.replace(/[-:T]/g, '')));

const ALGORITHM = seq(oid(SHA256_WITH_RSA), NULL);

/** The DER of a CRL; unchanged it is one of the trust anchor with number 1 that revokes nothing. */
export function crlOctets(plan: CrlPlan = {}): Buffer {
  const { version = int(1), algorithm = ALGORITHM, nextUpdate = utcTime(NOT_AFTER), key = KEYS.ta } = plan;
  const entries = plan.entries ?? plan.revoked?.map((serial) => entry(serial));
  const extensions = Object.values({
    aki: akiExtension(KEYS.ta.identifier),
    number: numberExtension(int(plan.number ?? 1)),
    ...plan.extensions,
  }).filter((one) => one !== undefined);
  const signed = seq(
    ...(version === null ? [] : [version]),
    algorithm,
    plan.issuer ?? name('ta'),
    plan.thisUpdate ?? utcTime(NOT_BEFORE),
    ...(nextUpdate === null ? [] : [nextUpdate]),
    ...(entries && (entries.length > 0 || plan.entries) ? [seq(...entries)] : []),
    ...(extensions.length > 0 ? [context(0, seq(...extensions))] : []),
  );
  const crl = seq(signed, plan.outerAlgorithm ?? algorithm, bitString(key.sign(signed)));
  return plan.around ? plan.around(crl) : crl;
}
