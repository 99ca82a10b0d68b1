import { requestOf } from '../../../../src/conformance/requests.js';
import type { Fields, VectorCase, VectorGroup, VectorNote } from '../../../../src/conformance/vector.js';
import { mistakeNotes } from '../../mutant.js';
import type { VectorDraft } from '../../write-vectors.js';
import { meaningKit } from '../mutants/mutants.js';

/** Properties that cases are marked with. */
export const PROPERTIES: Readonly<Record<string, VectorNote>> = {
  published: {
    kind: 'property',
    text: 'the octets are those of a published example or of a capture of other software',
  },
  // docs/decisions/conformance.md D-conformance-bgpsec-alternatives
  decision: {
    kind: 'property',
    text: 'the documents leave the answer open; the expected one is a decision of this project (docs/decisions/bgpsec.md)',
  },
  'two-suites': {
    kind: 'property',
    text: 'needs a second suite, 0xF7, with the algorithms of suite 1; answer unsupported where there is none',
  },
  option: {
    kind: 'property',
    text: 'needs a setting that the documents leave to the implementation or the operator',
  },
  'other-attributes': {
    kind: 'property',
    text: 'asks for the other attributes of the UPDATE; answer unsupported where the program makes the path alone',
  },
  'extended-messages': {
    kind: 'property',
    text: 'needs Extended Messages (RFC 8654); answer unsupported without',
  },
  nonce: {
    kind: 'property',
    text: 'gives the per-message secret number of ECDSA and asks for the octets of the signature; answer unsupported where it cannot be set',
  },
  'two-signatures': {
    kind: 'property',
    text: 'the outer signature covers the inner one: its octets depend on the nonce, and are a detail',
  },
};

/** The draft with what each known mistake answers where that is wrong, and with the notes that its cases need. */
export function finished(draft: Omit<VectorDraft, 'suite' | 'notes'>): VectorDraft {
  const judged = draft.groups.map((group) => ({
    ...group,
    cases: group.cases.map((one) => ({ ...one, mistakes: wrongAnswers(one, group) })),
  }));
  const shown = showcases(judged.flatMap(({ cases }) => cases));
  const used = new Set<string>();
  const groups = judged.map((group) => ({
    ...group,
    cases: group.cases.map(({ mistakes, ...one }): VectorCase => {
      const op = group.shared?.op ?? '';
      const flags = [...one.flags, ...(shown.get(one.id) ?? [])];
      for (const name of [...flags, ...Object.keys(mistakes)]) used.add(name);
      return {
        ...one,
        flags,
        input: { op, ...one.input },
        ...(Object.keys(mistakes).length > 0 && { mistakes }),
      };
    }),
  }));
  const notes: Record<string, VectorNote> = {};
  for (const [name, note] of Object.entries(PROPERTIES)) if (used.has(name)) notes[name] = note;
  return { ...draft, suite: 'bgpsec', notes: { ...notes, ...mistakeNotes(meaningKit, used) }, groups };
}

/** For each mistake the case that shows it best, the one that fewest other mistakes fail: by case, its mistakes. */
function showcases(
  cases: readonly { readonly id: string; readonly mistakes: object }[],
): Map<string, readonly string[]> {
  const shown = new Map<string, readonly string[]>();
  for (const { id: name } of meaningKit.mistakes) {
    const failing = cases.filter(({ mistakes }) => Object.hasOwn(mistakes, name));
    const fewest = Math.min(...failing.map(({ mistakes }) => Object.keys(mistakes).length));
    const best = failing.find(({ mistakes }) => Object.keys(mistakes).length === fewest);
    if (best !== undefined) shown.set(best.id, [...(shown.get(best.id) ?? []), name]);
  }
  return shown;
}

function wrongAnswers(one: VectorCase, group: VectorGroup): Record<string, Fields> {
  const request = requestOf('bgpsec', group, one);
  // What the case does not ask for, thousands of octets in a long path, is left out of the wrong answers, too.
  const asked = (answer: Fields): Fields => {
    const unasked = ['toSign', 'attributes'].filter((name) => !(name in one.expected));
    return Object.fromEntries(Object.entries(answer).filter(([name]) => !unasked.includes(name)));
  };
  const right = asked(meaningKit.answer(request));
  const wrong: Record<string, Fields> = {};
  if (!same(right, one.expected)) {
    throw new Error(
      `${one.id}: the kit answers ${JSON.stringify(right)}, not ${JSON.stringify(one.expected)}`,
    );
  }
  const allowed = [one.expected, ...(one.acceptable ?? []).map(({ expected }) => expected)];
  for (const { id } of meaningKit.mistakes) {
    const answer = asked(meaningKit.answer(request, id));
    if (!allowed.some((other) => same(other, answer))) wrong[id] = answer;
  }
  return wrong;
}

const same = (a: Fields, b: Fields): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
