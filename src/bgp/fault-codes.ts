/** Attributes whose length their documents fix, at least up to a multiple. */
export type SizedAttribute =
  | 'aggregator'
  | 'as4-aggregator'
  | 'cluster-list'
  | 'communities'
  | 'extended-communities'
  | 'ipv6-extended-communities'
  | 'large-communities'
  | 'local-pref'
  | 'multi-exit-disc'
  | 'next-hop'
  | 'only-to-customer'
  | 'origin'
  | 'originator-id';

/** Attributes that an external peer has no business sending (RFC 7606 §7.5, §7.9, §7.10). */
export type InternalAttribute = 'cluster-list' | 'local-pref' | 'originator-id';

/** What can be wrong with a BGP message: the codes of a {@link Fault}. */
export type BgpFaultCode =
  // The message as a whole, and its header (RFC 4271 §6.1).
  | 'marker'
  | 'message-length'
  | 'message-type'
  | 'route-refresh-length'
  | 'update-length'
  // OPEN (RFC 4271 §6.2).
  | 'bgp-identifier-zero'
  | 'bgp-version'
  | 'capability-overrun'
  | 'hold-time'
  | 'parameter-overrun'
  | 'parameter-unsupported'
  | 'parameters-length'
  | 'peer-as-zero'
  // Path attributes of any type (RFC 4271 §6.3, RFC 7606 §3).
  | 'attribute-flags'
  | 'attribute-overrun'
  | 'attribute-repeated'
  | 'reachable-nlri-missing'
  | 'well-known-unrecognized'
  | `${'as-path' | 'next-hop' | 'origin'}-missing`
  | `${InternalAttribute}-external`
  | `${SizedAttribute}-length`
  // Single attributes.
  | 'as-path-confed-missing'
  | 'as-path-confed-unexpected'
  | 'as-path-overrun'
  | 'as-path-segment-empty'
  | 'as-path-segment-type'
  | 'as-path-underrun'
  | 'as-zero'
  | 'as4-path-length'
  | `${'as4-path' | 'as4-aggregator'}-unexpected`
  | 'atomic-aggregate-length'
  | 'mp-reach-length'
  | 'mp-unreach-length'
  | 'next-hop-address'
  | 'nlri-length'
  | 'nlri-overrun'
  | 'origin-value'
  // BGPsec_PATH (RFC 8205 §5.2).
  | 'bgpsec-path-flags'
  | 'block-excess'
  | 'block-length'
  | 'block-missing'
  | 'secure-path-empty'
  | 'secure-path-length'
  | 'signature-count'
  | 'signature-segment-overrun'
  | 'suite-duplicate'
  | 'suite-reserved';
