import { BgpError, type Treatment } from '../fault.js';
import type { BgpFaultCode, SizedAttribute } from '../fault-codes.js';

/** A malformed attribute value, to be thrown; `field` begins with the attribute's name. */
export function malformedAttribute(
  attribute: number,
  field: string,
  offset: number,
  code: BgpFaultCode,
  message: string,
  treatment: Treatment = 'treat-as-withdraw',
): BgpError {
  return new BgpError({ code, treatment, message, field, offset, attribute });
}

/**
 * Throws `<field>-length` unless the value `[start, end)` has `size` octets, or with `many` one or more times that.
 * No attribute that calls this may be empty (RFC 7606 §4).
 */
export function expectLength(
  attribute: number,
  field: SizedAttribute,
  start: number,
  end: number,
  size: number,
  many: 'once' | 'many' = 'once',
  treatment: Treatment = 'treat-as-withdraw',
): void {
  const length = end - start;
  if (many === 'once' ? length === size : length > 0 && length % size === 0) return;
  const wanted = many === 'once' ? `${size}` : `a non-zero multiple of ${size}`;
  const message = `${length} octets instead of ${wanted}`;
  throw malformedAttribute(attribute, field, start, `${field}-length`, message, treatment);
}
