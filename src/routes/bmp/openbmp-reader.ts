import {
  type BmpPeers,
  createBmpPeers,
  createOpenBmpSplitter,
  decodeOpenBmp,
  MAX_BMP_MESSAGE_LENGTH,
  OPENBMP_RAW,
} from '../../bmp/index.js';
import { DecodeError, toHex } from '../../bytes/index.js';
import type { Emitter, ReadOptions } from '../emitter.js';
import type { RouteReader } from '../reader.js';
import { framedReaderOf } from './bmp-reader.js';

/** NON-SPEC: routers of one stream whose peers are known at once. */
const MAX_ROUTERS = 1_024;

/**
 * The reader of a stream of OpenBMP frames (its raw feed): the BMP messages in them, of many routers, each with peers of its
 * own. Frames of other object types are counted as skipped.
 */
export function openBmpReaderOf(emitter: Emitter, options: ReadOptions): RouteReader {
  const routers = new Map<string, BmpPeers>();
  const peersOf = (router: string): BmpPeers => {
    const known = routers.get(router);
    if (known) return known;
    if (routers.size >= MAX_ROUTERS) {
      throw new DecodeError('openbmp-routers', `more than ${MAX_ROUTERS} routers`, {
        field: 'openbmp.router-hash',
      });
    }
    const peers = createBmpPeers();
    routers.set(router, peers);
    return peers;
  };
  return framedReaderOf(emitter, {
    splitter: createOpenBmpSplitter(options.maxRecordLength ?? MAX_BMP_MESSAGE_LENGTH),
    open(frame) {
      const { objectType, router, message } = decodeOpenBmp(frame);
      if (objectType !== OPENBMP_RAW) return `openbmp/${objectType}`;
      return { message, peers: peersOf(router ? toHex(router.hash) : '') };
    },
  });
}
