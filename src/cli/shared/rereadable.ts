import { stat } from 'node:fs/promises';
import { nameOf } from './input.js';
import { CliError } from './io.js';

/**
 * Makes sure that inputs can be read a second time, for the option that does so.
 *
 * @throws {CliError} for stdin, pipes and devices.
 */
export async function requireRereadable(inputs: readonly string[], option: string): Promise<void> {
  for (const input of inputs) {
    const found = input === '-' ? undefined : await stat(input).catch(() => undefined);
    if (input !== '-' && (found === undefined || found.isFile())) continue;
    throw new CliError(`${nameOf(input)}: ${option} reads its input a second time, which this is not for`);
  }
}
