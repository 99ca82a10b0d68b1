import type { SecurePathReason } from './path-checks.js';

/**
 * Why something is not signed. `unsigned-received`, `as-set`: RFC 8205 §4.1 forbids a BGPsec_PATH there. `peer-internal`:
 * the peer is in the signer's own AS, and only routes for external peers are signed (§4.1). `path-malformed`, and the
 * names of {@link SecurePathReason}: the received route fails a check of §5.2 and was never to be used.
 * `key-as-mismatch`: the key's certificate does not name the AS. `key-missing`: no key for an AS and suite.
 * `suite-unsupported`: no block of a supported suite is left. `message-too-long`: see RFC 4271 §9.2.
 */
export type SigningErrorCode =
  | 'unsigned-received'
  | 'as-set'
  | 'peer-internal'
  | 'path-malformed'
  | SecurePathReason
  | 'as-zero'
  | 'pcount-range'
  | 'confed-flag-not-member'
  | 'key-missing'
  | 'key-as-mismatch'
  | 'suite-unsupported'
  | 'suite-duplicate'
  | 'message-too-long';

/** A signature or message that RFC 8205 does not allow to be made. */
export class SigningError extends Error {
  readonly code: SigningErrorCode;

  constructor(code: SigningErrorCode, message: string) {
    super(message);
    this.name = 'SigningError';
    this.code = code;
  }
}
