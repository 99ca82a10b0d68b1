/** What can be wrong with a PDU or with when it comes: the codes of an `RtrError`. */
export type RtrFaultCode =
  // Any PDU (8210bis §5.1, §7, §12).
  | 'rtr-error-report'
  | 'rtr-length'
  | 'rtr-not-a-query'
  | 'rtr-out-of-place'
  | 'rtr-pdu-type'
  | 'rtr-session-id'
  | 'rtr-version'
  // Payloads (§5.9, §5.11, §5.12).
  | 'rtr-aspa-count'
  | 'rtr-aspa-customer'
  | 'rtr-aspa-empty'
  | 'rtr-aspa-old-layout'
  | 'rtr-aspa-order'
  | 'rtr-aspa-withdrawal'
  | 'rtr-aspa-zero'
  | 'rtr-host-bits'
  | 'rtr-max-length'
  | 'rtr-prefix-length'
  | 'rtr-router-key-as'
  // Payloads of a response taken together (§11).
  | 'rtr-duplicate'
  | 'rtr-order'
  | 'rtr-too-many-payloads'
  | 'rtr-unknown-withdrawal'
  | 'rtr-withdrawal-in-reset';
