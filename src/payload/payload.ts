import type { Afi, Asn, Prefix } from '../inet/index.js';

/** Validated ROA Payload (RFC 6811 §2): `asn` may originate `prefix` and its more specifics up to `maxLength`. */
export interface Vrp {
  readonly prefix: Prefix;
  /** prefix.length .. 32 or 128. */
  readonly maxLength: number;
  /** 0 means that nobody may originate it (RFC 6483 §4). */
  readonly asn: Asn;
  /** Seconds since 1970 UTC; absent when the source does not say. */
  readonly expires?: number;
  /** Trust anchor name as the source writes it. */
  readonly ta?: string;
}

/** Validated ASPA Payload: `customer` attests that `providers` are all its providers. */
export interface AspaPayload {
  /** 1..4294967295. */
  readonly customer: Asn;
  /** As the source lists them, in any order; 0 alone means "no provider". */
  readonly providers: readonly Asn[];
  /**
   * Providers that an old profile limited to one address family; only the comparison modes of `aspa` read it.
   * Providers without an entry are valid for both families.
   */
  readonly afiLimits?: ReadonlyMap<Asn, Afi>;
  readonly expires?: number;
  readonly ta?: string;
}

/**
 * Signed prefix list payload (prefixlist §4): the prefixes that `asn` may originate, and no others. A more specific prefix of a
 * listed one is none of them.
 */
export interface PrefixListPayload {
  /** 1..4294967295. */
  readonly asn: Asn;
  /** In any order; an empty list says that the AS originates nothing. */
  readonly prefixes: readonly Prefix[];
  readonly expires?: number;
  readonly ta?: string;
}

/**
 * Validated ASRA payload: `asn` attests that `neighbors` are all its customers (subcategory 1), all its lateral peers (2), or
 * both (3). asra-verification §3. NON-SPEC: no draft has a payload form.
 */
export interface AsraPayload {
  /** 1..4294967295. */
  readonly asn: Asn;
  readonly subcategory: 1 | 2 | 3;
  /** As the source lists them, in any order; 0 alone means that there are none. */
  readonly neighbors: readonly Asn[];
  readonly expires?: number;
  readonly ta?: string;
}

/** Router key payload (RFC 8210 §5.10): a public key that BGPsec routers of `asn` may sign with. */
export interface RouterKey {
  /** 1..4294967295. */
  readonly asn: Asn;
  /** Subject Key Identifier, 20 octets. */
  readonly ski: Uint8Array;
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly expires?: number;
  readonly ta?: string;
}
