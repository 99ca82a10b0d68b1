import type { Fields, Json } from '../../../../src/conformance/vector.js';
import { ID, type ObjectPlan } from './builder.js';
import type { CertificatePlan } from './certificate.js';
import type { CrlPlan } from './crl.js';
import { evaluate, keyNamed, octetsOf, type Value } from './notation.js';

// From the rows of `../facts/cases.json` to what the builders take.

type Some<K extends string, T> = { readonly [P in K]?: T };

/** Those of the members that a row has, each read in one way. */
function members<K extends string, T>(
  row: Fields,
  names: readonly K[],
  read: (value: Json) => T,
): Some<K, T> {
  const found: { [P in K]?: T } = {};
  for (const name of names) {
    const value = row[name];
    if (value !== undefined) found[name] = read(value);
  }
  return found;
}

const octets = (value: Json): Buffer => Buffer.concat(octetsOf(evaluate(String(value))));
const octetsOrNone = (value: Json): Buffer | null => (value === null ? null : octets(value));
const parts = (value: Json): Record<string, Buffer | undefined> =>
  Object.fromEntries(
    Object.entries(value ?? {}).map(([key, one]) => [key, octetsOrNone(one as Json) ?? undefined]),
  );
const lists = (value: Json): Buffer[] => list(value).map(octets);
const list = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);
/** What becomes of octets. */
const change =
  (value: Json) =>
  (it: Value): Buffer =>
    Buffer.concat(octetsOf(evaluate(String(value), { it })));
const changed =
  (value: Json) =>
  (it: Value): Buffer[] =>
    list(value).flatMap((one) => octetsOf(evaluate(String(one), { it })));
const number = (value: Json): number => Number(value);
const text = (value: Json): string => String(value);
const key = (value: Json): ReturnType<typeof keyNamed> => keyNamed(String(value));
const type = (value: Json): string =>
  Object.entries(ID).find(([name]) => name === value)?.[1] ?? String(value);

const OBJECT = {
  octets: [
    'content',
    'digestAlgorithms',
    'crls',
    'sid',
    'signerDigest',
    'signatureAlgorithm',
    'unsignedAttributes',
    'swap',
  ],
  numbers: ['customer', 'version', 'signerVersion', 'flip'],
  types: ['eContentType', 'contentInfoType'],
  lists: ['attributeOrder', 'signerInfos'],
  others: [
    'hash',
    'signer',
    'around',
    'eContent',
    'certificates',
    'attributes',
    'signs',
    'certificate',
    'extensions',
  ],
} as const;

/** `extensions` are those of the EE certificate, `certificate` its other fields. */
export function objectPlan(row: Fields): ObjectPlan {
  refuseUnknown(row, OBJECT);
  const { attributes, certificate, certificates, eContent, extensions, signs } = row;
  const ee: CertificatePlan = {
    ...(certificate !== undefined && certificatePlan(certificate as Fields)),
    ...(extensions !== undefined && { extensions: parts(extensions) }),
  };
  return {
    ...members(row, OBJECT.octets, octets),
    ...members(row, OBJECT.numbers, number),
    ...members(row, OBJECT.types, type),
    ...members(row, OBJECT.lists, changed),
    ...members(row, ['hash'], text),
    ...members(row, ['signer'], key),
    ...members(row, ['around'], change),
    ...(eContent !== undefined && { eContent: eContent === null ? () => null : change(eContent) }),
    ...(certificates !== undefined && {
      certificates: certificates === null ? () => null : change(certificates),
    }),
    ...(attributes !== undefined && { attributes: attributes === null ? null : parts(attributes) }),
    ...(signs !== undefined && {
      signs: (it: Buffer, content: Buffer) =>
        Buffer.concat(octetsOf(evaluate(String(signs), { it, content }))),
    }),
    ...(Object.keys(ee).length > 0 && { ee }),
  };
}

const CERTIFICATE = {
  octets: ['version', 'issuer', 'subject', 'validity'],
  numbers: ['serial', 'flip'],
  texts: ['algorithm', 'outerAlgorithm', 'hash', 'notBefore', 'notAfter'],
  keys: ['key', 'issuerKey'],
  others: ['uniqueIdentifiers'],
} as const;

function certificatePlan(row: Fields): CertificatePlan {
  refuseUnknown(row, CERTIFICATE);
  return {
    ...members(row, CERTIFICATE.octets, octets),
    ...members(row, CERTIFICATE.numbers, number),
    ...members(row, CERTIFICATE.texts, text),
    ...members(row, CERTIFICATE.keys, key),
    ...members(row, ['uniqueIdentifiers'], lists),
  };
}

const serial = (value: Json): number | bigint => {
  const read = evaluate(String(value));
  return typeof read === 'bigint' ? read : Number(read);
};

const CRL = {
  octetsOrNone: ['version', 'nextUpdate'],
  octets: ['algorithm', 'outerAlgorithm', 'issuer', 'thisUpdate'],
  others: ['number', 'revoked', 'entries', 'extensions', 'key', 'around'],
} as const;

export function crlPlan(row: Fields): CrlPlan {
  refuseUnknown(row, CRL);
  return {
    ...members(row, CRL.octetsOrNone, octetsOrNone),
    ...members(row, CRL.octets, octets),
    ...members(row, ['number'], number),
    ...members(row, ['revoked'], (value) => list(value).map(serial)),
    ...members(row, ['entries'], lists),
    ...members(row, ['extensions'], parts),
    ...members(row, ['key'], key),
    ...members(row, ['around'], change),
  };
}

function refuseUnknown(row: Fields, known: Readonly<Record<string, readonly string[]>>): void {
  const names = new Set(Object.values(known).flat());
  const unknown = Object.keys(row).filter((name) => !names.has(name));
  if (unknown.length > 0) throw new RangeError(`no part of a plan: ${unknown.join(', ')}`);
}
