import { DecodeError } from '../../bytes/index.js';
import { type Afi, type Asn, comparePrefix, formatPrefix, MAX_ASN, type Prefix } from '../../inet/index.js';
import { type Asn1, sequence, smallInteger, takeVersion } from '../der/asn1.js';
import { encode, int, seq, versioned } from '../der/build.js';
import { decodeDer } from '../der/decode-der.js';
import { createFindings, type Finding, type Findings } from '../finding.js';
import { decodeIpAddress, encodeIpAddress, prefixRange } from '../x509/ip-resources.js';
import { type Range, rangesContain } from '../x509/ranges.js';
import type { ResourceCertificate } from '../x509/resource-certificate.js';
import { decodeFamilies, encodeFamilies } from './address-families.js';

const FIELD = 'roa';

/** One ROAIPAddress; `maxLength` is absent when the object leaves it out. */
export interface RoaPrefix {
  readonly prefix: Prefix;
  readonly maxLength?: number;
}

/** RouteOriginAttestation (RFC 9582 §4). */
export interface RoaContent {
  readonly version: number;
  readonly asn: Asn;
  /** Families in the order of the object. */
  readonly families: readonly { readonly afi: Afi; readonly prefixes: readonly RoaPrefix[] }[];
}

/**
 * Decodes the eContent of a ROA. RFC 9582 §4.
 *
 * @throws {DecodeError} `asn1-syntax`, `roa-max-length` when a maxLength lies outside prefix length .. 32 or 128,
 * `der-…` for BER that is not DER, `version-default` for a version 0 that is written.
 */
export function decodeRoaContent(octets: Uint8Array): RoaContent {
  const members = sequence(decodeDer(octets, FIELD), FIELD);
  const version = takeVersion(members, FIELD);
  const [asn, blocks, ...rest] = members;
  if (rest.length > 0) throw new DecodeError('asn1-syntax', 'more members than three', { field: FIELD });
  return {
    version,
    asn: smallInteger(asn, 0, MAX_ASN, `${FIELD}.asID`),
    families: decodeFamilies(blocks, `${FIELD}.ipAddrBlocks`, 'ROAIPAddressFamily', decodePrefix),
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

/** The DER of a RouteOriginAttestation; a version of 0 is left out as the DEFAULT it is. RFC 9582 §4. */
export function encodeRoaContent({ version, asn, families }: RoaContent): Uint8Array {
  const entry = ({ prefix, maxLength }: RoaPrefix) =>
    seq(encodeIpAddress(prefix), ...(maxLength === undefined ? [] : [int(maxLength)]));
  return encode(versioned(version, int(asn), encodeFamilies(families, entry)));
}

/**
 * RFC 9582 §4 and §5: version 0, at least one prefix, all prefixes inside the IP resources of the EE certificate, which
 * inherits none and has no AS resources. The canonical form of the list is a SHOULD, hence a warning.
 */
export function inspectRoa(content: RoaContent, certificate: ResourceCertificate): readonly Finding[] {
  const findings = createFindings();
  const { must } = findings;
  const { version, families } = content;
  const prefixes = families.flatMap((family) => family.prefixes);
  must(version === 0, 'roa-version', 'RFC 9582 §4.1', `version ${version}, must be 0`);
  must(
    families.length > 0 && families.every((family) => family.prefixes.length > 0),
    'roa-no-prefix',
    'RFC 9582 §4.3',
    'a list of prefixes is empty',
  );
  must(
    new Set(families.map(({ afi }) => afi)).size === families.length,
    'roa-family-twice',
    'RFC 9582 §4.3.1',
    'an address family stands twice',
  );
  const mapped = prefixes.find(
    ({ prefix }) => prefix.afi === 2 && rangesContain([MAPPED], [prefixRange(prefix)]),
  );
  must(
    mapped === undefined,
    'roa-mapped-address',
    'RFC 9582 §4.3.1',
    `${mapped && formatPrefix(mapped.prefix)} is an IPv4 prefix in the form of IPv6`,
  );
  inspectRoaForm(content, findings);
  inspectRoaResources(prefixes, certificate, findings);
  return findings.list;
}

/** ::ffff:0:0/96, the IPv4-mapped addresses (RFC 4291 §2.5.5.2). */
const MAPPED: Range = { min: 0xffff_0000_0000n, max: 0xffff_ffff_ffffn };

/** What RFC 9582 asks of the form with SHOULD (docs/decisions/rpki-objects.md D-roa-canonical). */
function inspectRoaForm({ families }: RoaContent, { should }: Findings): void {
  const entries = families.flatMap(({ prefixes }) => prefixes);
  const superfluous = entries.find(({ prefix, maxLength }) => maxLength === prefix.length);
  should(
    superfluous === undefined,
    'roa-max-length-superfluous',
    'RFC 9582 §4.3.2.2',
    `the maxLength of ${superfluous && formatPrefix(superfluous.prefix)} is the prefix length and should be left out`,
  );
  should(
    entries.every((entry, i) => i === 0 || compareEntries(entries[i - 1] as RoaPrefix, entry) < 0),
    'roa-canonical',
    'RFC 9582 §4.3.3',
    'the prefixes are not in the canonical order, or one stands twice',
  );
}

/** RFC 9582 §4.3.3.1: by address family, address, prefix length, maximum length. */
function compareEntries(a: RoaPrefix, b: RoaPrefix): number {
  return (
    comparePrefix(a.prefix, b.prefix) || (a.maxLength ?? a.prefix.length) - (b.maxLength ?? b.prefix.length)
  );
}

/** RFC 9582 §5: what the EE certificate holds. */
function inspectRoaResources(
  prefixes: readonly RoaPrefix[],
  { asIdentifiers, ipAddrBlocks }: ResourceCertificate,
  { must }: Findings,
): void {
  must(
    asIdentifiers === undefined,
    'roa-certificate-as',
    'RFC 9582 §5',
    'the EE certificate has AS resources',
  );
  must(
    [...(ipAddrBlocks?.families.values() ?? [])].every((resources) => resources !== 'inherit'),
    'roa-certificate-inherit',
    'RFC 9582 §5',
    'the EE certificate inherits IP resources',
  );
  for (const { prefix } of prefixes) {
    const resources = ipAddrBlocks?.families.get(prefix.afi);
    // Inherited resources are named already.
    if (resources === 'inherit') continue;
    must(
      rangesContain(resources ?? [], [prefixRange(prefix)]),
      'roa-prefix-not-held',
      'RFC 9582 §5',
      `${formatPrefix(prefix)} is not in the IP resources of the EE certificate`,
    );
  }
}
