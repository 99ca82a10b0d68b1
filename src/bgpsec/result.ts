import type { AsPath } from '../bgp/index.js';
import type { Asn, Prefix } from '../inet/index.js';
import type { BgpsecNote, BgpsecVerdict, SignatureReason } from './reasons.js';

/** What was found out about one signature. */
export interface SignatureResult {
  /** From the origin: hop 1 is the oldest. */
  readonly hop: number;
  /** From the front of the attribute: index 0 is the newest. */
  readonly index: number;
  readonly signerAs: Asn;
  /** The AS to which the signer must have sent the UPDATE. */
  readonly targetAs: Asn;
  readonly ski: Uint8Array;
  readonly signature: Uint8Array;
  /** Keys found under (AS, SKI). */
  readonly keys: number;
  /** The octets to be hashed (RFC 8205 §5.2, Figure 9) and their digest; absent when not evaluated. */
  readonly octets?: Uint8Array;
  readonly digest?: Uint8Array;
  /**
   * `skipped`: a confederation member whose signature is not verified (RFC 8205 §4.3). `not-evaluated`: the verdict
   * stood before this signature was reached.
   */
  readonly state: 'valid' | 'not-valid' | 'skipped' | 'not-evaluated';
  /** Present for `not-valid`. */
  readonly reason?: SignatureReason;
}

/** One Signature_Block. */
export interface BlockResult {
  readonly suite: number;
  readonly state: 'valid' | 'not-valid' | 'unsupported' | 'not-evaluated';
  /** Signatures that verified, counted from the newest up to the first that did not. */
  readonly verified: number;
  /** The first signature, from the newest, that did not verify. */
  readonly failure?: SignatureResult;
  /** In wire order. */
  readonly signatures: readonly SignatureResult[];
}

/** The outcome of receiving one UPDATE, with everything it rests on. */
export interface BgpsecResult {
  readonly verdict: BgpsecVerdict;
  /** A {@link BgpsecReason}, or the code of a decoding error of `bgp`. */
  readonly reason: string;
  /** 1..8: the item of the list in RFC 8205 §5.2 that failed. */
  readonly check?: number;
  /**
   * The text the reason rests on: `RFC 8205 5.2(7)`, or a file of this package,
   * `docs/decisions/bgpsec.md#d-bgpsec-safi`.
   */
  readonly source: string;
  /** In words, for malformed input: the field and what is wrong with it. */
  readonly detail?: string;
  /** The one prefix, where there is one. */
  readonly prefix?: Prefix;
  /** The reconstructed AS_PATH (RFC 8205 §4.4), or the received one; absent for treat-as-withdraw. */
  readonly asPath?: AsPath;
  /** Its length for route selection. */
  readonly pathLength?: number;
  /** In wire order; empty when the checks failed or nothing was signed. */
  readonly blocks: readonly BlockResult[];
  readonly notes: readonly BgpsecNote[];
}
