import {
  createNlriCursor,
  createUpdateScan,
  HEADER_LENGTH,
  nextNlri,
  resetNlri,
  scanMpReach,
  scanUpdate,
} from '../../bgp/index.js';
import { AFI_IPV4, AFI_IPV6, type Prefix, SAFI_UNICAST } from '../../inet/index.js';

/**
 * A function that gives the prefixes of IPv4 and IPv6 unicast that an UPDATE announces, a whole message with header, without Path
 * Identifiers. The prefix is valid during the call.
 *
 * @throws {BgpError} for a message that is none, as `scanUpdate`, `scanMpReach` and `nextNlri` do.
 */
export function createPrefixScan(onPrefix: (prefix: Prefix) => void): (message: Uint8Array) => void {
  const scan = createUpdateScan();
  const [four, six] = [createNlriCursor(1), createNlriCursor(2)];
  const walk = (cursor: typeof four, message: Uint8Array, start: number, end: number): void => {
    resetNlri(cursor, message, start, end, false);
    while (nextNlri(cursor)) onPrefix(cursor.prefix);
  };
  return (message) => {
    scanUpdate(message, HEADER_LENGTH, message.length, scan);
    const { nlri, mpReach } = scan;
    walk(four, message, nlri.start, nlri.end);
    if (mpReach.start < 0) return;
    const { afi, safi, nlriStart, nlriEnd } = scanMpReach(message, mpReach.start, mpReach.end);
    const cursor =
      safi !== SAFI_UNICAST ? undefined : afi === AFI_IPV4 ? four : afi === AFI_IPV6 ? six : undefined;
    if (cursor) walk(cursor, message, nlriStart, nlriEnd);
  };
}
