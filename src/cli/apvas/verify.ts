import { randomBytes } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import {
  type ApvasResult,
  type ApvasSession,
  type FcResult,
  type ReceivedItem,
  readApvasUpdate,
  verifyFcUpdate,
} from '../../apvas/index.js';
import { suite1 } from '../../bgpsec/index.js';
import { DecodeError, printable } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import type { PlainEngine } from '../../node/apvas-engines.js';
import { loadLaboratory } from '../../node/load-laboratory.js';
import { createOpensslEngine } from '../../node/openssl-engine.js';
import {
  type Members,
  member,
  optional,
  readAsn,
  readFields,
  readFlag,
  readOctets,
  readOneOf,
} from '../../questions/index.js';
import type { Context } from '../shared/command.js';
import { checkStdin, nameOf } from '../shared/input.js';
import { CliError, EXIT } from '../shared/io.js';
import { answerJsonLines } from '../shared/json-lines.js';
import { collect } from '../shared/parse-options.js';
import { plural } from '../shared/text-table.js';
import { emptyFcKeys, loadPublicKeys } from './known-keys.js';
import { addEngineOption, EXPERIMENTS, type Experiment, noteNonStandard } from './options.js';
import { answeringTogether } from './together.js';

interface VerifyOptions {
  readonly keys: readonly string[];
  readonly engine: PlainEngine;
  readonly together: number;
  readonly json?: boolean;
}

/** The answer to one question. */
interface Answer {
  readonly standard: false;
  readonly scheme?: string;
  readonly verdict: string;
  readonly reason: string;
  readonly pathLength?: number;
  readonly gaps?: readonly Asn[];
  readonly leak?: string;
  readonly detail?: string;
}

/** `pathsec apvas verify`: UPDATEs of the experiments, one a line. NON-STANDARD. */
export function define(command: Command, { io, exit }: Context): void {
  addEngineOption(command)
    .argument('[file]', 'JSON Lines of apvas sign --json (docs/cli.md); stdin when absent', '-')
    .requiredOption(
      '--keys <file>',
      'public keys that apvas sign wrote; router keys for fcbgp; repeat',
      collect,
    )
    .option('--together <n>', 'routes of plain that are verified together at most', parseTogether, 64)
    .option('-j, --json', 'the answers as JSON Lines')
    .action(async (file: string, { keys, engine, together, json }: VerifyOptions) => {
      checkStdin(file, ...keys);
      await noteNonStandard(io);
      const laboratory = await loadLaboratory(engine);
      const fcKeys = emptyFcKeys(io);
      for (const source of keys) await loadPublicKeys(source, laboratory, fcKeys, io);
      const verifier = { keys: fcKeys, suites: suite1(createOpensslEngine()) };
      const counts = new Map<string, number>();
      const ask = answeringTogether(
        (items: readonly ReceivedItem[]) => laboratory.verify(items, randomBytes),
        together,
      );
      const judge = async (members: Members): Promise<Answer> => {
        const { scheme, message, session } = readQuestion(members);
        if (scheme === 'fcbgp') return fcAnswer(verifyFcUpdate(message, session, verifier));
        const update = readApvasUpdate(message);
        const answered = aggregateAnswer('verdict' in update ? update : await ask({ update, session }));
        if (answered.scheme !== undefined && answered.scheme !== scheme) {
          throw new DecodeError('request-member', `the suite of the UPDATE is ${answered.scheme}`, {
            field: 'scheme',
          });
        }
        return answered;
      };
      const answer = async (members: Members): Promise<Answer> => {
        const answered = await judge(members);
        counts.set(answered.verdict, (counts.get(answered.verdict) ?? 0) + 1);
        return answered;
      };
      const refused = await answerJsonLines(file, answer, io, together, json ? undefined : textOf);
      if (refused === EXIT.done && counts.size === 0)
        throw new CliError(`${nameOf(file)}: no UPDATE to verify`);
      if (!json) await io.stdout.write(summary(counts));
      exit(refused === EXIT.usage ? refused : exitCodeOf(counts));
    });
}

interface Question {
  readonly scheme: Experiment;
  readonly message: Uint8Array;
  readonly session: ApvasSession;
}

/** The members of a line of `apvas sign --json` (docs/decisions/apvas.md D-apvas-lines). Throws DecodeError for what is none. */
function readQuestion(members: Members): Question {
  const known = ['id', 'standard', 'scheme', 'message', 'localAs', 'peerAs', 'allowPcountZero'];
  const fields = readFields({ path: '', value: members }, known);
  const at = (name: string) => member(fields, name);
  const standard = at('standard');
  if (optional(standard, readFlag, false)) {
    throw new DecodeError('request-member', 'must be false: nothing here is a standard', {
      field: 'standard',
    });
  }
  return {
    scheme: readOneOf(at('scheme'), EXPERIMENTS),
    message: readOctets(at('message')),
    session: {
      localAs: readAsn(at('localAs')),
      peerAs: readAsn(at('peerAs')),
      kind: 'external',
      allowPcountZero: optional(at('allowPcountZero'), readFlag, false),
    },
  };
}

function aggregateAnswer({ standard, scheme, verdict, reason, pathLength }: ApvasResult): Answer {
  return { standard, ...(scheme && { scheme }), verdict, reason, ...(pathLength && { pathLength }) };
}

function fcAnswer({ standard, verdict, reason, segments, gaps, leak, detail }: FcResult): Answer {
  const pathLength = segments.length + gaps.length;
  return {
    standard,
    scheme: 'fcbgp',
    verdict,
    reason,
    ...(pathLength > 0 && { pathLength }),
    ...(gaps.length > 0 && { gaps }),
    ...(leak && { leak }),
    ...(detail && { detail }),
  };
}

function textOf(json: string): string {
  const { id, verdict, reason, scheme, error } = JSON.parse(json) as Partial<Answer> & {
    readonly id?: unknown;
    readonly error?: { readonly line: number; readonly message: string; readonly code: string };
  };
  const name = id === undefined ? '' : `  ${printable(typeof id === 'string' ? id : JSON.stringify(id))}`;
  if (error) return `error      line ${error.line}${name}: ${printable(error.message)} (${error.code})`;
  return `${String(verdict).padEnd(9)}${name}  (${reason}${scheme === undefined ? '' : `; ${scheme}`})`;
}

function summary(counts: ReadonlyMap<string, number>): string {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const each = Array.from(counts, ([verdict, count]) => `, ${count} ${verdict}`);
  return `NON-STANDARD: ${plural(all, 'route')}${each.join('')}\n`;
}

/** The worst of many decides (docs/decisions/cli.md D-cli-exit-codes). */
function exitCodeOf(counts: ReadonlyMap<string, number>): number {
  if (counts.has('not-valid') || counts.has('treat-as-withdraw')) return EXIT.invalid;
  return counts.has('unsigned') ? EXIT.unknown : EXIT.done;
}

function parseTogether(text: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(text)) throw new InvalidArgumentError('1..9999.');
  return Number(text);
}
