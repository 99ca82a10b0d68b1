/**
 * What a terminal or a reader would take for something else than a character on its line: controls (C0, DEL, C1), format
 * characters (those that turn the direction of writing, or cannot be seen), line and paragraph separators, halves of
 * surrogate pairs.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** The same but for line feed and tab, by which a text of several lines is laid out. */
const UNPRINTABLE_IN_LINES = /[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What is quickly seen to be in most texts: nothing that the other would look for. */
const BEYOND_ASCII_LINES = /[^ -~\n\t]/;

/**
 * Text of a stranger as it may stand on a line of a terminal: what is unprintable in it is written as JSON writes it in
 * strings (`\n`, `\u001b`). Nothing else changes, a backslash neither, so that doing it twice does no harm
 * (docs/decisions/cli.md D-printed-words).
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/** As {@link printable} for a text that is laid out in lines already: line feeds and tabs stay. JSON stays the same JSON. */
export function printableLines(text: string): string {
  if (!BEYOND_ASCII_LINES.test(text)) return text;
  return text.replace(UNPRINTABLE_IN_LINES, escaped);
}

/** Text of a stranger in quotation marks, on one line: a string of JSON in which everything can be printed. */
export function quoted(text: string): string {
  return printable(JSON.stringify(text));
}

function escaped(character: string): string {
  if (character < ' ') return JSON.stringify(character).slice(1, -1);
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
}
