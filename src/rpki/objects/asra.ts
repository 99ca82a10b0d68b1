import { DecodeError } from '../../bytes/index.js';
import { type Asn, MAX_ASN } from '../../inet/index.js';
import { type Asn1, octetString, sequence, smallInteger, takeWrittenVersion } from '../der/asn1.js';
import { encode, int, octets as octetsOf, seq, seqOf, tagged } from '../der/build.js';
import { decodeDer } from '../der/decode-der.js';
import { createFindings, type Finding } from '../finding.js';
import { rangesContain } from '../x509/ranges.js';
import type { ResourceCertificate } from '../x509/resource-certificate.js';

const FIELD = 'asra';

/** ASRelationshipAttestation (asra-profile §3). */
export interface AsraContent {
  /** 0 in a valid object, where it is encoded though 0 is the DEFAULT; undefined when it is absent. */
  readonly version: number | undefined;
  readonly signer: Asn;
  /** 0..255, of which 1, 2 and 3 are assigned (§3.3). */
  readonly subcategory: number;
  /** In the order of the object. */
  readonly neighbors: readonly Asn[];
}

/**
 * Decodes the eContent of an ASRA object (asra-profile §3). A version 0 that is written is no fault
 * here, though DER leaves a DEFAULT out: §3.1 demands it.
 *
 * @throws {DecodeError} `version-tag` (the version is not under an EXPLICIT tag), `asn1-syntax`, `der-…` for BER that is not DER.
 */
export function decodeAsraContent(octets: Uint8Array): AsraContent {
  const members = sequence(decodeDer(octets, FIELD), FIELD);
  const version = takeWrittenVersion(members, FIELD);
  const [signer, subcategory, list, ...rest] = members;
  if (rest.length > 0) throw new DecodeError('asn1-syntax', 'more members than four', { field: FIELD });
  return {
    version,
    signer: smallInteger(signer, 0, MAX_ASN, `${FIELD}.signer`),
    subcategory: oneOctet(subcategory, `${FIELD}.subcategory`),
    neighbors: sequence(list, `${FIELD}.relationships`).map((item, i) =>
      smallInteger(item, 0, MAX_ASN, `${FIELD}.relationships[${i}]`),
    ),
  };
}

function oneOctet(value: Asn1 | undefined, field: string): number {
  const octets = octetString(value, field);
  if (octets.length !== 1) {
    throw new DecodeError('asn1-syntax', `a subcategory of ${octets.length} octets, not one`, { field });
  }
  return octets[0] as number;
}

/**
 * The DER of an ASRelationshipAttestation; writes what it is given, so that faulty test objects can be made.
 * asra-profile §3.
 */
export function encodeAsraContent({ version, signer, subcategory, neighbors }: AsraContent): Uint8Array {
  const begin = version === undefined ? [] : [tagged(0, int(version))];
  const list = seqOf(neighbors.map(int));
  return encode(seq(...begin, int(signer), octetsOf(Uint8Array.of(subcategory)), list));
}

const PROFILE = 'asra-profile';

/** The rules of the profile for the content alone (asra-profile §3). */
export function inspectAsraContent(content: AsraContent): readonly Finding[] {
  const { version, signer, subcategory, neighbors } = content;
  const { must, should, list } = createFindings();
  const section = (n: string) => `${PROFILE} §${n}`;
  must(
    version === 0,
    'asra-version',
    section('3.1'),
    `version ${version ?? 'absent'}, must be 0 and must be encoded`,
  );
  must(
    subcategory >= 1 && subcategory <= 3,
    'asra-subcategory',
    section('3.3'),
    `subcategory ${subcategory}, only 1, 2 and 3 are assigned`,
  );
  must(neighbors.length > 0, 'asra-no-neighbors', section('3'), 'the list of relationships is empty');
  must(
    !neighbors.includes(signer),
    'asra-own-neighbor',
    section('3.4'),
    'the signer stands among its relationships',
  );
  must(
    neighbors.every((asn, i) => i === 0 || (neighbors[i - 1] as Asn) < asn),
    'asra-neighbor-order',
    section('3.4'),
    'relationships are not strictly ascending',
  );
  should(
    !neighbors.includes(0) || neighbors.length === 1,
    'asra-as0',
    'asra-verification §3',
    'AS 0, which says that there are none, stands beside others',
  );
  return list;
}

/** The rules of the profile for the content (§3) and for the EE certificate beside it (§4). */
export function inspectAsra(content: AsraContent, certificate: ResourceCertificate): readonly Finding[] {
  const { must, list } = createFindings();
  const asnum = certificate.asIdentifiers?.asnum;
  const signer = BigInt(content.signer);
  must(
    asnum !== 'inherit',
    'asra-certificate-inherit',
    `${PROFILE} §4`,
    'the AS resources of the EE certificate are inherited',
  );
  must(
    asnum === 'inherit' || rangesContain(asnum ?? [], [{ min: signer, max: signer }]),
    'asra-certificate-as',
    `${PROFILE} §4`,
    'the signer is not among the AS resources of the EE certificate',
  );
  must(
    certificate.ipAddrBlocks === undefined,
    'asra-certificate-ip',
    `${PROFILE} §4`,
    'the EE certificate has IP resources',
  );
  return [...inspectAsraContent(content), ...list];
}
