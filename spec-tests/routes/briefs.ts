import { formatAsPath } from 'pathsec/bgp';
import { formatAddress, formatPrefix } from 'pathsec/inet';
import type { Element } from 'pathsec/routes';
import { readText } from './collect.js';

/** An element in one line, for comparisons. */
export function brief(element: Element): string {
  if (element.kind === 'path') return `${element.role ?? '-'}: ${formatAsPath(element.asPath)}`;
  const { time, microseconds, peer, peerAs, local } = element;
  const address = peer.address.length === 0 ? '-' : formatAddress(peer.address);
  const head = `${element.kind} ${time}.${microseconds ?? '-'} ${address} ${peerAs}${local ? ' local' : ''}`;
  if (element.kind === 'state') return `${head} ${element.oldState}>${element.newState}`;
  const id = element.pathId === undefined ? '' : ` #${element.pathId}`;
  const prefix = `${head} ${formatPrefix(element.prefix)}${id}`;
  return element.kind === 'route'
    ? `${prefix} ${element.rib ? 'B' : 'A'} ${formatAsPath(element.asPath)}`
    : prefix;
}

/** The elements of a text, each in one line. */
export const briefs = (text: string, step?: number) => readText(text, {}, step).elements.map(brief);
