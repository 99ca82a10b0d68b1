import { createWriter, readU16 } from '../../bytes/index.js';

/** The capability code (RFC 8205 §2.1). */
export const CAP_BGPSEC = 7;

const DIRECTION_SEND = 0x08;
const UNASSIGNED = 0x07;

/** BGPsec (RFC 8205 §2.1, Figure 1): one instance per version, direction and address family. */
export interface BgpsecCapability {
  readonly name: 'bgpsec';
  /** 0..15; RFC 8205 defines version 0 only. */
  readonly version: number;
  /** What the speaker is able to do with BGPsec UPDATE messages. */
  readonly direction: 'send' | 'receive';
  readonly afi: number;
  /** The low three bits of the first octet: 0 when sent, ignored when received. */
  readonly unassigned: number;
}

/**
 * The capability value read; undefined when it has not 3 octets (docs/decisions/bgpsec.md D-bgpsec-capability-faults).
 */
export function decodeBgpsecCapability(value: Uint8Array): BgpsecCapability | undefined {
  if (value.length !== 3) return undefined;
  const first = value[0] as number;
  return {
    name: 'bgpsec',
    version: first >> 4,
    // The direction bit is the fifth from the left, mask 0x08 (§2.1; §9 counts from 0 and calls it the fourth).
    direction: first & DIRECTION_SEND ? 'send' : 'receive',
    afi: readU16(value, 1),
    unassigned: first & UNASSIGNED,
  };
}

/**
 * The capability value, 3 octets.
 *
 * @throws {RangeError} for a version above 15 or unassigned bits above 7.
 */
export function encodeBgpsecCapability(capability: BgpsecCapability): Uint8Array {
  const { version, direction, unassigned } = capability;
  if (!(Number.isInteger(version) && version >= 0 && version <= 15)) {
    throw new RangeError(`bgpsec.version: ${version} is not an integer in 0..15`);
  }
  if (!(Number.isInteger(unassigned) && unassigned >= 0 && unassigned <= UNASSIGNED)) {
    throw new RangeError(`bgpsec.unassigned: ${unassigned} is not an integer in 0..7`);
  }
  return createWriter()
    .u8((version << 4) | (direction === 'send' ? DIRECTION_SEND : 0) | unassigned, 'bgpsec')
    .u16(capability.afi, 'bgpsec.afi')
    .finish();
}
