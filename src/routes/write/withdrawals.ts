import {
  ATTR_MP_UNREACH_NLRI,
  encodeMpUnreach,
  encodeUpdateMessage,
  MSG_UPDATE,
  maxMessageLength,
  pathAttribute,
} from '../../bgp/index.js';
import { createWriter } from '../../bytes/index.js';
import { AFI_IPV4, type Afi, type Prefix, SAFI_UNICAST } from '../../inet/index.js';

/** Octets of an UPDATE with MP_UNREACH_NLRI that are no NLRI, at most; one with Withdrawn Routes has fewer. */
const AROUND = 30;
const NO_OCTETS = new Uint8Array(0);

/**
 * The UPDATEs that withdraw prefixes of one family, as many in each as fit (RFC 4271 §4.3, RFC 4760 §4). Without prefixes
 * one that says End-of-RIB (RFC 4724 §2).
 */
export function* withdrawalUpdates(
  afi: Afi,
  prefixes: Iterable<Prefix>,
  extendedMessages: boolean,
): Generator<Uint8Array> {
  const room = maxMessageLength(MSG_UPDATE, extendedMessages) - AROUND;
  let field = createWriter();
  let written = false;
  for (const { octets, length } of prefixes) {
    const size = (length + 7) >> 3;
    if (field.length + 1 + size > room) {
      yield messageOf(afi, field.finish(), extendedMessages);
      field = createWriter();
      written = true;
    }
    field.u8(length, 'nlri.length').bytes(octets.subarray(0, size));
  }
  if (field.length > 0 || !written) yield messageOf(afi, field.finish(), extendedMessages);
}

function messageOf(afi: Afi, field: Uint8Array, extendedMessages: boolean): Uint8Array {
  const four = afi === AFI_IPV4;
  const unreach = { afi, safi: SAFI_UNICAST, field };
  return encodeUpdateMessage(
    {
      kind: 'update',
      withdrawnField: four ? field : NO_OCTETS,
      attributes: four ? [] : [pathAttribute(ATTR_MP_UNREACH_NLRI, encodeMpUnreach(unreach))],
      nlriField: NO_OCTETS,
    },
    extendedMessages,
  );
}
