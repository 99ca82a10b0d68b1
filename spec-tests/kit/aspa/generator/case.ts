import { isDeepStrictEqual } from 'node:util';
import { member, readPathQuestion } from 'pathsec/questions';
import { CURRENT_REVISION, createAspaTable, fastVerifyAsPath } from '../../../../src/aspa/index.js';
import { answerAspa } from '../../../../src/conformance/answer-aspa.js';
import { readTable, TABLE_MEMBERS } from '../../../../src/conformance/aspa-fields.js';
import type {
  Fields,
  Json,
  Request,
  VectorCase,
  VectorGroup,
  VectorNote,
} from '../../../../src/conformance/vector.js';
import type { Citation } from '../../citation.js';
import { mistakeNotes, mistakesIn } from '../../mutant.js';
import { aspaKit } from '../mutants/mutants.js';

export const DRAFT = `draft-ietf-sidrops-aspa-verification-${CURRENT_REVISION}`;
export const PROFILE = 'draft-ietf-sidrops-aspa-profile';

/** The fields of an answer that decide, by operation; others are intermediate values. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'verify-path': ['outcome'],
  'verify-sequence': ['outcomes'],
  'hold-routes': ['outcomes'],
  'verify-update': ['routes'],
  'compare-tables': ['equal'],
  authorized: ['authorization'],
  mitigate: ['eligible', 'keepInAdjRibIn', 'preference'],
};

/** A case to be made: its question, and what is known of the answer. */
export interface CaseDraft {
  readonly id: string;
  readonly title: string;
  /** Without them, those of the step that decides a path; `§` alone is one of the draft. */
  readonly sections?: readonly string[];
  /** What it shows beside the step that decides a path, or what was found of a pair. */
  readonly requirements?: readonly string[];
  readonly flags?: readonly string[];
  readonly input: Fields & { readonly op: string };
  /** The fields of the answer that a fact states. */
  readonly fact?: Fields;
  /** What a fact says that a mutant answers. */
  readonly mutantSays?: { readonly [mistake: string]: Fields };
  readonly acceptable?: VectorCase['acceptable'];
}

/**
 * Cases with their answers: from the product's literal procedures, from its fast ones, from the kit written apart, and, where
 * there is one, from the fact; all have to agree. `mistakes` are what the mutants answer otherwise.
 */
export function aspaGroup(title: string, drafts: readonly CaseDraft[], shared?: Fields): VectorGroup {
  const cases = drafts.map((draft) => aspaCase(draft, shared ?? {}));
  return { title, ...(shared && { shared }), cases };
}

function aspaCase(draft: CaseDraft, shared: Fields): VectorCase {
  const { id, title, input, fact = {}, acceptable } = draft;
  const request: Request = { ...shared, ...input, id: `aspa/${id}`, suite: 'aspa' };
  const names = EXPECTED[input.op] ?? [];
  const answer = answerAspa(request);
  const expected = pick(answer, names);
  agree(request.id, pick(answer, Object.keys(fact)), fact, 'the fact');
  agree(request.id, expected, pick(aspaKit.answer(request), names), 'the kit');
  const fast = fastAnswer(request);
  if (fast !== undefined) agree(request.id, expected, fast, 'the fast procedures');
  const detail = Object.fromEntries(Object.entries(answer).filter(([key]) => !names.includes(key)));
  const mistakes = mistakesOf(request, expected, detail);
  for (const [mistake, says] of Object.entries(draft.mutantSays ?? {})) {
    agree(request.id, mistakes[mistake] ?? {}, says, mistake);
  }
  const flags = draft.flags ?? [];
  const sections = (draft.sections ?? pathSections(answer, request)).map((one) =>
    one.startsWith('§') ? `${DRAFT} ${one}` : one,
  );
  for (const { id: flag } of aspaKit.mistakes) {
    if (flags.includes(flag)) agree(request.id, mistakes[flag] !== undefined, true, flag);
  }
  return {
    id: request.id,
    title,
    sections,
    requirements: requirementsOf(draft, shown(sections, answer)),
    flags,
    input,
    expected,
    ...(acceptable && { acceptable }),
    ...(Object.keys(detail).length > 0 && { detail }),
    mistakes,
  };
}

