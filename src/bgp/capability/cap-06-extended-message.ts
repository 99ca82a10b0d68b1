/** The capability code (RFC 8654 §3). */
export const CAP_EXTENDED_MESSAGE = 6;

/** BGP Extended Message (RFC 8654 §3): the sender can receive messages of up to 65535 octets. No value. */
export interface ExtendedMessageCapability {
  readonly name: 'extended-message';
}

/** The capability; undefined when its value is not empty. */
export function decodeExtendedMessage(value: Uint8Array): ExtendedMessageCapability | undefined {
  return value.length === 0 ? { name: 'extended-message' } : undefined;
}
