import type { Finding } from '../finding.js';
import { NO_WEBCRYPTO } from '../x509/rsa.js';

/**
 * `valid`: no error and the path ends at a trust anchor. `unanchored`: the only error is a missing issuer.
 * `undetermined`: nothing is wrong with the object, but a CRL of an issuer is there and cannot be used
 * (docs/decisions.md D-crl-unusable), or signatures cannot be checked here (D-no-webcrypto). `invalid`: all else.
 */
export type ObjectVerdict = 'valid' | 'unanchored' | 'undetermined' | 'invalid';

/** Errors that say that something could not be decided, not that it is wrong. */
const OPEN: ReadonlySet<string> = new Set(['path-incomplete', 'crl-unusable', NO_WEBCRYPTO]);

/** The verdict that the findings about an object amount to. */
export function verdictOf(findings: readonly Finding[]): ObjectVerdict {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return 'valid';
  if (errors.some(({ code }) => !OPEN.has(code))) return 'invalid';
  return errors.every(({ code }) => code === 'path-incomplete') ? 'unanchored' : 'undetermined';
}
