/** Serial numbers are unsigned 32-bit integers that wrap (RFC 1982; 8210bis §2). */
const MODULUS = 2 ** 32;

/** The serial after `serial`: 4294967295 is followed by 0. 8210bis §5.1, RFC 1982 §3. */
export function nextSerial(serial: number): number {
  return (serial + 1) % MODULUS;
}

/**
 * RFC 1982 §3.2: -1 when `a` precedes `b`, 0 when equal, 1 when it follows; undefined when they are exactly half the
 * number space apart, which the RFC leaves undefined.
 */
export function compareSerial(a: number, b: number): -1 | 0 | 1 | undefined {
  if (a === b) return 0;
  const ahead = (b - a + MODULUS) % MODULUS;
  if (ahead === MODULUS / 2) return undefined;
  return ahead < MODULUS / 2 ? -1 : 1;
}
