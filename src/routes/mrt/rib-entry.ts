import { type AsnSize, type AsPath, BgpError, type NlriCursor, scanPathAttributes } from '../../bgp/index.js';
import type { PathOctets } from '../element-source.js';
import { type Emitter, reportFault } from '../emitter.js';
import { routePath } from '../route-path.js';

const NO_PATH: AsPath = [];

/**
 * Delivers one RIB entry, a route to the prefix that `cursor` holds, with the attributes `octets[start, end)`. An entry
 * whose attributes are malformed is reported and left out: there is nothing to withdraw in a dump.
 *
 * @param available where the octets end when that is before `end`: the entry is delivered when its path stands before
 * the cut (docs/decisions/routes.md D-mrt-cut-message).
 */
export function deliverRibEntry(
  emitter: Emitter,
  cursor: NlriCursor,
  octets: Uint8Array,
  start: number,
  end: number,
  asnSize: AsnSize,
  available = end,
): void {
  const { scan, route, source, summary } = emitter;
  if (available < end && emitter.strict) return;
  scanPathAttributes(octets, start, end, scan, available);
  let dropped = false;
  for (const fault of scan.faults) {
    reportFault(emitter, fault, fault.treatment);
    dropped ||= fault.treatment === 'treat-as-withdraw';
  }
  let path: PathOctets | undefined;
  try {
    path = routePath(emitter, octets, asnSize);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    reportFault(emitter, error.fault, error.treatment);
    dropped = true;
  }
  if (dropped || (path === undefined && scan.attributesCut)) return;
  source.octets = octets;
  source.attributesStart = start;
  source.attributesEnd = scan.attributes.end;
  source.asnSize = asnSize;
  source.path = path;
  source.multiprotocol = cursor.prefix.afi === 2;
  route.rib = true;
  route.prefix = cursor.prefix;
  if (path === undefined) route.asPath = NO_PATH;
  route.hasAsPath = path !== undefined;
  summary.routes++;
  emitter.deliver(route);
}
