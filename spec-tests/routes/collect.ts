import { execFileSync } from 'node:child_process';
import { concatOctets } from 'pathsec/bytes';
import { formatPrefix } from 'pathsec/inet';
import {
  copyElement,
  createBgpdumpWriter,
  createMrtReader,
  createRouteReader,
  type Element,
  type ReadOptions,
  type ReadSummary,
} from 'pathsec/routes';

export interface Collected {
  readonly elements: readonly Element[];
  readonly lines: readonly string[];
  readonly summary: ReadSummary;
  /** Codes of the problems kept. */
  readonly codes: readonly string[];
}

/** Reads MRT octets in pieces of `step` octets. */
export function readMrt(octets: Uint8Array, options: ReadOptions = {}, step = octets.length || 1): Collected {
  const elements: Element[] = [];
  const lines: string[] = [];
  const write = createBgpdumpWriter();
  const reader = createMrtReader((element, source) => {
    elements.push(copyElement(element));
    lines.push(write(element, source) ?? '');
  }, options);
  for (let at = 0; at < octets.length; at += step) reader.push(octets.subarray(at, at + step));
  reader.end();
  return {
    elements,
    lines,
    summary: reader.summary,
    codes: reader.summary.problems.first.map(({ code }) => code),
  };
}

/** Reads text in pieces of `step` octets. */
export function readText(text: string, options: ReadOptions = {}, step = 1 << 16): Collected {
  const octets = new TextEncoder().encode(text);
  const elements: Element[] = [];
  const reader = createRouteReader((element) => elements.push(copyElement(element)), options);
  for (let at = 0; at < octets.length; at += step) reader.push(octets.subarray(at, at + step));
  reader.end();
  return {
    elements,
    lines: [],
    summary: reader.summary,
    codes: reader.summary.problems.first.map(({ code }) => code),
  };
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return concatOctets(parts);
}

/** The prefix of an element with its Path Identifier, or what else it is. */
export const brief = (element: Element): string =>
  'prefix' in element
    ? `${formatPrefix(element.prefix)}${element.pathId === undefined ? '' : ` #${element.pathId}`}`
    : element.kind;

/** What bgpdump prints of MRT records, a line an element. */
export function bgpdumpLines(octets: Uint8Array): string[] {
  const text = execFileSync('bgpdump', ['-q', '-m', '-'], {
    input: octets,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return text.split('\n').slice(0, -1);
}
