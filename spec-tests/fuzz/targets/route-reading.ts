import { formatAsPath } from 'pathsec/bgp';
import { formatAddress, formatPrefix } from 'pathsec/inet';
import {
  copyElement,
  createBgpdumpWriter,
  createMrtReader,
  type Element,
  type OnElement,
  type ReadOptions,
  type RouteReader,
} from 'pathsec/routes';
import { must } from '../lib/target.js';

type Create = (onElement: OnElement, options: ReadOptions) => RouteReader;

/** An element as text; all of it that is said. */
export function shown(element: Element): string {
  if (element.kind === 'path') return `path ${formatAsPath(element.asPath)} ${element.role}`;
  const { time, microseconds, peer, local } = element;
  const address = peer.address.length === 0 ? '-' : formatAddress(peer.address);
  const head = `${element.kind} ${time}.${microseconds} ${address} ${peer.asn} ${local}`;
  if (element.kind === 'state') return `${head} ${element.oldState} ${element.newState}`;
  const prefix = `${head} ${formatPrefix(element.prefix)} ${element.pathId}`;
  return element.kind === 'route' ? `${prefix} ${element.rib} ${formatAsPath(element.asPath)}` : prefix;
}

/** What comes out of a reader, elements and problems, when the input comes in chunks. */
export function read(create: Create, octets: Uint8Array, chunk: number, options: ReadOptions) {
  const elements: string[] = [];
  const lines: string[] = [];
  const write = createBgpdumpWriter();
  const reader = create(
    (element, source) => {
      elements.push(shown(copyElement(element)));
      // The writer is for elements of MRT: those of text may have no address of a peer.
      const line = create === createMrtReader ? write(element, source) : undefined;
      if (line !== undefined) lines.push(line);
    },
    { maxRecordLength: 4096, keepProblems: 20, ...options },
  );
  for (let at = 0; at < octets.length; at += chunk) reader.push(octets.slice(at, at + chunk));
  reader.end();
  const { records, routes, withdrawals, states, paths, problems } = reader.summary;
  must(reader.summary.octets <= octets.length, 'more octets than there are');
  must(routes + withdrawals + states + paths === elements.length, 'the summary counts other elements');
  must(problems.first.length <= 20, 'more problems kept than asked for');
  const first = problems.first.map(({ code, number, offset }) => `${code} ${number} ${offset}`);
  return { elements, lines, records, problems: problems.count, first };
}
