import { DecodeError } from './decode-error.js';

/** Values nested deeper than this are refused: nothing that is asked of anybody comes near, and memory stays bounded. */
const DEEPEST = 64;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Refuses a JSON text in which a member stands twice in an object: readers differ in which of the two they take (RFC 8259 §4,
 * docs/decisions/rpki-files.md D-json-duplicate-names), so one would be passed over in silence.
 *
 * @param text what `JSON.parse` has read.
 * @param free a member of the outermost object whose value is not looked into, such as the `id` of a question.
 * @throws {DecodeError} `duplicate-name` with the offset behind the second name; `json-depth` for more than 64 levels.
 */
export function requireUniqueNames(text: string, free?: string): void {
  /** The names in the object that is open at each level; undefined for a list. */
  const names: (Set<string> | undefined)[] = [];
  let depth = 0;
  let isFree = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = textEnd(text, at);
      const isName = !isFree && text.charCodeAt(pastBlanks(text, end)) === COLON;
      if (isName) {
        const name = textAt(text, at, end);
        if (names[depth]?.has(name)) throw twice(name, end);
        names[depth]?.add(name);
        isFree = depth === 1 && name === free;
      }
      at = end - 1;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth++;
      if (isFree) continue;
      if (depth > DEEPEST)
        throw new DecodeError('json-depth', `more than ${DEEPEST} levels`, { field: 'json', offset: at });
      names[depth] = code === OPEN_BRACE ? new Set() : undefined;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth--;
    } else if (code === COMMA && depth === 1) {
      isFree = false;
    }
  }
}

/**
 * Refuses a text with more levels than `most` before `JSON.parse` makes values of them: of 16 MiB of brackets it makes almost 1 GB.
 *
 * @param text any text: nothing is said of one that is no JSON.
 * @throws {DecodeError} `json-depth`.
 */
export function requireJsonDepth(text: string, most: number): void {
  if (text.length <= most) return;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = textEnd(text, at) - 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
    else if ((code === OPEN_BRACE || code === OPEN_BRACKET) && ++depth > most)
      throw new DecodeError('json-depth', `more than ${most} levels`, { field: 'json', offset: at });
  }
}

/** Where the text in quotes that begins at `start` ends: behind the first quote that no backslash escapes. */
function textEnd(text: string, start: number): number {
  for (let at = start; ; ) {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length;
    let escapes = 0;
    while (text[at - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return at + 1;
  }
}

function pastBlanks(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at++;
  return at;
}

/** The text whose quotes are at both ends; two that are written in different ways are the same. */
function textAt(text: string, start: number, end: number): string {
  const plain = text.slice(start + 1, end - 1);
  return plain.includes('\\') ? String(JSON.parse(text.slice(start, end))) : plain;
}

function twice(name: string, offset: number): DecodeError {
  const shown = JSON.stringify(name.slice(0, 60));
  return new DecodeError('duplicate-name', `${shown} stands twice in an object`, { field: 'json', offset });
}
