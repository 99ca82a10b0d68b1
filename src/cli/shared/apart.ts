import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { nameOf } from './input.js';
import { CliError } from './io.js';

/** Files that are to be written, by the option that names them; undefined for an option that was not given. */
export type Outputs = Readonly<Record<string, string | undefined>>;

/**
 * Refuses to write over a file that is read, and to write two results into one file (docs/decisions/cli.md D-cli-apart). Files are the
 * same by what they are, not by their names: links count. Devices and pipes may be named as often as one likes.
 *
 * @param inputs files that are read, and other words (`-`, HOST:PORT), which are passed over.
 * @throws {CliError} that names the file and the option.
 */
export async function requireApart(outputs: Outputs, inputs: readonly (string | undefined)[]): Promise<void> {
  const given = Object.entries(outputs).flatMap(([option, file]) =>
    file === undefined ? [] : [{ option, file }],
  );
  if (given.length === 0) return;
  const read = new Set<string>();
  for (const input of inputs) {
    const place = input === undefined || input === '-' ? undefined : await placeOf(input);
    if (place !== undefined) read.add(place);
  }
  const written = new Map<string, string>();
  for (const { option, file } of given) {
    const place = await placeOf(file);
    if (place === undefined) continue;
    if (read.has(place))
      throw new CliError(`${nameOf(file)}: ${option} would write over a file that is read (output-is-input)`);
    const other = written.get(place);
    if (other !== undefined)
      throw new CliError(`${nameOf(file)}: ${other} and ${option} would write the same file (output-twice)`);
    written.set(place, option);
  }
}

/** What tells a file from all others, also one that is not there yet; undefined for what is no file. */
async function placeOf(file: string): Promise<string | undefined> {
  const found = await stat(file, { bigint: true }).catch(() => undefined);
  if (found !== undefined) return found.isFile() ? `${found.dev}:${found.ino}` : undefined;
  const folder = await realpath(dirname(file)).catch(() => undefined);
  return folder === undefined ? undefined : join(folder, basename(file));
}
