/** MRT types that are read (RFC 6396 §4, the first three §B.2); others are skipped by their length and counted. */
export const BGP = 5;
export const BGP4PLUS = 9;
export const BGP4PLUS_01 = 10;
export const TABLE_DUMP = 12;
export const TABLE_DUMP_V2 = 13;
export const BGP4MP = 16;
export const BGP4MP_ET = 17;

/** Subtypes of TABLE_DUMP_V2 (RFC 6396 §4.3, RFC 8050 §5.2). */
export const PEER_INDEX_TABLE = 1;
export const RIB_IPV4_UNICAST = 2;
export const RIB_IPV4_MULTICAST = 3;
export const RIB_IPV6_UNICAST = 4;
export const RIB_IPV6_MULTICAST = 5;
export const RIB_GENERIC = 6;
export const RIB_IPV4_UNICAST_ADDPATH = 8;
export const RIB_IPV4_MULTICAST_ADDPATH = 9;
export const RIB_IPV6_UNICAST_ADDPATH = 10;
export const RIB_IPV6_MULTICAST_ADDPATH = 11;
export const RIB_GENERIC_ADDPATH = 12;

/** Subtypes of BGP4MP and BGP4MP_ET (RFC 6396 §4.4, RFC 8050 §5.1); 2 and 3 are deprecated (RFC 6396 §B.2.6). */
export const BGP4MP_STATE_CHANGE = 0;
export const BGP4MP_STATE_CHANGE_AS4 = 5;

/** Subtypes of BGP, BGP4PLUS and BGP4PLUS_01 (RFC 6396 §B.2.1) that say something; 0, 2 and 4 do not. */
export const BGP_UPDATE = 1;
export const BGP_STATE_CHANGE = 3;
export const BGP_OPEN = 5;
export const BGP_NOTIFY = 6;
export const BGP_KEEPALIVE = 7;

/** What a message subtype says about its record. */
export interface MessageSubtype {
  readonly asnSize: 2 | 4;
  readonly addPath: boolean;
  /** Sent by the collector instead of received from the peer. */
  readonly local: boolean;
}

/** The message subtypes of BGP4MP by number; the row index is the subtype. */
export const MESSAGE_SUBTYPES: readonly (MessageSubtype | undefined)[] = [
  undefined,
  { asnSize: 2, addPath: false, local: false }, // BGP4MP_MESSAGE
  undefined,
  undefined,
  { asnSize: 4, addPath: false, local: false }, // BGP4MP_MESSAGE_AS4
  undefined,
  { asnSize: 2, addPath: false, local: true }, // BGP4MP_MESSAGE_LOCAL
  { asnSize: 4, addPath: false, local: true }, // BGP4MP_MESSAGE_AS4_LOCAL
  { asnSize: 2, addPath: true, local: false }, // BGP4MP_MESSAGE_ADDPATH
  { asnSize: 4, addPath: true, local: false }, // BGP4MP_MESSAGE_AS4_ADDPATH
  { asnSize: 2, addPath: true, local: true }, // BGP4MP_MESSAGE_LOCAL_ADDPATH
  { asnSize: 4, addPath: true, local: true }, // BGP4MP_MESSAGE_AS4_LOCAL_ADDPATH
];