/** What each mutant answers, where it is not right; intermediate values count where a mutant tells them. */
function mistakesOf(request: Request, expected: Fields, detail: Fields): Record<string, Fields> {
  const found: Record<string, Fields> = {};
  for (const { id } of aspaKit.mistakes) {
    const answer = aspaKit.answer(request, id);
    const told = Object.keys(detail).filter((key) => answer[key] !== undefined);
    const wrong = told.filter((key) => !isDeepStrictEqual(answer[key], detail[key]));
    const fields = pick(answer, [...Object.keys(expected), ...wrong]);
    if (!isDeepStrictEqual(fields, expected)) found[id] = fields;
  }
  return found;
}

/** The outcomes of the fast procedures, for the operations that have one. */
function fastAnswer(request: Request): Fields | undefined {
  if (request.op === 'verify-path') {
    return {
      outcome: fastVerifyAsPath(
        readTable(request, member(request, 'aspas')),
        readPathQuestion(request, { besides: TABLE_MEMBERS }),
      ),
    };
  }
  if (request.op !== 'verify-sequence') return undefined;
  let table = readTable(request, member(request, 'aspas'));
  const outcomes: Json[] = [];
  for (const step of request.steps as readonly Fields[]) {
    const [name = '', fields = {}] = Object.entries(step)[0] ?? [];
    const aspa = fields as { readonly customer: number; readonly providers: readonly number[] };
    if (name === 'announce') table.announce(aspa);
    else if (name === 'withdraw') table.withdraw(aspa);
    else if (name === 'load')
      table = createAspaTable(fields as unknown as Iterable<{ customer: number; providers: number[] }>);
    else outcomes.push(fastVerifyAsPath(table, readPathQuestion(fields)));
  }
  return { outcomes };
}

/** What the draft cites, and what every case shows, but for that of which the draft says that it is violated. */
function requirementsOf({ requirements = [] }: CaseDraft, always: readonly Citation[]): string[] {
  return [...new Set([...always.filter((one) => !requirements.includes(`!${one}`)), ...requirements])];
}

const FOUND: Readonly<Record<string, Citation>> = {
  'provider+': 'aspa-28:5.3:provider',
  'not-provider+': 'aspa-28:5.3:not-provider',
  'no-attestation': 'aspa-28:5.3:no-attestation',
};

/** What every case shows: the steps that its sections name, and what was found of a pair of ASes. */
function shown(sections: readonly string[], { authorization }: Fields): Citation[] {
  const steps = sections.flatMap((section): Citation[] => {
    const [, number, step] = new RegExp(`^${DRAFT} §(5\\.[56]) step (\\d)$`).exec(section) ?? [];
    return number === undefined ? [] : [`aspa-28:${number}:step-${step}`];
  });
  const found = FOUND[String(authorization)];
  return found === undefined ? steps : [...steps, found];
}

/** The step that decides a path, with what comes before it. */
function pathSections({ step }: Fields, { neighborRole }: Request): string[] {
  return [`§${neighborRole === 'provider' ? '5.6' : '5.5'} step ${step}`];
}

function pick(answer: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, answer[name] ?? null]));
}

function agree(id: string, ours: unknown, theirs: unknown, who: string): void {
  if (isDeepStrictEqual(ours, theirs)) return;
  throw new Error(`${id}: ${JSON.stringify(ours)}, but ${who} ${JSON.stringify(theirs)}`);
}

/** The notes of the mistakes that cases name, in the order of the mutants, and of the properties among their flags. */
export function notesOf(
  groups: readonly VectorGroup[],
  properties: Readonly<Record<string, string>> = {},
): Record<string, VectorNote> {
  const notes = mistakeNotes(aspaKit, mistakesIn(groups));
  for (const [id, text] of Object.entries(properties)) notes[id] = { kind: 'property', text };
  return notes;
}
