import type { Command } from 'commander';
import { createAspaTable } from '../../aspa/index.js';
import type { AuditOptions } from '../../audit/index.js';
import type { Io } from '../shared/io.js';
import { addPayloadOptions, loadPayloads, type PayloadOptions } from '../shared/payload-files.js';
import { parseTimeOrRoutes } from '../shared/time-option.js';
import { addPeerOptions, type PeerCliOptions, readPeerOptions } from './peer-options.js';

/** The options that decide what an audit makes of its routes, by payloads of one time. */
export interface JudgingOptions extends PayloadOptions, PeerCliOptions {}

/** The same as they are given: `routes` are the times of the routes themselves. */
export interface GivenJudging extends Omit<JudgingOptions, 'rpkiAt'> {
  readonly rpkiAt?: number | 'routes';
}

/** Declares the options of payloads and of peers. */
export function addJudgingOptions(command: Command): Command {
  return addPeerOptions(addPayloadOptions(command))
    .option(
      '--rpki-at <time>',
      'judge by the payloads of that time out of --spool: seconds, or RFC 3339; routes: each route by those of its own time',
      parseTimeOrRoutes,
    )
    .option(
      '--spool <dir>',
      'a folder of rpkispool archives; the CCR nearest to --rpki-at, at or before it, is taken',
    )
    .option('--node <name>', 'the vantage point of --spool whose CCRs alone are taken; default: all');
}

/** Reads what the options name. @throws {CliError} that names the file. */
export async function loadJudging(options: JudgingOptions, io: Io): Promise<AuditOptions> {
  const peers = await readPeerOptions(options, io);
  const payloads = await loadPayloads(options, io);
  return {
    seed: io.seed,
    aspa: createAspaTable(payloads.aspas, { seed: io.seed }),
    rov: payloads.vrps,
    ...peers,
  };
}
