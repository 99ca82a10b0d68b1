import type { Finding } from '../finding.js';
import { NO_WEBCRYPTO } from '../x509/rsa.js';

/**
 * `valid`: no error and the path ends at a trust anchor. `unanchored`: the only error is a missing issuer.
 * `undetermined`: nothing is wrong with the object, but a CRL of an issuer is there and cannot be used
 * (docs/decisions/rpki-objects.md D-crl-unusable), or signatures cannot be checked here (D-no-webcrypto). `unexamined`:
 * no error, but the content is of a kind that is not read (D-unread-content). `invalid`: all else.
 */
export type ObjectVerdict = 'valid' | 'unanchored' | 'undetermined' | 'unexamined' | 'invalid';

/** Errors that say that something could not be decided, not that it is wrong. */
const OPEN: ReadonlySet<string> = new Set(['path-incomplete', 'crl-unusable', NO_WEBCRYPTO]);

/** The verdict that the findings about an object amount to; `unread` where nobody looked at its content. */
export function verdictOf(findings: readonly Finding[], unread: boolean): ObjectVerdict {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return unread ? 'unexamined' : 'valid';
  if (errors.some(({ code }) => !OPEN.has(code))) return 'invalid';
  return errors.every(({ code }) => code === 'path-incomplete') ? 'unanchored' : 'undetermined';
}
