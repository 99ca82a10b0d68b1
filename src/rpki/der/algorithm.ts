import * as asn1js from 'asn1js';
import { DecodeError } from '../../bytes/index.js';
import { OID } from '../oids.js';
import { type Asn1, atMost } from './asn1.js';

/** Algorithms whose parameters are NULL or absent (RFC 3370 §3.2, RFC 4055 §5, RFC 5754 §2). */
const PLAIN: readonly string[] = [OID.rsaEncryption, OID.sha256WithRsaEncryption, OID.sha256];

/**
 * Looks at what an AlgorithmIdentifier holds besides its identifier.
 *
 * @throws {DecodeError} `asn1-syntax` for a third member, and for parameters where the algorithm has none.
 */
export function checkAlgorithm(value: Asn1 | undefined, field: string): void {
  const [identifier, parameters] = atMost(2, value, field);
  const plain =
    identifier instanceof asn1js.ObjectIdentifier && PLAIN.includes(identifier.valueBlock.toString());
  if (!plain || parameters === undefined || parameters instanceof asn1js.Null) return;
  throw new DecodeError('asn1-syntax', 'parameters of an algorithm that has none', { field });
}
