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
  const end = line.lastIndexOf('}');
  for (let at = line.indexOf('{') + 1; at < end; ) {
    const name = valueAt(line, at);
    const value = valueAt(line, line.indexOf(':', name.end) + 1);
    if (JSON.parse(name.text) === 'id') found = value.text; // of several the last one counts, as in JSON.parse
    at = value.end;
    while (at < end && /[\s,]/.test(line[at] ?? '')) at++;
  }
  return found;
}

/** The value that begins at or after `from`, without white space, and where it ends. */
function valueAt(line: string, from: number): { readonly text: string; readonly end: number } {
  const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s"[\]{},:]+/g;
  token.lastIndex = from;
  let depth = 0;
  const tokens: string[] = [];
  for (let match = token.exec(line); match !== null; match = token.exec(line)) {
    const [text] = match;
    tokens.push(text);
    if (text === '[' || text === '{') depth++;
    else if (text === ']' || text === '}') depth--;
    if (depth === 0) break;
  }
  return { text: tokens.join(''), end: token.lastIndex };
}
