import { type AsPath, formatAsPath } from '../../bgp/index.js';
import { formatAddress, formatPrefix } from '../../inet/index.js';
import type { Element } from '../element.js';
import type { ElementSource } from '../element-source.js';
import { BGP4MP_ET, BGP4PLUS_01, TABLE_DUMP } from '../mrt/mrt-types.js';
import { type BgpdumpColumns, bgpdumpColumns } from './bgpdump-columns.js';

/**
 * A function that gives the `bgpdump -m` line (without line end) of an element of the MRT reader; of a reused one within
 * the call that delivers it. Undefined for elements that bgpdump has no line for (plain paths).
 */
export function createBgpdumpWriter(): (element: Element, source: ElementSource) => string | undefined {
  let columns: BgpdumpColumns | undefined;
  let octetsOf: Uint8Array | undefined;
  let numberOf = 0;
  let startOf = 0;
  let path: AsPath | undefined;
  let pathText = '';

  const attributes = (source: ElementSource, rib: boolean): BgpdumpColumns => {
    const { number, octets, attributesStart, attributesEnd, asnSize } = source;
    // The octets alone do not tell: a reader reuses its buffer.
    const same = octets === octetsOf && number === numberOf && attributesStart === startOf;
    if (columns === undefined || !same) {
      columns = bgpdumpColumns(octets, attributesStart, attributesEnd, asnSize, rib);
      [octetsOf, numberOf, startOf] = [octets, number, attributesStart];
    }
    return columns;
  };

  return (element, source) => {
    if (element.kind === 'path') return undefined;
    const { type, time } = heading(element, source);
    const address = formatAddress(element.peer.address);
    const peer = `${address}|${element.peerAs}`;
    if (element.kind === 'state')
      return `${type}|${time}|STATE|${peer}|${element.oldState}|${element.newState}`;
    const pathId = element.pathId === undefined ? '' : `|${element.pathId}`;
    const prefix = `${formatPrefix(element.prefix)}${pathId}`;
    if (element.kind === 'withdrawal') return `${type}|${time}|W|${peer}|${prefix}`;
    if (element.asPath !== path) {
      path = element.asPath;
      pathText = formatAsPath(path);
    }
    const { origin, nextHop, mpNextHop, localPref, med, communities, atomicAggregate, aggregator } =
      attributes(source, element.rib);
    const hop = source.multiprotocol && mpNextHop !== '' ? mpNextHop : nextHop;
    return `${type}|${time}|${element.rib ? 'B' : 'A'}|${peer}|${prefix}|${pathText}|${origin}|${hop}|${localPref}|${med}|${communities}|${atomicAggregate ? 'AG' : 'NAG'}|${aggregator}|`;
  };
}

function heading(element: Exclude<Element, { kind: 'path' }>, source: ElementSource) {
  const { record } = source;
  const seconds = String(element.time);
  const addPath = 'pathId' in element && element.pathId !== undefined ? '_AP' : '';
  if (element.kind === 'route' && element.rib) {
    return { type: record?.type === TABLE_DUMP ? 'TABLE_DUMP' : `TABLE_DUMP2${addPath}`, time: seconds };
  }
  // The deprecated types (RFC 6396 §B.2) have the lowest numbers.
  if (record !== undefined && record.type <= BGP4PLUS_01) return { type: `BGP${addPath}`, time: seconds };
  const local = element.local ? '_LOCAL' : '';
  if (record?.type !== BGP4MP_ET) return { type: `BGP4MP${local}${addPath}`, time: seconds };
  const micros = String(element.microseconds ?? 0).padStart(6, '0');
  return { type: `BGP4MP_ET${local}${addPath}`, time: `${seconds}.${micros}` };
}
