import * as asn1js from 'asn1js';
import { computeSki } from 'pathsec/bgpsec';
import { keyOf } from '../bgpsec/world.js';

export const sequence = (...value: asn1js.AsnType[]): asn1js.Sequence => new asn1js.Sequence({ value });
export const oid = (value: string): asn1js.ObjectIdentifier => new asn1js.ObjectIdentifier({ value });
export const integer = (value: number): asn1js.AsnType => asn1js.Integer.fromBigInt(value);
export const context = (tagNumber: number, ...value: asn1js.AsnType[]): asn1js.Constructed =>
  new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value });
export const implicit = (tagNumber: number, octets: Uint8Array): asn1js.Primitive =>
  new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex: octets });
const utf8 = new TextEncoder();
const uri = (text: string) => implicit(6, utf8.encode(text));

/** A distinguished name of (type, string) pairs, each in its own set. */
export function name(...entries: (readonly [string, asn1js.AsnType])[]): asn1js.Sequence {
  return sequence(...entries.map(([type, value]) => new asn1js.Set({ value: [sequence(oid(type), value)] })));
}
export const printable = (value: string) => new asn1js.PrintableString({ value });

/** An extension with its criticality and value. */
export function extension(id: string, critical: boolean, value: asn1js.AsnType): asn1js.Sequence {
  const inner = new asn1js.OctetString({ valueHex: value.toBER() });
  return critical ? sequence(oid(id), new asn1js.Boolean({ value: true }), inner) : sequence(oid(id), inner);
}

const subject = keyOf(64496);
/** A conforming set of extensions by a short name; a test changes or drops one. */
export const EXTENSIONS: Readonly<Record<string, asn1js.Sequence>> = {
  ski: extension('2.5.29.14', false, new asn1js.OctetString({ valueHex: computeSki(subject.spki) })),
  aki: extension('2.5.29.35', false, sequence(implicit(0, new Uint8Array(20).fill(7)))),
  keyUsage: extension(
    '2.5.29.15',
    true,
    new asn1js.BitString({ valueHex: Uint8Array.of(0x80), unusedBits: 7 }),
  ),
  eku: extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.30'))),
  crldp: extension(
    '2.5.29.31',
    false,
    sequence(sequence(context(0, context(0, uri('rsync://example.net/ca.crl'))))),
  ),
  aia: extension(
    '1.3.6.1.5.5.7.1.1',
    false,
    sequence(sequence(oid('1.3.6.1.5.5.7.48.2'), uri('rsync://example.net/ca.cer'))),
  ),
  policies: extension('2.5.29.32', true, sequence(sequence(oid('1.3.6.1.5.5.7.14.2')))),
  asResources: extension('1.3.6.1.5.5.7.1.8', true, sequence(context(0, sequence(integer(64496))))),
};

/** Fields of a certificate that tests change. */
export interface CertificateParts {
  readonly version?: number;
  readonly serial?: number;
  readonly signatureAlgorithm?: string;
  readonly signatureOctets?: number;
  readonly issuer?: asn1js.AsnType;
  readonly subject?: asn1js.AsnType;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly spki?: Uint8Array;
  readonly extensions?: Readonly<Record<string, asn1js.Sequence | undefined>>;
}

/** A router certificate in DER that conforms but for the parts given. Its signature is no signature. */
export function certificate(parts: CertificateParts = {}): Uint8Array {
  const {
    version = 2,
    serial = 5,
    signatureAlgorithm = '1.2.840.113549.1.1.11',
    signatureOctets = 256,
  } = parts;
  const algorithm = () => sequence(oid(signatureAlgorithm), new asn1js.Null());
  const time = (value: Date) => new asn1js.UTCTime({ valueDate: value });
  const extensions = Object.values({ ...EXTENSIONS, ...parts.extensions }).filter((one) => one !== undefined);
  const signed = sequence(
    ...(version === 0 ? [] : [context(0, integer(version))]),
    integer(serial),
    algorithm(),
    parts.issuer ?? name(['2.5.4.3', printable('ca')]),
    sequence(
      time(parts.notBefore ?? new Date('2026-01-01T00:00:00Z')),
      time(parts.notAfter ?? new Date('2027-01-01T00:00:00Z')),
    ),
    parts.subject ?? name(['2.5.4.3', printable('ROUTER-0000FBF0')], ['2.5.4.5', printable('c0000201')]),
    asn1js.fromBER(parts.spki ?? subject.spki).result,
    context(3, sequence(...extensions)),
  );
  const signature = new asn1js.BitString({ valueHex: new Uint8Array(signatureOctets).fill(1) });
  return new Uint8Array(sequence(signed, algorithm(), signature).toBER());
}

/** The AS Resources of a certificate with a given value. */
export function asResources(critical: boolean, ...value: asn1js.AsnType[]): { asResources: asn1js.Sequence } {
  return { asResources: extension('1.3.6.1.5.5.7.1.8', critical, sequence(...value)) };
}
