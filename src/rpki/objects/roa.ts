import * as asn1js from 'asn1js';
import { DecodeError } from '../../bytes/index.js';
import { type Afi, type Asn, formatPrefix, MAX_ASN, type Prefix } from '../../inet/index.js';
import { type Asn1, octetString, sequence, smallInteger, takeVersion } from '../der/asn1.js';
import { decodeDer } from '../der/strict-der.js';
import { createFindings, type Finding } from '../finding.js';
import { decodeFamily, decodeIpAddress, encodeIpAddress, prefixRange } from '../x509/ip-resources.js';
import { rangesContain } from '../x509/ranges.js';
import type { ResourceCertificate } from '../x509/resource-certificate.js';

const FIELD = 'roa';

/** One ROAIPAddress; `maxLength` is absent when the object leaves it out. */
export interface RoaPrefix {
  readonly prefix: Prefix;
  readonly maxLength?: number;
}

/** RouteOriginAttestation (RFC 6482 §3). */
export interface RoaContent {
  readonly version: number;
  readonly asn: Asn;
  /** Families in the order of the object. */
  readonly families: readonly { readonly afi: Afi; readonly prefixes: readonly RoaPrefix[] }[];
}

/**
 * Decodes the eContent of a ROA. RFC 6482 §3.
 *
 * @throws {DecodeError} `asn1-syntax`, `roa-max-length` when a maxLength lies outside prefix length .. 32 or 128.
 */
export function decodeRoaContent(octets: Uint8Array): RoaContent {
  const members = sequence(decodeDer(octets, FIELD), FIELD);
  const version = takeVersion(members, FIELD);
  const [asn, blocks, ...rest] = members;
  if (rest.length > 0) throw new DecodeError('asn1-syntax', 'more members than three', { field: FIELD });
  return {
    version,
    asn: smallInteger(asn, 0, MAX_ASN, `${FIELD}.asID`),
    families: sequence(blocks, `${FIELD}.ipAddrBlocks`).map((block, i) => {
      const field = `${FIELD}.ipAddrBlocks[${i}]`;
      const [family, addresses, ...others] = sequence(block, field);
      const { afi, safi } = decodeFamily(octetString(family, field), field);
      if (safi || others.length > 0)
        throw new DecodeError('asn1-syntax', 'not a ROAIPAddressFamily', { field });
      return {
        afi,
        prefixes: sequence(addresses, field).map((item, k) => decodePrefix(item, afi, `${field}[${k}]`)),
      };
    }),
  };
}

function decodePrefix(item: Asn1, afi: Afi, field: string): RoaPrefix {
  const [address, max, ...rest] = sequence(item, field);
  if (rest.length > 0) throw new DecodeError('asn1-syntax', 'not a ROAIPAddress', { field });
  const prefix = decodeIpAddress(address, afi, field);
  if (max === undefined) return { prefix };
  const maxLength = smallInteger(max, 0, 255, `${field}.maxLength`);
  if (maxLength < prefix.length || maxLength > 8 * prefix.octets.length) {
    throw new DecodeError('roa-max-length', `maxLength ${maxLength} for ${formatPrefix(prefix)}`, { field });
  }
  return { prefix, maxLength };
}

/** The DER of a RouteOriginAttestation; a version of 0 is left out as the DEFAULT it is. RFC 6482 §3. */
export function encodeRoaContent({ version, asn, families }: RoaContent): Uint8Array {
  const integer = (value: number) => asn1js.Integer.fromBigInt(BigInt(value));
  const blocks = families.map(({ afi, prefixes }) => {
    const addresses = prefixes.map(
      ({ prefix, maxLength }) =>
        new asn1js.Sequence({
          value: [encodeIpAddress(prefix), ...(maxLength === undefined ? [] : [integer(maxLength)])],
        }),
    );
    const family = new asn1js.OctetString({ valueHex: Uint8Array.of(0, afi) });
    return new asn1js.Sequence({ value: [family, new asn1js.Sequence({ value: addresses })] });
  });
  const tagged = new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 0 },
    value: [integer(version)],
  });
  const value = [integer(asn), new asn1js.Sequence({ value: blocks })];
  return new Uint8Array(new asn1js.Sequence({ value: version === 0 ? value : [tagged, ...value] }).toBER());
}

/** RFC 6482 §3 and §4: version 0, at least one prefix, all prefixes inside the IP resources of the EE certificate. */
export function inspectRoa(content: RoaContent, certificate: ResourceCertificate): readonly Finding[] {
  const findings = createFindings();
  const { must } = findings;
  const { version, families } = content;
  must(version === 0, 'roa-version', 'RFC 6482 §3.1', `version ${version}, must be 0`);
  must(
    families.length > 0 && families.every(({ prefixes }) => prefixes.length > 0),
    'roa-no-prefix',
    'RFC 6482 §3.3',
    'a list of prefixes is empty',
  );
  must(
    new Set(families.map(({ afi }) => afi)).size === families.length,
    'roa-family-twice',
    'RFC 6482 §3.3',
    'an address family stands twice',
  );
  for (const { afi, prefixes } of families) {
    const resources = certificate.ipAddrBlocks?.families.get(afi);
    // RFC 9582 §5 forbids inherit in the EE certificate; RFC 6482 §4 wants the prefixes inside its resources.
    const held = resources === undefined || resources === 'inherit' ? [] : resources;
    for (const { prefix } of prefixes) {
      must(
        rangesContain(held, [prefixRange(prefix)]),
        'roa-prefix-not-held',
        'RFC 6482 §4',
        `${formatPrefix(prefix)} is not in the IP resources of the EE certificate`,
      );
    }
  }
  return findings.list;
}
