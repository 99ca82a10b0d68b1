/** A word, brace or comma of an OpenBGPD configuration with its line from 1 on. */
interface Token {
  readonly text: string;
  readonly line: number;
}

/** The tokens of a text without commas, which OpenBGPD ignores in sets, and without `#` comments. */
export function* tokensOf(text: string): IterableIterator<Token> {
  let line = 1;
  for (const [part] of text.matchAll(/#[^\n]*|\n|[{}]|[^\s{},#]+/g)) {
    if (part === '\n') line++;
    else if (!part.startsWith('#')) yield { text: part, line };
  }
}
