/**
 * Whether `signature` is a RSASSA-PKCS1-v1_5 SHA-256 signature over `data` by the RSA key `spki` (RFC 7935 §2).
 * WebCrypto does the work, hence a promise. A key that cannot be imported gives false.
 */
export async function verifyRsaSha256(
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { subtle } = globalThis.crypto;
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  try {
    const key = await subtle.importKey('spki', spki, algorithm, false, ['verify']);
    return await subtle.verify(algorithm, key, signature, data);
  } catch {
    return false;
  }
}
