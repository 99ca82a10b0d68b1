import type { Afi, Asn, Prefix } from '../../inet/index.js';

// Local exceptions to the RPKI (RFC 8416), version 2 with ASPA (draft-ietf-sidrops-aspa-slurm, not settled).

/** Removes VRPs of the prefix or a more specific one (if given) and of the ASN (if given) (RFC 8416 §3.3.1). */
export interface PrefixFilter {
  readonly prefix?: Prefix;
  readonly asn?: Asn;
  readonly comment?: string;
}

/** Removes router keys of the ASN (if given) and of the SKI (if given) (RFC 8416 §3.3.2). */
export interface BgpsecFilter {
  readonly asn?: Asn;
  readonly ski?: Uint8Array;
  readonly comment?: string;
}

/** Removes a customer, or with `providers` only those from it, or without `customer` those from everyone. */
export interface AspaFilter {
  readonly customer?: Asn;
  readonly providers?: readonly Asn[];
  readonly comment?: string;
}

/** Adds a VRP (RFC 8416 §3.4.1). */
export interface PrefixAssertion {
  readonly prefix: Prefix;
  readonly asn: Asn;
  /** Absent: the length of the prefix. */
  readonly maxLength?: number;
  readonly comment?: string;
}

/** Adds a router key (RFC 8416 §3.4.2). */
export interface BgpsecAssertion {
  readonly asn: Asn;
  readonly ski: Uint8Array;
  readonly spki: Uint8Array;
  readonly comment?: string;
}

/** Adds providers to a customer. */
export interface AspaAssertion {
  readonly customer: Asn;
  readonly providers: readonly Asn[];
  /** Limits to one family, of the old spellings; read, never written. */
  readonly afiLimits?: ReadonlyMap<Asn, Afi>;
  readonly comment?: string;
}

/** A SLURM file, or the union of several. */
export interface Slurm {
  readonly prefixFilters: readonly PrefixFilter[];
  readonly bgpsecFilters: readonly BgpsecFilter[];
  readonly aspaFilters: readonly AspaFilter[];
  readonly prefixAssertions: readonly PrefixAssertion[];
  readonly bgpsecAssertions: readonly BgpsecAssertion[];
  readonly aspaAssertions: readonly AspaAssertion[];
}

/** Nothing: no filter and no assertion. */
export const NO_EXCEPTIONS: Slurm = {
  prefixFilters: [],
  bgpsecFilters: [],
  aspaFilters: [],
  prefixAssertions: [],
  bgpsecAssertions: [],
  aspaAssertions: [],
};
