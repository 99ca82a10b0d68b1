import { formatAsPath } from 'pathsec/bgp';
import { formatAddress, formatPrefix } from 'pathsec/inet';
import { createRouteReader, type Element } from 'pathsec/routes';
import { expect } from 'vitest';

/** An element in a line: kind, time, peer, prefix, path. */
function textOf(element: Element): string {
  if (element.kind === 'path') return `path ${formatAsPath(element.asPath)}`;
  const { address, asn } = element.peer;
  const head = [
    element.kind === 'route' ? (element.rib ? 'rib' : 'route') : element.kind,
    element.time + (element.microseconds ?? 0) / 1e6,
    `${address.length > 0 ? formatAddress(address) : '?'}/${asn}${element.local ? '!' : ''}`,
  ];
  if (element.kind === 'state') return [...head, element.oldState, element.newState].join(' ');
  const id = element.pathId === undefined ? '' : `#${element.pathId}`;
  const tail = element.kind === 'route' ? [formatAsPath(element.asPath)] : [];
  return [...head, `${formatPrefix(element.prefix)}${id}`, ...tail].join(' ');
}

/** What a text holds, its problems as `code@line`, and what was passed over. */
export function read(text: string) {
  const elements: string[] = [];
  const reader = createRouteReader((element) => elements.push(textOf(element)));
  reader.push(new TextEncoder().encode(text));
  reader.end();
  const { problems, skippedRecords, cutOff } = reader.summary;
  const listed = problems.first.map(({ code, number }) => `${code}@${number}`);
  return { elements, problems: listed, skipped: skippedRecords, cutOff: cutOff?.code };
}
export const elementsOf = (...lines: string[]): string[] => {
  const { elements, problems } = read(`${lines.join('\n')}\n`);
  expect(problems).toEqual([]);
  return elements;
};
export const problemsOf = (...lines: string[]): string[] => read(`${lines.join('\n')}\n`).problems;
