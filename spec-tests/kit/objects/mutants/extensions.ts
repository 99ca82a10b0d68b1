import { identifier, listOf, Members, must, only, type Rules, readValue, TAG, type Value } from './der.js';

export const EXTENSION = {
  authorityInformation: '1.3.6.1.5.5.7.1.1',
  ipResources: '1.3.6.1.5.5.7.1.7',
  asResources: '1.3.6.1.5.5.7.1.8',
  subjectInformation: '1.3.6.1.5.5.7.1.11',
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  crlNumber: '2.5.29.20',
  crlDistribution: '2.5.29.31',
  policies: '2.5.29.32',
  authorityKey: '2.5.29.35',
} as const;

/**
 * Extensions by identifier. Each of them may be there once, and is critical or not as the profile wants it; there are no others.
 *
 * @param allowed which are allowed, and whether they are critical.
 */
export function readExtensions(
  list: Value,
  rules: Rules,
  allowed: ReadonlyMap<string, boolean>,
): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const value of listOf(list, 'Extensions')) {
    const members = new Members(value, 'Extension');
    const id = identifier(members.take(), 'extnID');
    const flag = members.maybe(TAG.boolean);
    must(!rules.der || flag?.body[0] !== 0, 'X.690 §11.5: critical FALSE is the default');
    const { body } = members.take(TAG.octetString);
    members.end();
    must(!found.has(id), 'RFC 5280 §4.2: an extension once');
    must(allowed.get(id) === ((flag?.body[0] ?? 0) !== 0), `RFC 6487 §4.8: extension ${id}`);
    found.set(id, readValue(body, rules));
  }
  return found;
}

/** The key identifier of an Authority Key Identifier that holds nothing else (RFC 6487 §4.8.3). */
export function authorityKey(value: Value | undefined): Buffer {
  must(value !== undefined, 'RFC 6487 §4.8.3: an Authority Key Identifier');
  const members = new Members(value, 'AuthorityKeyIdentifier');
  const { body } = members.take(0x80);
  members.end();
  return body;
}

/** RFC 6487 §4.8.4: digitalSignature and no other bit. */
export function isDigitalSignature({ tag, body }: Value): boolean {
  return tag === TAG.bitString && body.toString('hex') === '0780';
}

/** RFC 6487 §4.8.9, and RFC 7318 §2: the one policy, with one CPS pointer or no qualifier. */
export function isRpkiPolicy(value: Value): boolean {
  const [policy, another] = listOf(value, 'CertificatePolicies');
  if (policy === undefined || another !== undefined) return false;
  const members = new Members(policy, 'PolicyInformation');
  const id = identifier(members.take(), 'policyIdentifier');
  const qualifiers = members.maybe(TAG.sequence);
  members.end();
  return (
    id === '1.3.6.1.5.5.7.14.2' && (qualifiers === undefined || isCps(only(qualifiers, 'policyQualifiers')))
  );
}

function isCps(qualifier: Value): boolean {
  const members = new Members(qualifier, 'PolicyQualifierInfo');
  const id = identifier(members.take(), 'policyQualifierId');
  const { tag } = members.take();
  members.end();
  return id === '1.3.6.1.5.5.7.2.1' && tag === TAG.ia5;
}

const URI = 0x86;
const isRsync = ({ tag, body }: Value): boolean =>
  tag === URI && body.toString('latin1').startsWith('rsync://');

/** One DistributionPoint with URIs alone, one of them rsync (RFC 6487 §4.8.6). */
export function checkCrlDistribution(value: Value | undefined): void {
  must(value !== undefined, 'RFC 6487 §4.8.6: CRL Distribution Points');
  const point = new Members(only(value, 'CRLDistributionPoints'), 'DistributionPoint');
  const fullName = only(point.take(0xa0), 'distributionPoint');
  point.end();
  const names = listOf(fullName, 'fullName', 0xa0);
  must(names.every(({ tag }) => tag === URI) && names.some(isRsync), 'RFC 6487 §4.8.6: an rsync URI');
}

/** Accesses with an rsync URI for `method`, and of no other method than `others`; any other one without `others`. */
export function checkAccess(value: Value | undefined, method: string, others?: readonly string[]): void {
  must(value !== undefined, `RFC 6487 §4.8.7, §4.8.8: access ${method}`);
  const list = listOf(value, 'access descriptions').map((one) => {
    const members = new Members(one, 'AccessDescription');
    const [id, location] = [identifier(members.take(), 'accessMethod'), members.take()];
    members.end();
    return { id, location };
  });
  must(
    list.some(({ id, location }) => id === method && isRsync(location)),
    'RFC 6487 §4.8.7, §4.8.8: an rsync URI',
  );
  const foreign = others && list.some(({ id }) => id !== method && !others.includes(id));
  must(foreign !== true, 'RFC 6487 §4.8.8.2: another access method');
}
