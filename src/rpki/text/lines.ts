/** The lines of a text, trimmed, with their numbers from 1 on; a byte order mark and either line end are passed over. */
export function* linesOf(text: string): IterableIterator<{ readonly line: string; readonly number: number }> {
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let number = 1; start <= text.length; number++) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    yield { line: text.slice(start, end).trim(), number };
    start = end + 1;
  }
}
