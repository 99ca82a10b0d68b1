import type { Command } from 'commander';
import { createAspaTable } from '../../aspa/index.js';
import type { AuditOptions } from '../../audit/index.js';
import type { Io } from '../shared/io.js';
import { addPayloadOptions, loadPayloads, type PayloadOptions } from '../shared/payload-files.js';
import { parseTime } from '../shared/time-option.js';
import { addPeerOptions, type PeerCliOptions, readPeerOptions } from './peer-options.js';

/** The options that decide what an audit makes of its routes. */
export interface JudgingOptions extends PayloadOptions, PeerCliOptions {}

const AT = 'judge by the payloads of that time out of --spool: seconds, or RFC 3339';

/** Declares the options of payloads and of peers; `parseAt` reads the time, and `more` says what else it can be. */
export function addJudgingOptions(
  command: Command,
  parseAt: (text: string) => unknown = parseTime,
  more = '',
): Command {
  return addPeerOptions(addPayloadOptions(command))
    .option('--rpki-at <time>', `${AT}${more}`, parseAt)
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
