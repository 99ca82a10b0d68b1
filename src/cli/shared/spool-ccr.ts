import { readCcr } from '../../rpki/ccr-files.js';
import type { PayloadFile } from '../../rpki/payloads.js';
import { inFile } from './input.js';
import type { Io } from './io.js';

/** The payloads of a CCR of a spool. @throws {CliError} that names it. */
export function readSpoolCcr(
  name: string,
  octets: Uint8Array,
  { now, strict = false }: { readonly now?: number | undefined; readonly strict?: boolean | undefined },
  io: Io,
): PayloadFile {
  return inFile(name, () =>
    readCcr(octets, { strict, seed: io.seed, ...(now === undefined ? {} : { now }) }),
  );
}
