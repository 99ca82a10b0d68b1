import { DecodeError } from '../../bytes/index.js';
import {
  type Afi,
  type Asn,
  comparePrefix,
  formatAsn,
  formatPrefix,
  MAX_ASN,
  type Prefix,
} from '../../inet/index.js';
import { sequence, smallInteger, takeVersion } from '../der/asn1.js';
import { encode, int, versioned } from '../der/build.js';
import { decodeDer } from '../der/decode-der.js';
import { createFindings, type Finding } from '../finding.js';
import { decodeIpAddress, encodeIpAddress } from '../x509/ip-resources.js';
import { rangesContain } from '../x509/ranges.js';
import type { ResourceCertificate } from '../x509/resource-certificate.js';
import { decodeFamilies, encodeFamilies } from './address-families.js';

const FIELD = 'prefix-list';

/** RpkiSignedPrefixList (prefixlist §3). */
export interface PrefixListContent {
  readonly version: number;
  readonly asn: Asn;
  /** Families in the order of the object. */
  readonly families: readonly { readonly afi: Afi; readonly prefixes: readonly Prefix[] }[];
}

/**
 * Decodes the eContent of a signed prefix list. prefixlist §3.
 *
 * @throws {DecodeError} `asn1-syntax`, `version-tag`, `version-default` for a version 0 that is written, `der-…` for BER that
 * is not DER.
 */
export function decodePrefixListContent(octets: Uint8Array): PrefixListContent {
  const members = sequence(decodeDer(octets, FIELD), FIELD);
  const version = takeVersion(members, FIELD);
  const [asn, blocks, ...rest] = members;
  if (rest.length > 0) throw new DecodeError('asn1-syntax', 'more members than three', { field: FIELD });
  return {
    version,
    asn: smallInteger(asn, 0, MAX_ASN, `${FIELD}.asID`),
    families: decodeFamilies(
      blocks,
      `${FIELD}.prefixBlocks`,
      'AddressFamilyAddressPrefixes',
      decodeIpAddress,
    ),
  };
}

/**
 * The DER of an RpkiSignedPrefixList; writes what it is given, so that faulty test objects can be made. A version of 0 is left
 * out as the DEFAULT it is. prefixlist §3.
 */
export function encodePrefixListContent({ version, asn, families }: PrefixListContent): Uint8Array {
  return encode(versioned(version, int(asn), encodeFamilies(families, encodeIpAddress)));
}

/** The rules of prefixlist §3 for the content, and of §5 for the EE certificate beside it. */
export function inspectPrefixList(
  content: PrefixListContent,
  certificate: ResourceCertificate,
): readonly Finding[] {
  const { must, list } = createFindings();
  const { asn, families, version } = content;
  const section = (n: string): string => `prefixlist §${n}`;
  must(version === 0, 'prefix-list-version', section('3.1'), `version ${version}, must be 0`);
  must(asn !== 0, 'prefix-list-as', section('3'), 'the AS is 0');
  must(
    families.every(({ afi }, i) => i === 0 || (families[i - 1]?.afi ?? 0) < afi),
    'prefix-list-family-order',
    section('3.3'),
    'the address families are not ascending, or one stands twice',
  );
  must(
    families.every(({ prefixes }) => prefixes.length > 0),
    'prefix-list-empty-family',
    section('3'),
    'an address family has no prefix',
  );
  for (const { prefixes } of families) {
    const place = prefixes.findIndex(
      (prefix, i) => i > 0 && comparePrefix(prefixes[i - 1] as Prefix, prefix) >= 0,
    );
    const prefix = prefixes[place];
    must(
      prefix === undefined,
      'prefix-list-canonical',
      section('3.3.2'),
      `${prefix && formatPrefix(prefix)} is not behind the prefix before it in canonical order`,
    );
  }
  inspectCertificate(asn, certificate, must);
  return list;
}

/** prefixlist §5, steps 2 to 5. */
function inspectCertificate(
  asn: Asn,
  { asIdentifiers, ipAddrBlocks }: ResourceCertificate,
  must: ReturnType<typeof createFindings>['must'],
): void {
  const asnum = asIdentifiers?.asnum;
  const id = BigInt(asn);
  must(
    asnum !== undefined,
    'prefix-list-certificate-as',
    'prefixlist §5 step 2',
    'the EE certificate has no AS resources',
  );
  must(
    !Array.isArray(asnum) || rangesContain(asnum, [{ min: id, max: id }]),
    'prefix-list-as-not-held',
    'prefixlist §5 step 3',
    `${formatAsn(asn)} is not in the AS resources of the EE certificate`,
  );
  must(
    asnum !== 'inherit',
    'prefix-list-certificate-inherit',
    'prefixlist §5 step 4',
    'the EE certificate inherits AS resources',
  );
  must(
    ipAddrBlocks === undefined,
    'prefix-list-certificate-ip',
    'prefixlist §5 step 5',
    'the EE certificate has IP resources',
  );
}
