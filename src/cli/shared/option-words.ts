import { DecodeError } from '../../bytes/index.js';
import { CliError } from './io.js';

/**
 * Runs `read` on a question that was made of the command line. Its faults name members; the user has typed options.
 *
 * @param options the option of each member, `--neighbor-as` for `neighborAs`, or the argument, `<path>`.
 * @throws {CliError} for a {@link DecodeError}, in the words of the command line.
 */
export function inOptions<T>(options: Readonly<Record<string, string>>, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const { code, field, message } = error;
    const text = field !== '' && message.startsWith(field) ? message.slice(field.length) : `: ${message}`;
    const said = text.replaceAll(/[A-Za-z]+/g, (word) => {
      const option = Object.hasOwn(options, word) ? options[word] : undefined;
      return option?.startsWith('--') ? option : word;
    });
    throw new CliError(`${options[field] ?? field}${said} (${code})`);
  }
}
