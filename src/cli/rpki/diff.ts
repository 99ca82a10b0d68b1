import type { Command } from 'commander';
import { compareOctets, equalOctets } from '../../bytes/index.js';
import { dropOverLimit } from '../../payload/index.js';
import { type Ccr, type CcrState, decodeCcr } from '../../rpki/ccr-files.js';
import type { Context } from '../shared/command.js';
import { checkStdin } from '../shared/input.js';
import { EXIT, type Io } from '../shared/io.js';
import { parseSecondsOption } from '../shared/parse-options.js';
import { differences, type PackedPayloads, packedPayloads } from '../shared/payload-differences.js';
import { readPayloadFile } from '../shared/payload-files.js';
import { type Line, lineTexts } from '../shared/payload-lines.js';
import { formatCount } from '../shared/text-table.js';
import { writePieces } from '../shared/write-pieces.js';
import { base64, manifestLine, shownStates, trustAnchorLine } from './ccr-entries.js';

interface DiffOptions {
  readonly now?: number;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** `pathsec rpki diff`: what two payload files do not share; of two CCRs first the states whose hashes differ. */
export function define(command: Command, { io, exit }: Context): void {
  command
    .argument('<first>', 'a payload file in any dialect, - for stdin')
    .argument('<second>', 'the same')
    .option('--now <seconds>', 'drop payloads that have expired at this time', parseSecondsOption)
    .option('--strict', 'a faulty record is fatal')
    .option('-j, --json', 'JSON Lines: one object per difference')
    .action(async (first: string, second: string, options: DiffOptions) => {
      checkStdin(first, second);
      const before = await readSide(first, options, io);
      const after = await readSide(second, options, io);
      let differing = false;
      const lines = function* (): Generator<Line> {
        for (const line of allDifferences(before, after, io.seed)) {
          differing = true;
          yield line;
        }
      };
      await writePieces(io.stdout, lineTexts(lines(), options.json));
      if (differing) exit(EXIT.invalid);
    });
}

/** A file with what it holds beside payloads, if it is a CCR. */
interface Side {
  readonly payloads: PackedPayloads;
  readonly ccr?: Ccr;
}

async function readSide(file: string, options: DiffOptions, io: Io): Promise<Side> {
  let ccr: Ccr | undefined;
  const payloads = await readPayloadFile(file, options, io, (octets) => {
    ccr = decodeCcr(octets);
  });
  dropOverLimit(payloads.aspas); // docs/decisions/payload.md D-aspa-provider-limit
  return { payloads: packedPayloads(payloads, io.seed), ...(ccr ? { ccr } : {}) };
}

function* allDifferences(first: Side, second: Side, seed: number): Generator<Line> {
  if (first.ccr && second.ccr) {
    yield* stateDifferences(first.ccr, second.ccr);
    yield* besideDifferences(first.ccr, second.ccr);
  }
  yield* differences(first.payloads, second.payloads, seed);
}

/** The states that are not in both files with the same hash (docs/decisions/rpki-files.md D-ccr-diff). */
function* stateDifferences(first: Ccr, second: Ccr): Generator<Line> {
  const before = shownStates(first);
  const after = shownStates(second);
  for (const { name } of new Map([...before, ...after].map((state) => [state.name, state])).values()) {
    const [one, other] = [before, after].map((states) => states.find((state) => state.name === name)?.state);
    if (one && other && equalOctets(one.hash, other.hash)) continue;
    yield {
      text: `~ state ${name} ${stateText(one)} -> ${stateText(other)}`,
      value: { change: 'state', state: name, first: stateValue(one), second: stateValue(other) },
    };
  }
}

function stateText(state: CcrState<unknown> | undefined): string {
  return state === undefined ? 'absent' : `${formatCount(state.count ?? 0)} of ${base64(state.hash)}`;
}

function stateValue(state: CcrState<unknown> | undefined): object | null {
  return state === undefined ? null : { count: state.count, hash: base64(state.hash) };
}

/** Manifests and trust anchors that only one has, `+` before `-` as {@link differences}. */
function* besideDifferences(first: Ccr, second: Ccr): Generator<Line> {
  for (const [sign, one, other] of [
    ['+', second.states, first.states],
    ['-', first.states, second.states],
  ] as const) {
    yield* signedLines(
      sign,
      onlyIn(one.manifests, other.manifests, ({ hash }) => hash),
      manifestLine,
    );
    yield* signedLines(
      sign,
      onlyIn(one.trustAnchors, other.trustAnchors, (ski) => ski),
      trustAnchorLine,
    );
  }
}

function* signedLines<T>(sign: '+' | '-', entries: Iterable<T>, lineOf: (entry: T) => Line): Generator<Line> {
  const change = sign === '+' ? 'announce' : 'withdraw';
  for (const entry of entries) {
    const { text, value } = lineOf(entry);
    yield { text: `${sign} ${text}`, value: { change, ...value } };
  }
}

/** The entries of one whose keys the other does not have, ascending by key: sorted, not hashed, for the keys come from outside. */
function* onlyIn<T>(
  one: Iterable<T> | undefined,
  other: Iterable<T> | undefined,
  keyOf: (entry: T) => Uint8Array,
): Generator<T> {
  const ascending = (list: Iterable<T> | undefined): T[] =>
    [...(list ?? [])].sort((a, b) => compareOctets(keyOf(a), keyOf(b)));
  const others = ascending(other);
  let at = 0;
  for (const entry of ascending(one)) {
    const key = keyOf(entry);
    let order = -1;
    for (; at < others.length; at++) {
      order = compareOctets(keyOf(others[at] as T), key);
      if (order >= 0) break;
    }
    if (at === others.length || order > 0) yield entry;
  }
}
