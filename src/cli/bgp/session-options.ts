import { type Command, InvalidArgumentError } from 'commander';
import type { BgpRole } from '../../aspa/index.js';
import type { Family } from '../../bgp/index.js';
import { proposal } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import { CliError } from '../shared/io.js';
import {
  checked,
  collect,
  parseAsnOption,
  parseNumberOption,
  parseSecondsOption,
} from '../shared/parse-options.js';
import { SOURCE_HELP } from '../shared/payload-files.js';
import { addSlurmOption } from '../shared/slurm-files.js';
import { LOCAL_ROLES, type PeerWords, routerIdOf, unicastOf } from './config.js';

/** Routes of one session beyond which it is ended (Cease, Maximum Number of Prefixes Reached). */
const MAX_ROUTES = 2_000_000;
/** Routes of all sessions, some 100 octets each, beyond which the one that brings more is ended (Cease, Out of Resources). */
const MAX_ROUTES_TOTAL = 20_000_000;

/** The options of all that prints events. */
export interface EventWords {
  readonly maxRoutes: number;
  readonly maxRoutesTotal: number;
  readonly rpki?: readonly string[];
  readonly aspa?: readonly string[];
  readonly slurm?: readonly string[];
  readonly now?: number;
  readonly for?: number;
  readonly metrics?: string;
  readonly json?: boolean;
  readonly text?: boolean;
}

/** The options of all that has a session. */
export interface OpenWords {
  readonly localAs?: Asn;
  readonly routerId?: string;
  readonly peerAs?: Asn;
  readonly role?: BgpRole;
  readonly strictRole?: boolean;
  readonly families?: readonly Family[];
  readonly hold?: number;
}

/** The options that `bgp listen` and `bgp connect` share. */
export interface SessionWords extends EventWords, OpenWords {
  readonly addPath?: boolean;
  readonly bgpsec?: boolean;
}

/** Declares them. */
export function addSessionOptions(command: Command): Command {
  return addEventOptions(
    addOpenOptions(command)
      .option('--add-path', 'offer to receive several paths of a prefix (RFC 7911)')
      .option('--bgpsec', 'offer to receive signed routes (RFC 8205)'),
  );
}

/** Declares those of all that has a session. */
export function addOpenOptions(command: Command): Command {
  return command
    .option('--local-as <asn>', 'the own AS', parseSpeaker)
    .option(
      '--router-id <id>',
      'BGP Identifier, such as 192.0.2.1; default: the number of the own AS',
      parseRouterId,
    )
    .option('--peer-as <asn>', 'the AS that the peer must have; default: any', parseSpeaker)
    .option(
      '--role <role>',
      `the own role (RFC 9234): ${LOCAL_ROLES.join(', ')}; provider: the peer is our customer`,
      parseLocalRole,
    )
    .option('--strict-role', 'refuse a peer that sends no role')
    .option('--families <list>', 'AFI/SAFI with commas: 1/1 and 2/1, which is the default', parseFamilies)
    .option('--hold <seconds>', 'hold time to offer: 0, or 3 and more (default: 90)', parseHold);
}

/** Declares those of all that prints events. */
export function addEventOptions(command: Command): Command {
  return addSlurmOption(
    command
      .option('--max-routes <number>', 'end a session that holds more', parseCount, MAX_ROUTES)
      .option(
        '--max-routes-total <number>',
        'end the session that brings the routes of all above this',
        parseCount,
        MAX_ROUTES_TOTAL,
      )
      .option('--rpki <source>', `${SOURCE_HELP}; each route then comes with its verdicts`, collect)
      .option('--aspa <source>', 'the same as --rpki', collect),
  )
    .option(
      '--now <seconds>',
      'payloads of files that have expired at this time do not count; the clock when absent',
      parseSecondsOption,
    )
    .option('--for <seconds>', 'end after so many seconds', parseNumberOption)
    .option(
      '--metrics <address>',
      'HOST:PORT to serve metrics for Prometheus on; a PORT alone is one of 127.0.0.1',
    )
    .option('-j, --json', 'one JSON object a line: the default where stdout is no terminal')
    .option('--text', 'text for people, also where stdout is no terminal');
}

/**
 * The peer that the options describe.
 *
 * @throws {CliError} for strictness about no role.
 */
export function peerWords(words: OpenWords & Pick<SessionWords, 'addPath' | 'bgpsec'>): PeerWords {
  const { peerAs, role, strictRole, families, addPath, bgpsec, hold } = words;
  if (strictRole && !role) throw new CliError('--strict-role needs --role');
  return { as: peerAs, localRole: role, strictRole, families, addPath, bgpsec, hold };
}

/** The AS of one that speaks BGP. */
function parseSpeaker(text: string): Asn {
  const asn = parseAsnOption(text);
  if (asn === 0) throw new InvalidArgumentError('No speaker has AS 0 (RFC 7607 §2).');
  return asn;
}

function parseLocalRole(text: string): BgpRole {
  const role = LOCAL_ROLES.find((one) => one === text);
  if (role) return role;
  throw new InvalidArgumentError(`One of ${LOCAL_ROLES.join(', ')}${proposal(text, LOCAL_ROLES) || '.'}`);
}

function parseRouterId(text: string): string {
  checked(() => routerIdOf(text, 1));
  return text;
}

function parseFamilies(text: string): readonly Family[] {
  return checked(() => unicastOf(text.split(','), 'families'));
}

function parseHold(text: string): number {
  const seconds = Number(text);
  if (/^[0-9]{1,5}$/.test(text) && (seconds === 0 || seconds >= 3) && seconds <= 65_535) return seconds;
  throw new InvalidArgumentError('0, or whole seconds from 3 to 65535.');
}

/** A number of things, one at least. */
export function parseCount(text: string): number {
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number, 1 or more.');
}
