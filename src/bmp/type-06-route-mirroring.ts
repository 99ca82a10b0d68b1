import { readU16 } from '../bytes/index.js';
import type { PeerHeader } from './peer-header.js';
import type { BmpTlv } from './tlv.js';

/** Route Mirroring (RFC 7854 §4.7): messages of a peer word for word, also those that were wrong. */
export interface BmpRouteMirroring {
  readonly kind: 'route-mirroring';
  readonly peer: PeerHeader;
  readonly items: readonly BmpTlv[];
}

/** What a Route Mirroring message holds. */
export interface Mirrored {
  /** The BGP message, header included; a view. */
  readonly message?: Uint8Array;
  /** The message was wrong, and treated as a withdrawal. */
  readonly errored: boolean;
  /** Messages may have been lost before this one. */
  readonly lost: boolean;
}

/** The TLVs of a Route Mirroring message: a BGP message (0), codes about it (1). */
export function readMirrored({ items }: BmpRouteMirroring): Mirrored {
  const message = items.find(({ type }) => type === 0)?.value;
  const codes = items.flatMap(({ type, value }) =>
    type === 1 && value.length === 2 ? [readU16(value, 0)] : [],
  );
  return { ...(message && { message }), errored: codes.includes(0), lost: codes.includes(1) };
}
