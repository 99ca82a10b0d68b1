/**
 * The two states of RFC 8205 §5.1, and the two outcomes that precede any cryptography. Not Valid is told and never
 * acted upon (docs/decisions/bgpsec.md D-bgpsec-not-valid).
 */
export type BgpsecVerdict = 'valid' | 'not-valid' | 'unsigned' | 'treat-as-withdraw';

/**
 * Why a signature does not count. `signature-encoding`: not strict DER, or r or s out of range. `key-limit`: more keys
 * stand under the AS and SKI than are tried, and none of those fitted.
 */
export type SignatureReason =
  | 'router-key-missing'
  | 'router-key-unusable'
  | 'key-limit'
  | 'signature-encoding'
  | 'signature-mismatch';

/** Why an UPDATE counts as one without signatures. */
export type UnsignedReason = 'no-bgpsec-path' | 'internal-origin' | 'no-supported-suite';

/** Facts that change no verdict and yet tell two implementations apart. */
export type BgpsecNote =
  | 'nlri-trailing-bits-set'
  | 'flags-unassigned-set'
  | 'same-as-consecutive'
  | 'pcount-zero-inner'
  | 'partial-bit-set'
  | 'legacy-type-30'
  | 'ski-not-sha1'
  | 'internal-newest-not-flagged'
  | 'confed-flag-not-leading'
  | 'block-failed-beside-valid';

interface Origin {
  /** The item of the list in RFC 8205 §5.2. */
  readonly check?: number;
  /** A section, or the path of a decision in this package. */
  readonly source: string;
}

const item = (check: number): Origin => ({ check, source: `RFC 8205 5.2(${check})` });

/** A decision of this project, as a path inside the package. */
const decision = (name: string): Origin => ({ source: `docs/decisions/bgpsec.md#${name.toLowerCase()}` });

/** Where each reason comes from; also those that the decoder of `bgp` names. */
const ORIGINS = {
  ok: { source: 'RFC 8205 5.2' },
  'router-key-missing': { source: 'RFC 8205 5.2 step 2' },
  'router-key-unusable': { source: 'RFC 8608 3.1' },
  'key-limit': decision('D-bgpsec-key-limit'),
  'signature-encoding': { source: 'RFC 8608 2.1' },
  'signature-mismatch': { source: 'RFC 8205 5.2 step 4' },
  'no-bgpsec-path': { source: 'RFC 8205 2.2' },
  'internal-origin': { source: 'RFC 8205 4.4' },
  'no-supported-suite': { source: 'RFC 8205 5.2' },
  'secure-path-length': item(1),
  'secure-path-empty': item(1),
  'block-missing': item(1),
  'block-excess': item(1),
  'block-length': item(1),
  'signature-segment-overrun': item(1),
  'suite-duplicate': item(1),
  'suite-reserved': { source: 'RFC 8608 2.1' },
  'as-zero': decision('D-bgpsec-as-zero'),
  'peer-as-mismatch': item(2),
  'signature-count': item(3),
  'as-path-present': item(4),
  'confed-flag-unexpected': item(5),
  'confed-flag-missing': item(6),
  'pcount-zero': item(7),
  'as-loop': item(8),
  'not-negotiated': decision('D-bgpsec-not-negotiated'),
  'mp-reach-missing': { source: 'RFC 8205 4.1' },
  'nlri-field-used': { source: 'RFC 8205 4.1' },
  'nlri-count': { source: 'RFC 8205 4.1' },
  'afi-unsupported': { source: 'RFC 8205 2.1' },
  'safi-unsupported': decision('D-bgpsec-safi'),
  'bgpsec-path-flags': { source: 'RFC 7606 3(c)' },
  'as-path-missing': { source: 'RFC 7606 3(d)' },
} as const satisfies Record<string, Origin>;

/** Every reason of `bgpsec`; a result may also carry the code of a decoding error of `bgp`. */
export type BgpsecReason = keyof typeof ORIGINS;

/** Item of RFC 8205 §5.2 and document that a reason rests on; for codes of `bgp` the document of error handling. */
export function originOf(reason: string): { readonly check?: number; readonly source: string } {
  return Object.hasOwn(ORIGINS, reason) ? ORIGINS[reason as BgpsecReason] : { source: 'RFC 7606' };
}
