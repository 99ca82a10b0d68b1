import * as asn1js from 'asn1js';
import { DecodeError, equalOctets } from '../../bytes/index.js';
import {
  type Asn1,
  bitString,
  decodeAsn1,
  insideExplicit,
  isExplicit,
  objectIdentifier,
  sequence,
} from '../der/asn1.js';
import { decodeDer } from '../der/decode-der.js';
import { profileTime } from '../der/profile-time.js';
import { checkDer } from '../der/strict-der.js';
import { OID } from '../oids.js';
import {
  decodeAuthorityKeyIdentifier,
  decodeExtensions,
  type Extension,
  findExtension,
} from './extensions.js';

/** One entry of a CRL. */
export interface RevokedCertificate {
  readonly serial: bigint;
  /** Seconds since 1970 UTC. */
  readonly date: number;
  readonly hasExtensions: boolean;
}

/** A certificate revocation list (RFC 6487 §5), decoded, not yet judged. Times are seconds since 1970 UTC. */
export interface ResourceCrl {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
  /** The signature algorithm of the signed part and of the outer field. */
  readonly signatureAlgorithms: readonly [string, string];
  /** Whether the two fields are the same octet for octet, parameters included (RFC 5280 §5.1.1.2). */
  readonly algorithmsAgree: boolean;
  /** 2 for X.509 CRL version 2. */
  readonly version: number;
  readonly issuerDer: Uint8Array;
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
  /** Whether every time is a UTCTime through 2049 and a GeneralizedTime from 2050. */
  readonly timesConform: boolean;
  readonly extensions: readonly Extension[];
  /** The key identifier of the AKI; absent also when the extension cannot be read. `only`: nothing stands beside it. */
  readonly aki?: { readonly keyIdentifier: Uint8Array; readonly only: boolean };
  /** The CRL Number as it stands, perhaps negative or too large; absent also when it is no DER INTEGER. */
  readonly number?: bigint;
  /** The entries in their order; absent when the field is, which differs from a list without entries. */
  readonly revoked?: readonly RevokedCertificate[];
}

/**
 * Decodes a CRL. RFC 6487 §5, RFC 5280 §5.1.
 *
 * @throws {DecodeError} `der-…` or `asn1-syntax`.
 */
export function decodeCrl(der: Uint8Array): ResourceCrl {
  checkDer(der, 'crl');
  const outer = sequence(decodeAsn1(der, 'crl'), 'crl');
  const [signed, outerAlgorithm, signatureValue] = outer;
  if (!signed || !outerAlgorithm || outer.length !== 3) throw syntax('a CRL has three parts', 'crl');
  const signature = bitString(signatureValue, 'crl.signature');
  if (signature.unusedBits !== 0) throw syntax('a signature consists of whole octets', 'crl.signature');

  const members = [...sequence(signed, 'crl.tbs')];
  // RFC 5280 §5.1.2.1: version 1 has no version field, version 2 the number 1.
  const version = members[0] instanceof asn1js.Integer ? Number(signedInteger(members.shift())) + 1 : 1;
  const innerAlgorithm = members.shift();
  const issuer = members.shift();
  sequence(issuer, 'crl.issuer');
  const thisUpdate = profileTime(members.shift(), 'crl.this-update');
  const nextUpdate = isTime(members[0]) ? profileTime(members.shift(), 'crl.next-update') : undefined;
  const list = members[0] instanceof asn1js.Sequence ? sequence(members.shift(), 'crl.revoked') : undefined;
  const entries = list?.map(decodeEntry);
  const [tagged] = members;
  const hasExtensions = isExplicit(tagged, 0);
  if (hasExtensions) members.shift();
  const field = 'crl.extensions';
  const extensions = hasExtensions ? decodeExtensions(insideExplicit(tagged, field), field) : [];
  if (members.length > 0) throw syntax('a member that is not of a CRL', 'crl.tbs');

  const aki = attempt(extensions, OID.authorityKeyIdentifier, (value) => {
    checkDer(value, 'crl.authority-key-identifier');
    return decodeAuthorityKeyIdentifier(value);
  });
  const number = attempt(extensions, OID.crlNumber, (value) => signedInteger(decodeDer(value, 'crl.number')));
  return {
    der,
    tbs: octetsOf(signed),
    signature: signature.octets,
    signatureAlgorithms: [algorithmOf(innerAlgorithm), algorithmOf(outerAlgorithm)],
    algorithmsAgree: equalOctets(octetsOf(innerAlgorithm), octetsOf(outerAlgorithm)),
    version,
    issuerDer: octetsOf(issuer),
    thisUpdate: thisUpdate.seconds,
    ...(nextUpdate ? { nextUpdate: nextUpdate.seconds } : {}),
    timesConform:
      thisUpdate.conforms && nextUpdate?.conforms !== false && entries?.every((e) => e.conforms) !== false,
    extensions,
    ...(aki?.keyIdentifier ? { aki: { keyIdentifier: aki.keyIdentifier, only: aki.only } } : {}),
    ...(number === undefined ? {} : { number }),
    ...(entries ? { revoked: entries.map(({ entry }) => entry) } : {}),
  };
}

function decodeEntry(value: Asn1): { readonly entry: RevokedCertificate; readonly conforms: boolean } {
  const field = 'crl.revoked';
  const members = sequence(value, field);
  const [serial, date, extensions] = members;
  if (members.length > 3) throw syntax('a member that is not of an entry', field);
  if (extensions) sequence(extensions, field);
  const { seconds, conforms } = profileTime(date, field);
  return {
    entry: { serial: signedInteger(serial), date: seconds, hasExtensions: extensions !== undefined },
    conforms,
  };
}

/** The value of an extension, or undefined when it is absent or cannot be read: the profile then says what is wrong. */
function attempt<T>(
  extensions: readonly Extension[],
  oid: string,
  decode: (value: Uint8Array) => T,
): T | undefined {
  const extension = findExtension(extensions, oid);
  if (extension === undefined) return undefined;
  try {
    return decode(extension.value);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function isTime(value: Asn1 | undefined): boolean {
  return value instanceof asn1js.UTCTime || value instanceof asn1js.GeneralizedTime;
}

/** An INTEGER of either sign. */
function signedInteger(value: Asn1 | undefined): bigint {
  if (!(value instanceof asn1js.Integer)) throw syntax('an INTEGER is wanted here', 'crl');
  const octets = value.valueBlock.valueHexView;
  let result = 0n;
  for (const octet of octets) result = (result << 8n) | BigInt(octet);
  return BigInt.asIntN(8 * octets.length, result);
}

function algorithmOf(value: Asn1 | undefined): string {
  return objectIdentifier(sequence(value, 'crl.algorithm')[0], 'crl.algorithm');
}

function octetsOf(value: Asn1 | undefined): Uint8Array {
  return value ? value.valueBeforeDecodeView.slice() : new Uint8Array();
}

function syntax(message: string, field: string): DecodeError {
  return new DecodeError('asn1-syntax', message, { field });
}
