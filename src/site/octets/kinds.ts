import { BgpError, describeMessage, type SessionOptions } from '../../bgp/index.js';
import { describeBmp, looksLikeBmp } from '../../bmp/index.js';
import type { DescribedOctets } from '../../bytes/index.js';
import type { OctetsState } from '../../links/index.js';
import { describeMrt } from '../../routes/index.js';
import { describeDer } from '../../rpki/index.js';
import { describePdus } from '../../rtr/index.js';

/** What octets are read as. */
export type OctetsKind = NonNullable<OctetsState['kind']>;

/** A fault of a message, and what RFC 7606 has a receiver do about it. */
export interface OctetsFault {
  readonly text: string;
  readonly offset: number | undefined;
  readonly treatment: string | undefined;
}

/** Octets with all that is known of them. */
export interface Described {
  readonly tree: DescribedOctets;
  readonly faults: readonly OctetsFault[];
}

export const KIND_NAMES: Readonly<Record<OctetsKind, string>> = {
  bgp: 'BGP message',
  mrt: 'MRT record',
  bmp: 'BMP message',
  rtr: 'RTR PDU',
  der: 'DER (RPKI object)',
};

const MARKER = 16;

/** What octets are by how they begin; a BGP message where nothing tells. */
export function kindOf(octets: Uint8Array): OctetsKind {
  if (octets.length >= MARKER && octets.subarray(0, MARKER).every((octet) => octet === 0xff)) return 'bgp';
  if (looksLikeBmp(octets)) return 'bmp';
  const frame = (kind: OctetsKind): boolean => frameLength(octets, 0, kind) <= octets.length;
  if (octets[0] === 0x30 && ((octets[1] ?? 0) < 0x80 ? frame('der') : (octets[1] ?? 0) <= 0x84)) return 'der';
  if (octets.length >= 12 && octets[4] === 0 && [12, 13, 16, 17].includes(octets[5] ?? 0)) return 'mrt';
  if (octets.length >= 8 && (octets[0] ?? 9) <= 2 && (octets[1] ?? 99) <= 11 && frame('rtr')) return 'rtr';
  return 'bgp';
}

/** Octets of the frame that begins at `at`: what its own length says, or all that is left. */
function frameLength(octets: Uint8Array, at: number, kind: OctetsKind): number {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const left = octets.length - at;
  if (kind === 'bgp') return left < 19 ? left : Math.max(19, view.getUint16(at + 16));
  if (kind === 'mrt') return left < 12 ? left : 12 + view.getUint32(at + 8);
  if (kind === 'bmp') return left < 6 ? left : Math.max(6, view.getUint32(at + 1));
  if (kind === 'rtr') return left < 8 ? left : Math.max(8, view.getUint32(at + 4));
  return octets[at + 1] !== undefined && (octets[at + 1] as number) < 0x80
    ? 2 + (octets[at + 1] as number)
    : left;
}

/** A stretch of octets that is one message, record or PDU. */
export interface Frame {
  readonly start: number;
  readonly end: number;
  /** Where it comes from, in words. */
  readonly label?: string;
  /** Where it is of another kind than the others of its file. */
  readonly kind?: OctetsKind;
}

/** The frames of a stream, at most so many. */
export function framesOf(octets: Uint8Array, kind: OctetsKind, most: number): Frame[] {
  const frames: Frame[] = [];
  for (let start = 0; start < octets.length && frames.length < most; ) {
    const length = kind === 'der' ? octets.length : frameLength(octets, start, kind);
    const end = Math.min(octets.length, start + length);
    frames.push({ start, end });
    start = end;
  }
  return frames;
}

/** Describes one frame. */
export function describeFrame(octets: Uint8Array, kind: OctetsKind, session: SessionOptions): Described {
  if (kind === 'bgp') {
    const { errors, tree } = describeMessage(octets, session);
    const faults = errors.map((error) => ({
      text: `${error.code}: ${error.message}`,
      offset: error.offset,
      treatment: error instanceof BgpError ? error.treatment : undefined,
    }));
    return { tree, faults };
  }
  const describe = { mrt: describeMrt, bmp: describeBmp, rtr: describePdus, der: describeDer }[kind];
  return { tree: describe(octets), faults: [] };
}
