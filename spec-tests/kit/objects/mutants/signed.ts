import { identifier, listOf, Members, must, seconds, TAG, type Value, wholeBits } from './der.js';
import { OID } from './parts.js';

/** What certificates and CRLs are: what is signed, and a signature over it. */
export interface Signed {
  readonly members: Members;
  readonly octets: Buffer;
  readonly signature: Buffer;
  /** The algorithm outside, whose octets stand inside as well. */
  readonly algorithm: Value;
}

/** RFC 5280 §4.1 and §5.1. */
export function readSigned(value: Value, name: string): Signed {
  const outer = new Members(value, name);
  const inside = outer.take();
  const algorithm = outer.take();
  const signature = wholeBits(outer.take(), `${name}: signature`);
  outer.end();
  return {
    members: new Members(inside, `${name}: what is signed`),
    octets: inside.raw,
    signature,
    algorithm,
  };
}

/** RFC 6487 §4.3, RFC 5280 §4.1.1.2: the one algorithm, the same inside and outside. */
export function checkAlgorithm({ algorithm }: Signed, inner: Value): void {
  checkAlgorithmIs(algorithm, [OID.sha256WithRsa], 'RFC 7935 §2');
  must(inner.raw.equals(algorithm.raw), 'RFC 5280 §4.1.1.2: the algorithm inside and outside');
}

/** An AlgorithmIdentifier without parameters but NULL (RFC 4055 §5, RFC 5754 §2: absent or NULL). */
export function checkAlgorithmIs(value: Value, allowed: readonly string[], why: string): void {
  const members = new Members(value, 'AlgorithmIdentifier');
  const id = identifier(members.take(), 'algorithm');
  members.maybe(TAG.null);
  members.end();
  must(allowed.includes(id), `${why}: algorithm ${id}`);
}

/** One CommonName and at most one serialNumber (RFC 6487 §4.4; a UTF8String: docs/decisions/rpki-objects.md D-name-utf8-string). */
export function checkName(name: Value): void {
  const counts = { '2.5.4.3': 0, '2.5.4.5': 0 };
  for (const attribute of listOf(name, 'Name').flatMap((set) => listOf(set, 'RDN', TAG.set))) {
    const members = new Members(attribute, 'AttributeTypeAndValue');
    const id = identifier(members.take(), 'type');
    members.take(TAG.printable, TAG.utf8);
    members.end();
    must(id === '2.5.4.3' || id === '2.5.4.5', `RFC 6487 §4.4: attribute ${id}`);
    counts[id]++;
  }
  must(counts['2.5.4.3'] === 1 && counts['2.5.4.5'] < 2, 'RFC 6487 §4.4: one CommonName');
}

/** A time of the type that its year wants (RFC 5280 §4.1.2.5). */
export const timeOf = (value: Value): number => seconds(value, 'RFC 5280 §4.1.2.5');
