import { printable, printableLines } from '../../bytes/index.js';
import type { Io, Output } from './io.js';
import { paintedText } from './style.js';

/**
 * The edge of the program (docs/decisions/cli.md D-printed-words): whatever a command prints passes here, so that no
 * text of a peer, a file, its name, an argument or another program reaches a terminal as it is. On stderr every write
 * is one line; on stdout line feeds and tabs stay, as do the colours of {@link createStyle} where that is a terminal.
 */
export function printedIo(io: Io): Io {
  const { stdout, stderr } = io;
  const lines = (text: string): string => {
    const safe = printableLines(text);
    return stdout.isTerminal ? paintedText(safe) : safe;
  };
  return { ...io, stdout: through(stdout, lines), stderr: through(stderr, oneLine) };
}

function through(output: Output, safe: (text: string) => string): Output {
  return { isTerminal: output.isTerminal, write: (text) => output.write(safe(text)) };
}

/** Only the line feed at the end, if there is one, is the program's own. */
function oneLine(text: string): string {
  return text.endsWith('\n') ? `${printable(text.slice(0, -1))}\n` : printable(text);
}
