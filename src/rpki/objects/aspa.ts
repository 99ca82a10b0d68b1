import * as asn1js from 'asn1js';
import { DecodeError } from '../../bytes/index.js';
import { type Asn, MAX_ASN } from '../../inet/index.js';
import { DEFAULT_MAX_PROVIDERS } from '../../payload/index.js';
import { sequence, smallInteger, takeVersion } from '../der/asn1.js';
import { encode, int, seqOf, versioned } from '../der/build.js';
import { decodeDer } from '../der/decode-der.js';
import { createFindings, type Finding } from '../finding.js';
import type { ResourceCertificate } from '../x509/resource-certificate.js';

const FIELD = 'aspa';

/** ASProviderAttestation (draft-ietf-sidrops-aspa-profile §3). */
export interface AspaContent {
  /** 1 in a valid object; 0 when the field is absent (the DEFAULT of the module). */
  readonly version: number;
  readonly customer: Asn;
  /** In the order of the object. */
  readonly providers: readonly Asn[];
}

/**
 * Decodes the eContent of an ASPA object.
 *
 * @throws {DecodeError} `version-tag` (the version is not under an EXPLICIT tag, profile §3.1), `version-default` (an
 * explicit version 0), `aspa-profile`
 * (providers of an older profile with address families), `asn1-syntax`, `der-…` for BER that is not DER (profile §2).
 */
export function decodeAspaContent(octets: Uint8Array): AspaContent {
  const members = sequence(decodeDer(octets, FIELD), FIELD);
  const version = takeVersion(members, FIELD);
  const [customer, providers, ...rest] = members;
  if (rest.length > 0) throw new DecodeError('asn1-syntax', 'more members than three', { field: FIELD });
  const list = sequence(providers, `${FIELD}.providers`);
  if (list.some((item) => item instanceof asn1js.Sequence)) {
    throw new DecodeError(
      'aspa-profile',
      'providers with address families, as profiles before -15 had them',
      {
        field: `${FIELD}.providers`,
      },
    );
  }
  return {
    version,
    customer: smallInteger(customer, 0, MAX_ASN, `${FIELD}.customer`),
    providers: list.map((item, i) => smallInteger(item, 0, MAX_ASN, `${FIELD}.providers[${i}]`)),
  };
}

/**
 * The DER of an ASProviderAttestation; writes what it is given, so that faulty test objects can be made.
 * aspa-profile §3.
 */
export function encodeAspaContent({ version, customer, providers }: AspaContent): Uint8Array {
  return encode(versioned(version, int(customer), seqOf(providers.map(int))));
}

/** The rules of the profile for the content alone (aspa-profile §3). */
export function inspectAspaContent({ version, customer, providers }: AspaContent): readonly Finding[] {
  const { must, list } = createFindings();
  const section = (n: string) => `aspa-profile §${n}`;
  must(version === 1, 'aspa-version', section('3.1'), `version ${version}, must be 1 and must be encoded`);
  must(customer !== 0, 'aspa-customer', section('3.2'), 'the customer AS is 0');
  must(providers.length > 0, 'aspa-no-providers', section('3.3'), 'the provider list is empty');
  must(
    providers.every((asn, i) => i === 0 || (providers[i - 1] as Asn) < asn),
    'aspa-provider-order',
    section('3.3'),
    'providers are not strictly ascending',
  );
  must(
    !providers.includes(customer),
    'aspa-own-provider',
    section('3.3'),
    'the customer stands among its providers',
  );
  must(
    !providers.includes(0) || providers.length === 1,
    'aspa-as0',
    section('3.3'),
    'AS 0 stands beside other providers',
  );
  must(
    providers.length <= DEFAULT_MAX_PROVIDERS, // docs/decisions/payload.md D-aspa-provider-limit
    'aspa-provider-limit',
    section('5.5'),
    `AS${customer} has ${providers.length} providers, more than ${DEFAULT_MAX_PROVIDERS}`,
  );
  return list;
}

/** The rules of the profile for the content (§3) and for the EE certificate beside it (§4). */
export function inspectAspa(content: AspaContent, certificate: ResourceCertificate): readonly Finding[] {
  const { must, list } = createFindings();
  const { customer } = content;
  const { asnum, hasRange = false } = certificate.asIdentifiers ?? {};
  const [only] = Array.isArray(asnum) ? asnum : [];
  must(
    Array.isArray(asnum) &&
      asnum.length === 1 &&
      !hasRange &&
      only.min === BigInt(customer) &&
      only.max === only.min,
    'aspa-certificate-as',
    'aspa-profile §4',
    'the AS resources of the EE certificate are not exactly the customer AS',
  );
  must(
    certificate.ipAddrBlocks === undefined,
    'aspa-certificate-ip',
    'aspa-profile §4',
    'the EE certificate has IP resources',
  );
  return [...inspectAspaContent(content), ...list];
}
