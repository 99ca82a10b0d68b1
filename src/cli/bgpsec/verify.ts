import { type Command, InvalidArgumentError } from 'commander';
import {
  answerUpdate,
  MAX_KEYS_PER_SIGNATURE,
  type ReceivedMessage,
  suite1,
  type UpdateAnswer,
} from '../../bgpsec/index.js';
import { createBgpsecPool } from '../../node/bgpsec-pool.js';
import { type Members, readUpdateQuestion } from '../../questions/index.js';
import type { Context } from '../shared/command.js';
import { checkStdin } from '../shared/input.js';
import { CliError, EXIT } from '../shared/io.js';
import { answerJsonLines } from '../shared/json-lines.js';
import { inOptions } from '../shared/option-words.js';
import { parseAsnOption } from '../shared/parse-options.js';
import { type AddPathOptions, addAddPathOptions, addPathOf } from './add-path-option.js';
import { addAttributeTypeOption } from './attribute-type.js';
import {
  addBackendOption,
  addKeysOptions,
  type Backend,
  engineOf,
  type KeysOptions,
  keyInputs,
  loadRouterKeys,
} from './keys.js';
import { nameOfMessage, readMessageText } from './message-text.js';

interface VerifyOptions extends KeysOptions, AddPathOptions {
  readonly backend: Backend;
  readonly batch?: string;
  readonly workers?: number;
  readonly attributeType: 33 | 30;
  readonly explain?: boolean;
  readonly json?: boolean;
  readonly localAs?: number;
  readonly peerAs?: number;
  readonly allowPcountZero?: boolean;
  readonly ibgp?: boolean;
  readonly allKeys?: boolean;
}

/** `pathsec bgpsec verify`: one UPDATE, or a batch of JSON Lines. */
export function define(command: Command, { io, exit }: Context): void {
  addAddPathOptions(addAttributeTypeOption(addBackendOption(addKeysOptions(command))))
    .argument('[message]', 'one UPDATE: hexadecimal text, or a file of hexadecimal or binary octets')
    .option('--batch <file>', 'JSON Lines of requests; - is stdin (docs/cli.md)')
    .option('--workers <n>', 'with --batch: verify in so many threads', parseWorkers)
    .option('--explain', 'every signature with its octets and digest')
    .option('-j, --json', 'the answer as JSON')
    .option('--local-as <asn>', 'the AS this side sent in its OPEN', parseAsnOption)
    .option('--peer-as <asn>', 'the AS of the neighbour', parseAsnOption)
    .option('--allow-pcount-zero', 'the neighbour may use pCount 0 (route server)')
    .option('--ibgp', 'the session is internal')
    .option('--all-keys', 'try every key under an AS and SKI, not only 16')
    .action(async (message: string | undefined, options: VerifyOptions) => {
      if (options.batch === undefined) checkSingle(message, options);
      else if (message !== undefined) throw new CliError('a message or --batch, not both');
      checkStdin(message ?? options.batch, ...keyInputs(options));
      const routerKeys = await loadRouterKeys(options, io);
      const suites = suite1(engineOf(options.backend));
      const maxKeys = options.allKeys === true ? Number.POSITIVE_INFINITY : MAX_KEYS_PER_SIGNATURE;
      const verifier = { suites, keys: routerKeys, maxKeys };
      const { attributeType, explain = false } = options;
      // What a question does not say, the options do.
      const complete = (received: ReceivedMessage): ReceivedMessage => ({
        attributeType,
        ...received,
        session: { ...addPathOf(options), ...received.session },
      });
      if (options.batch !== undefined) {
        const { batch, workers, backend } = options;
        const pool =
          workers === undefined
            ? undefined
            : createBgpsecPool(routerKeys, { workers, engine: backend, maxKeys, seed: io.seed });
        const answer = (members: Members): UpdateAnswer | Promise<UpdateAnswer> => {
          const received = complete(readUpdateQuestion(members));
          return pool === undefined
            ? answerUpdate(received, verifier, explain)
            : pool.answer(received, explain);
        };
        try {
          exit(await answerJsonLines(batch, answer, io, pool?.inFlight));
        } finally {
          await pool?.close();
        }
        return;
      }
      const { localAs, peerAs, allowPcountZero, ibgp } = options;
      const octets = await readMessageText(message ?? '-', io);
      const question = { message: octets, localAs, peerAs, allowPcountZero, ibgp };
      const name = nameOfMessage(message ?? '-');
      const result = inOptions({ ...WORDS, message: name, header: name }, () =>
        answerUpdate(complete(readUpdateQuestion(question)), verifier, explain || !options.json),
      );
      await io.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : text(result, explain));
      exit(exitCodeOf(result));
    });
}

const WORDS = { localAs: '--local-as', peerAs: '--peer-as' };

/** Usage is checked before keys are loaded, so that the first complaint is the one about the command line. */
function checkSingle(message: string | undefined, { localAs, peerAs, workers }: VerifyOptions): void {
  if (workers !== undefined) throw new CliError('--workers is for --batch');
  if (message === undefined) throw new CliError('which message? give it, or --batch FILE');
  if (localAs === undefined || peerAs === undefined) throw new CliError('give --local-as and --peer-as');
}

function parseWorkers(text: string): number {
  const workers = Number(text);
  if (!/^[1-9][0-9]{0,2}$/.test(text) || workers > 256) throw new InvalidArgumentError('1..256.');
  return workers;
}

function text({ outcome, reason, source, explanation }: UpdateAnswer, explain: boolean): string {
  return explain && explanation ? `${explanation}\n` : `${outcome} (${reason}; ${source})\n`;
}

function exitCodeOf({ outcome }: UpdateAnswer): number {
  if (outcome === 'valid') return EXIT.done;
  return outcome === 'unsigned' ? EXIT.unknown : EXIT.invalid;
}
