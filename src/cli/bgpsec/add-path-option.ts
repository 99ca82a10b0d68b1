import type { Command } from 'commander';
import { type Family, readFamilies } from '../../bgp/index.js';
import { checked } from '../shared/parse-options.js';

/** The options that say which routes of a message come with Path Identifiers (RFC 7911). */
export interface AddPathOptions {
  readonly addPath?: boolean;
  readonly addPathFamily?: readonly Family[];
}

/** Declares `--add-path` and `--add-path-family` (docs/decisions/bgpsec.md D-add-path-notation). */
export function addAddPathOptions(command: Command): Command {
  return command
    .option('--add-path', 'the routes of the message come with Path Identifiers (RFC 7911)')
    .option(
      '--add-path-family <afi/safi>',
      'only those of this family do, 1/1 or 2/1; repeat',
      (text: string, families: readonly Family[] = []) => [...families, ...parseFamily(text)],
    );
}

/** The families of the options, as a member of a session; nothing without the options. */
export function addPathOf({ addPath, addPathFamily = [] }: AddPathOptions): { addPath?: readonly Family[] } {
  if (addPathFamily.length > 0) return { addPath: addPathFamily };
  return addPath ? { addPath: readFamilies(true, 'add-path') } : {};
}

function parseFamily(text: string): readonly Family[] {
  return checked(() => readFamilies([text], 'family'));
}
