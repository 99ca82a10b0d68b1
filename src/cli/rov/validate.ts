import type { Command } from 'commander';
import { DecodeError } from '../../bytes/index.js';
import { type Asn, formatPrefix, type Prefix, parseAsn, parsePrefix } from '../../inet/index.js';
import { type Members, readOriginQuestion } from '../../questions/index.js';
import { explainOrigin, type OriginEvidence, originAs, type RovTable } from '../../rov/index.js';
import { peek } from '../../unpack/index.js';
import type { Context } from '../shared/command.js';
import { checkStdin, openInput } from '../shared/input.js';
import { CliError, EXIT, type Io } from '../shared/io.js';
import { answerJsonLines, lineError } from '../shared/json-lines.js';
import { readLines } from '../shared/lines.js';
import { parseAsnOption, parsePrefixOption } from '../shared/parse-options.js';
import {
  addPayloadOptions,
  loadPayloads,
  noteEmpty,
  type PayloadOptions,
  payloadInputs,
} from '../shared/payload-files.js';
import { createInputProblems } from '../shared/problem-log.js';
import { isRouteList, type ListedRoute, readRouteList, saysSomething } from './route-list.js';

interface ValidateOptions extends PayloadOptions {
  readonly asn?: Asn;
  readonly prefix?: Prefix;
  readonly input?: string;
  readonly batch?: string;
  readonly json?: boolean;
}

/** `pathsec rov validate`: RFC 6811 for one route of the command line, for a list, or for a stream of questions. */
export function define(command: Command, { io, exit }: Context): void {
  addPayloadOptions(command)
    .option('-a, --asn <asn>', 'origin AS of the route', parseAsnOption)
    .option('-p, --prefix <prefix>', 'prefix of the route', parsePrefixOption)
    .option(
      '-i, --input <file>',
      'many routes, one a line: "192.0.2.0/24 => 64496", or Routinator\'s {"routes": […]}; - is stdin',
    )
    .option('--batch <file>', 'read questions in JSON Lines, answer in JSON Lines; - is stdin')
    .option('-j, --json', 'verdict, reason and VRPs as JSON; one object per line with --input')
    .action(async (options: ValidateOptions) => {
      const { asn, prefix, input, batch } = options;
      const single = asn !== undefined || prefix !== undefined;
      const ways = [single, input !== undefined, batch !== undefined].filter(Boolean).length;
      if (ways !== 1 || (single && (asn === undefined || !prefix))) {
        throw new CliError('give either -a ASN and -p PREFIX, or --input FILE, or --batch FILE');
      }
      checkStdin(input, batch, ...payloadInputs(options));
      const payloads = await loadPayloads(options, io);
      const { vrps } = payloads;
      await noteEmpty(payloads, 'vrps', io);
      if (batch !== undefined) {
        exit(await answerJsonLines(batch, originAnswerer(vrps), io));
      } else if (input !== undefined) {
        exit(await validateInput(input, vrps, options.json === true, io));
      } else if (asn !== undefined && prefix) {
        const evidence = explainOrigin(vrps, prefix, asn);
        const { validity } = evidence;
        if (asn === 0) await io.stderr.write('pathsec: warning: AS 0 originates no route (RFC 7607)\n');
        const json = { validated_routes: [toJson(prefix, asn, evidence)] };
        await io.stdout.write(options.json ? `${JSON.stringify(json, null, 2)}\n` : `${validity}\n`);
        exit(validity === 'valid' ? EXIT.done : validity === 'invalid' ? EXIT.invalid : EXIT.unknown);
      }
    });
}

/** The answer of `rov validate --batch` (docs/cli.md) to one question. Throws DecodeError for one that cannot be read. */
export function originAnswerer(vrps: RovTable): (members: Members) => object {
  return (members) => {
    const { prefix, origin } = readOriginQuestion(members, originAs);
    return toJson(prefix, origin, explainOrigin(vrps, prefix, origin));
  };
}

const LINE = /^\s*(\S+?)\s*(?:=>|,|\||\s)\s*(\S+)\s*$/;

/** The routes of a list, each answered on a line of its own: lines of text as they come, JSON as a whole. */
async function validateInput(file: string, table: RovTable, json: boolean, io: Io): Promise<number> {
  const faults = createInputProblems(io);
  /** The answer to one route; empty where it goes to stderr. `place` is for people, `error` for programs. */
  const answer = async (
    read: () => ListedRoute,
    place: string,
    errorOf: (error: DecodeError) => object,
  ): Promise<string> => {
    try {
      const { prefix, asn } = read();
      const evidence = explainOrigin(table, prefix, asn);
      if (json) return `${JSON.stringify(toJson(prefix, asn, evidence))}\n`;
      return `${formatPrefix(prefix)} => AS${asn}: ${evidence.validity}\n`;
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      const { code, message } = error;
      if (!json) {
        await faults.tell(file, { code, message, place }, 'refused');
        return '';
      }
      faults.count(file, 'refused');
      return `${JSON.stringify({ error: errorOf(error) })}\n`;
    }
  };
  const { head, whole } = await peek(openInput(file, io), saysSomething);
  if (isRouteList(head)) {
    for (const [index, read] of (await readRouteList(file, whole)).entries()) {
      const text = await answer(read, `routes[${index}]`, ({ code, message, field }) => {
        return { code, message, field };
      });
      if (text !== '') await io.stdout.write(text);
    }
    return faults.end();
  }
  let number = 0;
  for await (const lines of readLines(whole)) {
    let answers = '';
    for (const { text, overlong } of lines) {
      number++;
      if (!overlong && /^\s*(#|$)/.test(text)) continue;
      answers += await answer(
        () => routeOfLine(text),
        `line ${number}`,
        (error) => lineError(error, number),
      );
    }
    if (answers !== '') await io.stdout.write(answers);
  }
  return faults.end();
}

function routeOfLine(text: string): ListedRoute {
  const [, prefix = '', asn = ''] = LINE.exec(text) ?? [];
  return { prefix: parsePrefix(prefix), asn: parseAsn(asn) };
}

const DESCRIPTIONS = {
  valid: 'At least one VRP matches the route.',
  'not-found': 'No VRP covers the prefix.',
  as: 'VRPs cover the prefix, but none of them is of the origin AS.',
  length: 'VRPs of the origin AS cover the prefix, but it is longer than any of them allows.',
};

/** The members that Routinator's `validate --json` has; null for the origin NONE, which Routinator does not know. */
function toJson(prefix: Prefix, asn: Asn | undefined, { validity, reason, ...lists }: OriginEvidence) {
  const vrpsOf = (vrps: OriginEvidence['matched']) =>
    vrps.map((vrp) => ({
      asn: `AS${vrp.asn}`,
      prefix: formatPrefix(vrp.prefix),
      max_length: String(vrp.maxLength),
    }));
  return {
    route: { origin_asn: asn === undefined ? null : `AS${asn}`, prefix: formatPrefix(prefix) },
    validity: {
      state: validity,
      ...(reason ? { reason } : {}),
      description: DESCRIPTIONS[reason ?? (validity === 'valid' ? 'valid' : 'not-found')],
      VRPs: {
        matched: vrpsOf(lists.matched),
        unmatched_as: vrpsOf(lists.unmatchedAs),
        unmatched_length: vrpsOf(lists.unmatchedLength),
      },
    },
  };
}
