import { createReader, createWriter } from '../../bytes/index.js';
import type { Family } from './cap-01-multiprotocol.js';

/** The capability code (RFC 7911 §7). */
export const CAP_ADD_PATH = 69;

/** One tuple of the capability: what the sender is able to do for a family. */
export interface AddPathFamily extends Family {
  readonly mode: 'receive' | 'send' | 'both';
}

/** ADD-PATH (RFC 7911 §4). */
export interface AddPathCapability {
  readonly name: 'add-path';
  readonly families: readonly AddPathFamily[];
}

const MODES = [undefined, 'receive', 'send', 'both'] as const;

/**
 * The capability value read; undefined when it is not one or more tuples of 4 octets or when a Send/Receive field is
 * not 1, 2 or 3: the capability then counts as not understood (RFC 7911 §4).
 */
export function decodeAddPath(value: Uint8Array): AddPathCapability | undefined {
  if (value.length === 0 || value.length % 4 !== 0) return undefined;
  const reader = createReader(value);
  const families: AddPathFamily[] = [];
  while (reader.remaining > 0) {
    const afi = reader.u16('add-path.afi');
    const safi = reader.u8('add-path.safi');
    const mode = MODES[reader.u8('add-path.send-receive')];
    if (mode === undefined) return undefined;
    families.push({ afi, safi, mode });
  }
  return { name: 'add-path', families };
}

/**
 * The capability value.
 *
 * @throws {RangeError} without any family.
 */
export function encodeAddPath(capability: AddPathCapability): Uint8Array {
  if (capability.families.length === 0) throw new RangeError('add-path.families: at least one is needed');
  const writer = createWriter();
  for (const { afi, safi, mode } of capability.families) {
    writer
      .u16(afi, 'add-path.afi')
      .u8(safi, 'add-path.safi')
      .u8(MODES.indexOf(mode), 'add-path.send-receive');
  }
  return writer.finish();
}
