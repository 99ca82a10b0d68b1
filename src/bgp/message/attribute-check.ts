import { FLAG_OPTIONAL, FLAG_TRANSITIVE } from '../attribute/path-attributes.js';
import { BgpError } from '../fault.js';
import type { BgpFaultCode } from '../fault-codes.js';
import { ATTRIBUTE_RULES } from './attribute-rules.js';
import type { SessionOptions } from './session.js';
import type { PathAttribute } from './update-message.js';

/**
 * What a receiver would find wrong with an attribute by itself, its flags or its value (RFC 7606 §3 c, §7); undefined where nothing
 * is, or the type is not known.
 */
export function pathAttributeFault(
  { flags, code, value }: PathAttribute,
  session: SessionOptions = {},
): BgpFaultCode | undefined {
  const rule = ATTRIBUTE_RULES.get(code);
  if (rule === undefined) return undefined;
  if ((flags & (FLAG_OPTIONAL | FLAG_TRANSITIVE)) !== rule.flags) {
    return rule.name === 'bgpsec-path' ? 'bgpsec-path-flags' : 'attribute-flags';
  }
  try {
    rule.read(value, 0, value.length, session, {});
    return undefined;
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    return error.fault.code;
  }
}
