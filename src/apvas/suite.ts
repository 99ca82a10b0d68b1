/** The two NON-STANDARD schemes of this room. Neither is an algorithm suite of BGPsec, and none may look like one. */
export type SchemeId = 'plain' | 'chain';

/**
 * NON-SPEC: type code of the private path attribute, "reserved for development" (docs/decisions/apvas.md
 * D-apvas-codes).
 */
export const ATTR_APVAS = 255;

/** NON-SPEC: suite octets in the range for experiments of RFC 8608 §2.1 (docs/decisions/apvas.md D-apvas-codes). */
export const SUITE_PLAIN = 0xf7;
export const SUITE_CHAIN = 0xf8;

/** Domain separation tags, formed by BLS draft §4.1: three letters, colon, free text without underscore. */
export const DST_PLAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_AUG:BGPSEC-AGG-1_';
/** AUG is only a name here: CHAIN is not a scheme of the BLS draft. */
export const DST_CHAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_AUG:BGPSEC-CHAIN-1_';
/** BLS draft §4.2.3, proof of possession with signatures in G1. */
export const DST_POP = 'BLS_POP_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_';

/** Octets of a compressed point of G1: a signature, an aggregate, a proof of possession. */
export const SIGNATURE_OCTETS = 48;
/** The same in the other variant of the BLS draft (§2.1), a point of G2. */
export const LONG_SIGNATURE_OCTETS = 96;
/** Octets of a compressed point of G2: a public key. */
export const PUBLIC_KEY_OCTETS = 96;
/** The same in the other variant, a point of G1. */
export const LONG_PUBLIC_KEY_OCTETS = 48;
/** Octets of an encoded element of GT. */
export const GT_OCTETS = 576;

/** The suite octet of a scheme. */
export function suiteOf(scheme: SchemeId): number {
  return scheme === 'plain' ? SUITE_PLAIN : SUITE_CHAIN;
}

/** The scheme of a suite octet, undefined for any other suite. */
export function schemeOf(suite: number): SchemeId | undefined {
  return suite === SUITE_PLAIN ? 'plain' : suite === SUITE_CHAIN ? 'chain' : undefined;
}
