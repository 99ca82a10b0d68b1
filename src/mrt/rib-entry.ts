import { type AsnSize, type AsPath, BgpError, type NlriCursor, scanPathAttributes } from '../bgp/index.js';
import { type Emitter, type PathOctets, reportFault } from './emitter.js';
import { routePath } from './route-path.js';

const NO_PATH: AsPath = [];

/**
 * Delivers one RIB entry, a route to the prefix that `cursor` holds, with the attributes `octets[start, end)`. An entry
 * whose attributes are malformed is reported and left out: there is nothing to withdraw in a dump.
 */
export function deliverRibEntry(
  emitter: Emitter,
  cursor: NlriCursor,
  octets: Uint8Array,
  start: number,
  end: number,
  asnSize: AsnSize,
): void {
  const { scan, route, source, summary } = emitter;
  scanPathAttributes(octets, start, end, scan);
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
  if (dropped) return;
  source.octets = octets;
  source.attributesStart = start;
  source.attributesEnd = end;
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
