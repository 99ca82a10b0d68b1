import type { Findings } from '../finding.js';
import type { FindingCode } from '../finding-codes.js';

/** `unavailable`: this environment has no WebCrypto that verifies such signatures, so nothing is known. */
export type SignatureOutcome = 'holds' | 'fails' | 'unavailable';

/** The code of the finding that a signature could not be checked for want of WebCrypto. */
export const NO_WEBCRYPTO = 'no-webcrypto';

/**
 * Whether `signature` is a RSASSA-PKCS1-v1_5 SHA-256 signature over `data` by the RSA key `spki` (RFC 7935 §2).
 * WebCrypto does the work, hence a promise. With a key that cannot be imported no signature holds. A page without a
 * secure context has no `crypto.subtle`: that is `unavailable` and never a verdict about the signature.
 */
export async function verifyRsaSha256(
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<SignatureOutcome> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) return 'unavailable';
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  try {
    // Copies: browsers take no memory here that threads may share.
    const key = await subtle.importKey('spki', spki.slice(), algorithm, false, ['verify']);
    return (await subtle.verify(algorithm, key, signature.slice(), data.slice())) ? 'holds' : 'fails';
  } catch (error) {
    return nameOf(error) === 'NotSupportedError' ? 'unavailable' : 'fails';
  }
}

/** Records `code` for a signature that fails, and {@link NO_WEBCRYPTO} for one that could not be checked. */
export function mustBeSigned(
  { must }: Pick<Findings, 'must'>,
  outcome: SignatureOutcome,
  code: FindingCode,
  section: string,
  message: string,
): void {
  if (outcome === 'unavailable') {
    const why =
      'there is no WebCrypto (crypto.subtle) with RSASSA-PKCS1-v1_5 here: a signature was not checked';
    must(false, NO_WEBCRYPTO, 'RFC 7935 §2', why);
  } else {
    must(outcome === 'holds', code, section, message);
  }
}

function nameOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
}
