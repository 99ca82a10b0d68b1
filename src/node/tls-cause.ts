/**
 * Why a TLS connection failed, in the words of the TLS library without its addresses and source lines, and with the
 * code that it can be looked up by: `certificate has expired (CERT_HAS_EXPIRED)`.
 */
export function tlsCause(error: Error): string {
  const { code, reason } = error as { readonly code?: unknown; readonly reason?: unknown };
  const text = typeof reason === 'string' ? reason : error.message;
  return typeof code === 'string' && !text.includes(code) ? `${text} (${code})` : text;
}
