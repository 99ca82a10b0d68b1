import { type Asn1, decodeAsn1 } from './asn1.js';
import { checkDer } from './strict-der.js';

/**
 * Decodes one value that fills `octets` and is DER, as the content of a signed object must be: what stands inside an OCTET
 * STRING is not reached by a check of the whole (docs/decisions/rpki-objects.md D-object-content-der).
 *
 * @throws {DecodeError} `asn1-syntax` for what is not even BER, else as {@link checkDer}.
 */
export function decodeDer(octets: Uint8Array, field: string): Asn1 {
  const value = decodeAsn1(octets, field);
  checkDer(octets, field);
  return value;
}
