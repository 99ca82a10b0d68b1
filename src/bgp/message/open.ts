import { createReader, createWriter } from '../../bytes/index.js';
import { AS_TRANS, type Asn, requireAsn } from '../../inet/index.js';
import type { FourOctetAsCapability } from '../capability/cap-65-four-octet-as.js';
import type { Capability } from '../capability/capability.js';
import { sessionReset } from '../fault.js';
import { frameMessage, HEADER_LENGTH, MSG_OPEN } from './message-header.js';
import { decodeOpenParameters, type OpenParameters, writeOpenParameters } from './open-parameters.js';

/** The only version there is (RFC 4271 §4.2). */
const BGP_VERSION = 4;

/** An OPEN message (RFC 4271 §4.2). */
export interface OpenMessage extends OpenParameters {
  readonly kind: 'open';
  /** "My Autonomous System", 2 octets: AS_TRANS where the AS number needs four. See {@link openAsn}. */
  readonly myAs: number;
  /** Seconds: 0, or 3..65535. */
  readonly holdTime: number;
  /** BGP Identifier, an unsigned 32-bit number that is not 0. */
  readonly bgpIdentifier: number;
}

/**
 * Decodes the body of an OPEN message whose header was read; `octets` is the whole message.
 *
 * What RFC 4271 §6.2 has rejected is refused here (docs/decisions/bgp.md D-open-strict).
 *
 * @throws {BgpError} session-reset, codes of {@link decodeOpenParameters} and `bgp-version` (2/1),
 * `peer-as-zero` (2/2; RFC 7607 §2), `bgp-identifier-zero` (2/3), `hold-time` (2/6).
 */
export function decodeOpen(octets: Uint8Array): OpenMessage {
  const reader = createReader(octets, HEADER_LENGTH);
  const version = reader.u8('open.version');
  if (version !== BGP_VERSION) {
    const data = Uint8Array.of(0, BGP_VERSION);
    throw sessionReset('bgp-version', `version ${version}`, place('version', reader.offset - 1), 2, 1, data);
  }
  const myAs = reader.u16('open.my-as');
  const holdTime = reader.u16('open.hold-time');
  const bgpIdentifier = reader.u32('open.bgp-identifier');
  const open: OpenMessage = {
    kind: 'open',
    myAs,
    holdTime,
    bgpIdentifier,
    ...decodeOpenParameters(reader),
  };
  if (myAs === 0 || openAsn(open) === 0) {
    throw sessionReset('peer-as-zero', 'AS 0', place('my-as', HEADER_LENGTH + 1), 2, 2);
  }
  if (holdTime === 1 || holdTime === 2) {
    throw sessionReset('hold-time', `${holdTime} s`, place('hold-time', HEADER_LENGTH + 3), 2, 6);
  }
  // The syntax rule of RFC 4271 is that of a host address; only 0 is refused (docs/decisions/bgp.md D-bgp-identifier).
  if (bgpIdentifier === 0) {
    throw sessionReset('bgp-identifier-zero', '0', place('bgp-identifier', HEADER_LENGTH + 5), 2, 3);
  }
  return open;
}

/**
 * The whole message. An OPEN never exceeds 4096 octets (RFC 8654 §4).
 *
 * @throws {RangeError} for what does not fit, or what {@link decodeOpen} refuses: AS 0, hold time 1 or 2, identifier 0.
 */
export function encodeOpen(open: OpenMessage): Uint8Array {
  if (open.myAs === 0 || openAsn(open) === 0)
    throw new RangeError('open.my-as: 0 is not an AS (RFC 7607 §2)');
  if (open.holdTime === 1 || open.holdTime === 2)
    throw new RangeError('open.hold-time: 0 or at least 3 seconds');
  if (open.bgpIdentifier === 0) throw new RangeError('open.bgp-identifier: 0 is not an identifier');
  const writer = createWriter()
    .u8(BGP_VERSION, 'open.version')
    .u16(open.myAs, 'open.my-as')
    .u16(open.holdTime, 'open.hold-time')
    .u32(open.bgpIdentifier, 'open.bgp-identifier');
  writeOpenParameters(writer, open);
  return frameMessage(MSG_OPEN, writer.finish(), false);
}

/**
 * An OPEN of `asn` with its capabilities in one parameter; "My Autonomous System" is AS_TRANS for an ASN above 65535
 * (RFC 6793 §4.2.1). A capability 65 is added in front unless there is one.
 */
export function makeOpen(
  asn: Asn,
  bgpIdentifier: number,
  capabilities: readonly Capability[],
  holdTime = 90,
): OpenMessage {
  requireAsn(asn, 'the AS of an OPEN,');
  const own: FourOctetAsCapability = { name: 'four-octet-as', asn };
  const list = capabilities.some(({ name }) => name === 'four-octet-as')
    ? capabilities
    : [own, ...capabilities];
  return {
    kind: 'open',
    myAs: asn > 0xffff ? AS_TRANS : asn,
    holdTime,
    bgpIdentifier,
    parameters: [list],
  };
}

/** All capabilities, whatever parameters they came in (RFC 5492 §4). */
export function openCapabilities(open: OpenMessage): Capability[] {
  return open.parameters.flat();
}

/** The AS number of the sender: that of capability 65 where announced, else My Autonomous System (RFC 6793 §4.1). */
export function openAsn(open: OpenMessage): Asn {
  for (const capability of openCapabilities(open)) {
    if (capability.name === 'four-octet-as') return capability.asn;
  }
  return open.myAs;
}

function place(field: string, offset: number): { field: string; offset: number } {
  return { field: `open.${field}`, offset };
}
