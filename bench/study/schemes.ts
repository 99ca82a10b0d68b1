/** Everything that is compared, by the name it has in results and options, with what it is. */
export const SCHEMES: Readonly<Record<string, string>> = {
  S1: 'BGPsec: ECDSA per hop',
  S1p: 'BGPsec with tables for keys',
  S1c: 'BGPsec with a cache of common segments',
  S2: 'PLAIN per route, nothing cached',
  'S2 cached': 'PLAIN per route, lines of keys cached',
  'S2g 128 bits': 'PLAIN in batches, grouped by signer, coefficients of 128 bits',
  'S2g 64 bits': 'the same with coefficients of 64 bits',
  'S2g 128 bits, distinct signers': 'the same where no two routes share a signer',
  'S3 literal': 'CHAIN per route, as the text has it',
  'S3 cached': 'CHAIN per route, merged, lines cached',
  'S3 aggregate': 'CHAIN, one aggregate of the batch, merged',
  'S4 aggregate, no coefficients': 'PLAIN, one aggregate of the batch',
  'hashing alone': 'the hashing of PLAIN',
  'FC-BGP': 'FC-BGP: ECDSA per hop over a few octets, beside the AS_PATH',
  'FC-BGP cached': 'the same, each commitment verified once',
  ROV: 'origin validation',
  ASPA: 'ASPA path verification',
  ECDSA: 'ECDSA per hop, packed',
  'PLAIN, CHAIN: transit': 'an aggregate per route, packed',
  'PLAIN, CHAIN: stub': 'an aggregate per peer',
  'half-aggregated Schnorr': 'Schnorr signatures, half aggregated',
  Ed25519: 'Ed25519 per hop',
  'FN-DSA-512': 'FN-DSA-512 per hop',
  'ML-DSA-44': 'ML-DSA-44 per hop',
  'ML-DSA-65': 'ML-DSA-65 per hop',
  'ML-DSA-44 + P-256': 'the composite, as a model',
  'ML-DSA-65 + P-256': 'the composite, as a model',
  'SLH-DSA-SHA2-128s': 'SLH-DSA-SHA2-128s per hop',
  'ECDSA, one object per signature': 'ECDSA, each signature an object',
  'PLAIN, one object per signature': 'PLAIN, each signature an object',
  'PLAIN, 96-octet signatures': 'PLAIN with keys in G1',
  'ECDSA, noble': 'BGPsec in portable code, beside the post-quantum algorithms',
  'FC-BGP, OpenSSL': 'FC-BGP natively',
  'FC-BGP, noble': 'FC-BGP in portable code',
};

/** Whether a scheme is to be measured; what the others are divided by always is. */
export function isWanted(schemes: readonly string[] | undefined, name: string): boolean {
  if (SCHEMES[name] === undefined) throw new Error(`${name} is not in the list of schemes`);
  return schemes === undefined || name === 'S1' || schemes.includes(name);
}
