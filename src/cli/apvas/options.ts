import { type Command, Option } from 'commander';
import type { SchemeId } from '../../apvas/index.js';
import { PLAIN_ENGINES, type PlainEngine } from '../../node/apvas-engines.js';
import type { Io } from '../shared/io.js';

/** What signs a path: an aggregate, or a forwarding commitment a hop. */
export const EXPERIMENTS = ['plain', 'chain', 'fcbgp'] as const satisfies readonly (SchemeId | 'fcbgp')[];
export type Experiment = (typeof EXPERIMENTS)[number];

/** Declares `--engine`. */
export function addEngineOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--engine <name>',
      'of plain and chain: noble; mcl-wasm and blst from the optional packages mcl-wasm and @chainsafe/blst. blst has plain alone, with signatures of 96 octets',
    )
      .choices(PLAIN_ENGINES)
      .default('noble' satisfies PlainEngine),
  );
}

/** Says on stderr what every use has to know. */
export async function noteNonStandard(io: Io): Promise<void> {
  await io.stderr.write('pathsec: NON-STANDARD: an experiment that is no standard and protects nothing\n');
}
