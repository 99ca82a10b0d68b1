/** Texts inside messages and objects are anybody's: control characters are shown, not sent to the terminal. */
export function printable(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** The same for a text that must stay one line, such as a message on stderr. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\\x0a');
}
