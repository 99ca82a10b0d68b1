import { type Capability, encodeMessage, formatAsPath, makeOpen } from 'pathsec/bgp';
import { formatAddress, formatPrefix } from 'pathsec/inet';
import { createRouteReader, type Element, type ReadOptions } from 'pathsec/routes';
import { Connection } from '../unpack/capture-files.js';

function shown(element: Element): string {
  if (element.kind === 'path') return element.kind;
  const { peer, time, microseconds } = element;
  const who = `${formatAddress(peer.address)} AS${peer.asn} ${time - 1_700_000_000}.${microseconds}`;
  if (element.kind === 'state') return `${who} state`;
  const id = element.pathId === undefined ? '' : ` id ${element.pathId}`;
  const path =
    element.kind === 'route' ? ` ${formatAsPath(element.asPath)}${element.signed ? ' signed' : ''}` : '';
  return `${who} ${element.kind} ${formatPrefix(element.prefix)}${id}${path}`;
}

/** A capture as the route reader sees it: its elements as text, its problems with the numbers of their packets. */
export function read(octets: Uint8Array, options: ReadOptions = {}, chunk = octets.length || 1) {
  const elements: string[] = [];
  const reader = createRouteReader((element) => elements.push(shown(element)), options);
  for (let at = 0; at < octets.length; at += chunk) reader.push(octets.subarray(at, at + chunk));
  reader.end();
  const { summary } = reader;
  const problems = summary.problems.first.map(({ code, number }) => `${code} #${number}`);
  return { elements, problems, summary };
}

export const KEEPALIVE = encodeMessage({ kind: 'keepalive' });
export const open = (asn: number, ...capabilities: readonly Capability[]): Uint8Array =>
  encodeMessage(makeOpen(asn, asn, capabilities));
/** An OPEN of a speaker that knows AS numbers of two octets alone. */
export const oldOpen = (asn: number): Uint8Array =>
  encodeMessage({ kind: 'open', myAs: asn, holdTime: 90, bgpIdentifier: asn, parameters: [] });

/** A connection whose sides have opened a session: `a` is AS 64496 at 192.0.2.1, `b` AS 64500 at 192.0.2.2. */
export function session(a: Uint8Array = open(64496), b: Uint8Array = open(64500)): Connection {
  return new Connection().send('b', b).send('a', a, KEEPALIVE).send('b', KEEPALIVE);
}

export const PATH_A = '64496 64497';
/** Packets of {@link session}. */
export const OPENED = 6;
