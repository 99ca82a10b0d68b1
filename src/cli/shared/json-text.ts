import { DecodeError } from '../../bytes/index.js';
import { parseStrictJson } from '../../rpki/payloads.js';
import { inputError, nameOf } from './input.js';
import { CliError } from './io.js';

/**
 * The value of a JSON text that somebody wrote: settings, keys, a script. A member that stands twice in an object is a fault, as in
 * files of payloads (docs/decisions/rpki-files.md D-json-duplicate-names): one of the two would be passed over in silence.
 *
 * @param expected how it is to look, for who gave something else.
 * @throws {CliError} that names the file.
 */
export function readJsonText(file: string, text: string, expected: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof DecodeError && error.code === 'duplicate-name') throw inputError(file, error);
    throw new CliError(`${nameOf(file)}: not JSON; expected ${expected}`);
  }
}
