import * as asn1js from 'asn1js';
import { DecodeError } from '../../bytes/index.js';
import { type Asn1, decodeAsn1, objectIdentifier, sequence } from '../der/asn1.js';
import { OID } from '../oids.js';

/** One PolicyInformation: the policy and the identifiers of its qualifiers, dotted. */
export interface CertificatePolicy {
  readonly oid: string;
  /** `cps` for a CPS pointer with an IA5String (RFC 5280 §4.2.1.4), else the identifier. */
  readonly qualifiers: readonly string[];
}

/** Certificate Policies (RFC 5280 §4.2.1.4) with the qualifiers that RFC 7318 limits. Throws `asn1-syntax`. */
export function decodeCertificatePolicies(octets: Uint8Array): CertificatePolicy[] {
  const field = 'certificate-policies';
  return sequence(decodeAsn1(octets, field), field).map((item) => {
    const [policy, qualifiers, ...rest] = sequence(item, field);
    const list = qualifiers === undefined ? undefined : sequence(qualifiers, field);
    if (rest.length > 0 || list?.length === 0)
      throw new DecodeError('asn1-syntax', 'not a policy', { field });
    return { oid: objectIdentifier(policy, field), qualifiers: (list ?? []).map(qualifierOf) };
  });
}

function qualifierOf(item: Asn1): string {
  const field = 'certificate-policies.qualifier';
  const [identifier, value, ...rest] = sequence(item, field);
  if (value === undefined || rest.length > 0)
    throw new DecodeError('asn1-syntax', 'not a qualifier', { field });
  const oid = objectIdentifier(identifier, field);
  return oid === OID.policyCps && value instanceof asn1js.IA5String ? 'cps' : oid;
}
