/**
 * The text of the member `id` of a line that is a JSON object, where the value that JavaScript makes of it would not be
 * written again as it was: a number beyond 2^53, and lists and objects, in which such numbers can stand, and which can be
 * nested too deep to be written. Undefined for other ids, and where there is none. White space outside texts is left out.
 *
 * @param line what `JSON.parse` has read.
 * @param id what it has found.
 */
export function exactIdText(line: string, id: unknown): string | undefined {
  if (typeof id === 'number' ? Number.isSafeInteger(id) : typeof id !== 'object' || id === null)
    return undefined;
  let found: string | undefined;
  for (let at = line.indexOf('{') + 1; at < line.length; ) {
    const nameEnd = valueEnd(line, at);
    const valueStart = line.indexOf(':', nameEnd) + 1;
    const end = valueEnd(line, valueStart);
    // Of several the last one counts, as in JSON.parse.
    if (JSON.parse(line.slice(at, nameEnd)) === 'id') found = withoutBlanks(line.slice(valueStart, end));
    at = line.indexOf(',', end) + 1;
    if (at === 0) break;
  }
  return found;
}

/**
 * Where the value that begins at or after `from` ends. It goes by characters: no pattern with a step for each of them, which
 * a text of millions would let run out of stack.
 */
function valueEnd(line: string, from: number): number {
  let depth = 0;
  let at = from;
  while (isBlank(line[at])) at++;
  for (; at < line.length; at++) {
    const one = line[at];
    if (one === '"') {
      at = textEnd(line, at) - 1;
      if (depth === 0) return at + 1;
    } else if (one === '[' || one === '{') {
      depth++;
    } else if (one === ']' || one === '}') {
      if (depth === 0) return at; // it closes what holds a bare value
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (one === ',' || isBlank(one))) {
      return at;
    }
  }
  return at;
}

/** Where the text in quotes that begins at `start` ends. */
function textEnd(line: string, start: number): number {
  let at = start + 1;
  while (line[at] !== '"') at += line[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isBlank(one: string | undefined): boolean {
  return one === ' ' || one === '\t' || one === '\n' || one === '\r';
}

/** A JSON value without white space outside its texts. */
function withoutBlanks(value: string): string {
  if (!/[ \t\n\r]/.test(value)) return value;
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < value.length; ) {
    if (value[at] === '"') {
      at = textEnd(value, at);
    } else if (isBlank(value[at])) {
      parts.push(value.slice(start, at));
      while (isBlank(value[at])) at++;
      start = at;
    } else {
      at++;
    }
  }
  return parts.join('') + value.slice(start);
}
