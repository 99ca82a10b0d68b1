import { type AsPath, parseAsPath } from '../../bgp/index.js';
import { DecodeError } from '../../bytes/index.js';

/** A path as it was read from what was typed or pasted. */
export type PathReading =
  | {
      readonly asPath: AsPath;
      /** The text of the path, and a prefix that stood beside it, where more than a path was pasted. */
      readonly pasted?: { readonly path: string; readonly prefix?: string };
    }
  | { readonly problem: string };

/** ASes of a path that are judged; a longer text is refused before it is read. */
const MAX_ASES = 4096;
/** Characters of a path; what is more is not kept, and the path is refused. */
export const MAX_TEXT = MAX_ASES * 11;

/** Reads a path, or a whole line of a router or of bgpdump that has one. */
export function readPath(text: string): PathReading {
  if (text.length > MAX_TEXT) return { problem: `more than ${MAX_TEXT.toLocaleString('en')} characters` };
  try {
    return bounded(parseAsPath(text));
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const pasted = fromDump(text) ?? fromTable(text);
    if (pasted === undefined) return { problem: placed(error) };
    try {
      return { ...bounded(parseAsPath(pasted.path)), pasted };
    } catch {
      return { problem: placed(error) };
    }
  }
}

function bounded(asPath: AsPath): PathReading {
  const count = asPath.reduce((sum, { asns }) => sum + asns.length, 0);
  return count > MAX_ASES ? { problem: `more than ${MAX_ASES.toLocaleString('en')} ASes` } : { asPath };
}

function placed({ message, offset }: DecodeError): string {
  const said = message.replace(/^as-path(?: at offset \d+)?: /, '');
  return offset === undefined ? said : `${said}, at character ${offset + 1}`;
}

/** A line of bgpdump -m: the prefix is its sixth field, the path its seventh. */
function fromDump(text: string): { path: string; prefix?: string } | undefined {
  const fields = text.trim().split('|');
  const [, , , , , prefix = '', path] = fields;
  return fields.length >= 7 && path !== undefined && prefix.includes('/') ? { path, prefix } : undefined;
}

const NUMBER = /^(?:[0-9]+(?:\.[0-9]+)?|\{[0-9,]+\})$/;

/**
 * A row of a routing table: prefix, next hop, metric, local preference, weight, path, and the code of the origin. The path is
 * the numbers at the end, after a weight (0 or 32768), which no path holds.
 */
function fromTable(text: string): { path: string; prefix?: string } | undefined {
  const words = text.trim().split(/\s+/);
  if (/^(?:[ie?]|IGP|EGP|incomplete)$/.test(words.at(-1) ?? '')) words.pop();
  let start = words.length;
  while (start > 0 && NUMBER.test(words[start - 1] ?? '')) start--;
  const numbers = words.slice(start);
  const weight = Math.max(numbers.lastIndexOf('0'), numbers.lastIndexOf('32768'));
  const path = numbers.slice(weight + 1).join(' ');
  const prefix = words
    .map((word) => word.replace(/^[*>=dhsriSmbfaxN]+/, ''))
    .find((word) => /^[0-9a-f:.]+\/[0-9]+$/i.test(word));
  if (path === '' || start === 0) return undefined;
  return { path, ...(prefix !== undefined && { prefix }) };
}
