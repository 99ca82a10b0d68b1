import { spoolArchives } from '../../node/spool.js';
import { readCcr } from '../../rpki/ccr-files.js';
import type { PayloadFile } from '../../rpki/payloads.js';
import { inFile, nameOf } from './input.js';
import { CliError, type Io } from './io.js';

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

/** That a spool has no CCR, or no archive at all. @param which of those that are wanted: ` at or before …`. */
export async function noCcr(spool: string, which: string): Promise<CliError> {
  const what =
    (await spoolArchives(spool)).length === 0
      ? 'no archive in this folder has a name of a spool (20260301-rpkispool.tar.zst)'
      : `no CCR${which}`;
  return new CliError(`${nameOf(spool)}: ${what} (no-ccr)`);
}
