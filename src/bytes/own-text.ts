/**
 * The same text, kept by itself. JavaScript engines make a piece of a text a view of the whole, so that sixteen characters
 * of a line of a megabyte, or of a file, keep all of it in memory as long as they are there. What is cut from a text of a
 * stranger and stays longer than that text goes through here. Shorter pieces are copies already, and cost nothing.
 */
export function ownText(piece: string): string {
  // A joined text is written out, before a piece of it is taken: one that is a character longer than what is asked for.
  return piece.length < 13 ? piece : ` ${piece}`.slice(1);
}
