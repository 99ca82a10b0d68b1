import type { Command } from 'commander';
import { DecodeError } from '../../bytes/index.js';
import { mergeSlurm, readSlurm, type Slurm } from '../../rpki/payloads.js';
import { inFile, MAX_HAND_WRITTEN, readText } from './input.js';
import { notExceptions } from './input-kind.js';
import type { Io } from './io.js';
import { collect } from './parse-options.js';

/** Declares `--slurm`. */
export function addSlurmOption(command: Command): Command {
  return command.option(
    '--slurm <file>',
    'local exceptions (RFC 8416): filters, then assertions; repeat for the union',
    collect,
  );
}

/**
 * The union of the SLURM files (RFC 8416 §4.2).
 *
 * @throws {CliError} naming the file that is none, or those that overlap.
 */
export async function loadSlurm(files: readonly string[], io: Io): Promise<Slurm> {
  const read: Slurm[] = [];
  for (const file of files) {
    const text = await readText(file, io, MAX_HAND_WRITTEN);
    read.push(inFile(file, () => readOne(text)));
  }
  return inFile(files.join(', '), () => mergeSlurm(read, io.seed));
}

/** A file that is no SLURM is called by what it is, where that is known. */
function readOne(text: string): Slurm {
  try {
    return readSlurm(text);
  } catch (error) {
    const why = error instanceof DecodeError ? notExceptions(text) : undefined;
    throw why === undefined ? error : new DecodeError('not-exceptions', why);
  }
}
