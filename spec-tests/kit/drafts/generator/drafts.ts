import { isDeepStrictEqual } from 'node:util';
import { member, readEgressQuestion, readPathQuestion } from 'pathsec/questions';
import {
  ASRA_DRAFT,
  createAsraTable,
  EGRESS_DRAFT,
  fastVerifyAsra,
  fastVerifyEgress,
} from '../../../../src/aspa/index.js';
import { answerDrafts } from '../../../../src/conformance/answer-drafts.js';
import { readTable, TABLE_MEMBERS } from '../../../../src/conformance/aspa-fields.js';
import type { Fields, Request, VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import type { AsraPayload } from '../../../../src/payload/index.js';
import { mistakeNotes, mistakesIn } from '../../mutant.js';
import type { VectorDraft } from '../../write-vectors.js';
import { draftsKit } from '../mutants/mutants.js';
import { asraCases } from './asra-cases.js';
import { type DraftCase, egressCases } from './egress-cases.js';

/** The vector files of the suite `drafts`. */
export function drafts(): VectorDraft[] {
  return [
    draftOf('drafts-egress', 'Verification of AS_PATHs before they are sent', EGRESS_DRAFT, egressCases()),
    draftOf('drafts-asra', 'Fake links in AS_PATHs by ASRAs', ASRA_DRAFT, asraCases()),
  ];
}

function draftOf(
  name: string,
  title: string,
  source: string,
  made: ReadonlyMap<string, readonly DraftCase[]>,
): VectorDraft {
  const groups = [...made].map(
    ([heading, cases]): VectorGroup => ({ title: heading, cases: cases.map(caseOf) }),
  );
  const notes = mistakeNotes(draftsKit, mistakesIn(groups));
  return { name, suite: 'drafts', title, source: [source], notes, groups };
}

/** The answer of the literal reading, of the fast one and of the kit written apart; all have to agree. */
function caseOf({ id, title, input, show }: DraftCase): VectorCase {
  const request: Request = { ...input, id: `drafts/${id}`, suite: 'drafts' };
  const { outcome = null, ...detail } = answerDrafts(request);
  const expected = { outcome };
  for (const [who, says] of [
    ['the kit', draftsKit.answer(request).outcome],
    ['the fast reading', fastOutcome(request)],
  ]) {
    if (says !== outcome) throw new Error(`${request.id}: ${String(outcome)}, but ${who} ${String(says)}`);
  }
  const mistakes: Record<string, Fields> = {};
  for (const { id: mistake } of draftsKit.mistakes) {
    const wrong = { outcome: draftsKit.answer(request, mistake).outcome ?? null };
    if (!isDeepStrictEqual(wrong, expected)) mistakes[mistake] = wrong;
  }
  const { sections, requirements } = show(detail);
  return { id: request.id, title, sections, requirements, flags: [], input, expected, detail, mistakes };
}

function fastOutcome(request: Request): string {
  const table = readTable(request, member(request, 'aspas'));
  const besides = [...TABLE_MEMBERS, 'mode', 'asras', 'algorithm'];
  const place = { besides, suites: ['drafts'], operations: [request.op] };
  if (request.op === 'verify-egress') {
    return fastVerifyEgress(table, readEgressQuestion(request, request.mode as 'basic' | 'augmented', place));
  }
  const asra = createAsraTable((request.asras ?? []) as unknown as readonly AsraPayload[]);
  return fastVerifyAsra(
    { aspa: table, asra },
    request.algorithm as 'A' | 'B',
    readPathQuestion(request, place),
  );
}
