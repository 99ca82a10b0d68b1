import { type Command, Option } from 'commander';
import type { NeighborRole } from '../../aspa/index.js';
import type { NeighborCheckMode, PeerOptions } from '../../audit/index.js';
import { MAX_HAND_WRITTEN, readText } from '../shared/input.js';
import type { Io } from '../shared/io.js';
import { parseRoleOption } from '../shared/parse-options.js';
import { readRoles } from './roles-file.js';

/** What the command line says of the peers that sent the routes. */
export interface PeerCliOptions {
  readonly neighborRole?: NeighborRole;
  readonly roles?: string | undefined;
  readonly neighborCheck: NeighborCheckMode;
}

/** Declares `--neighbor-role`, `--roles` and `--neighbor-check`. */
export function addPeerOptions(command: Command): Command {
  return command
    .option('--neighbor-role <role>', 'role of all peers that --roles does not name', parseRoleOption)
    .option('--roles <file>', 'roles of peers, JSON: {"64496": "provider"}')
    .addOption(
      new Option(
        '--neighbor-check <mode>',
        'step 2; auto leaves it out for peers that never show their own AS',
      )
        .choices(['on', 'off', 'auto'])
        .default('auto'),
    );
}

/** Reads the roles file, if there is one. @throws {CliError} that names it. */
export async function readPeerOptions(
  { neighborRole, neighborCheck, roles }: PeerCliOptions,
  io: Io,
): Promise<PeerOptions> {
  return {
    neighborCheck,
    ...(roles === undefined ? {} : { roles: readRoles(await readText(roles, io, MAX_HAND_WRITTEN), roles) }),
    ...(neighborRole ? { defaultRole: neighborRole } : {}),
  };
}
