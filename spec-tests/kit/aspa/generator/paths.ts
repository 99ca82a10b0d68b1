import type { Fields, VectorGroup } from '../../../../src/conformance/vector.js';
import { outcomeOf, ramps } from '../../../aspa/notation.js';
import { payloadsOf, type State, states } from '../../../aspa/states.js';
import type { Citation } from '../../citation.js';
import { mistakeOf } from '../../mutant.js';
import type { VectorDraft } from '../../write-vectors.js';
import consequences from '../facts/consequences.json' with { type: 'json' };
import examples from '../facts/examples.json' with { type: 'json' };
import killers from '../facts/mutants.json' with { type: 'json' };
import further from '../facts/paths.json' with { type: 'json' };
import { aspaKit } from '../mutants/mutants.js';
import { aspaGroup, type CaseDraft, DRAFT, notesOf } from './case.js';
import { aspasJson, pathFields, payloadsJson } from './notation.js';

/** What all paths of a topic show. */
const TOPICS: Readonly<Record<string, Citation>> = {
  prepends: 'aspa-28:5.2:consecutive-duplicates',
  segments: 'aspa-28:5.2:across-segments',
  loops: 'aspa-28:5.2:only-consecutive',
};

const PROPERTIES = {
  prepends: 'a path in which ASes are prepended',
  segments: 'a path of several segments',
  loops: 'a path in which an AS occurs again after others',
  sets: 'a path with a segment that is no AS_SEQUENCE, or without AS',
  neighbor: 'the neighbour decides the procedure or the outcome',
  'as-trans': 'a path with AS 23456',
  as0: 'an ASPA that lists AS 0',
  'asn-range': 'AS numbers at the limits of 16, 31 and 32 bits',
  leaks: 'walls at several distances from the ends of the path',
  unrelated: 'the only ASPA is of an AS that the path does not have',
};

/** Vectors of single paths: outcomes and ramps. */
export function pathDraft(): VectorDraft {
  const groups = [
    aspaGroup('Examples of the authors of the draft, Tables 1 to 3', exampleCases()),
    aspaGroup('Consequences of the definitions', consequences.cases.map(consequence)),
    aspaGroup('Prepends, segments, loops, sets and neighbours', further.cases.map(furtherCase)),
    aspaGroup(
      'Smallest paths that show a mistake',
      killers.cases.filter(({ id }) => !id.startsWith('T')).map(killerCase),
    ),
    ...[2, 3, 4].flatMap((n) => [stateGroup(n, 'customer'), stateGroup(n, 'provider')]),
  ];
  groups.push(unrelatedGroup(groups));
  return {
    name: 'aspa-paths',
    suite: 'aspa',
    title: 'ASPA: verification of AS_PATHs',
    source: [
      DRAFT,
      'ASPA-based AS path verification examples (Sriram, Borchert, Matejka, August 2025)',
      'RFC 9774',
    ],
    notes: notesOf(groups, PROPERTIES),
    groups,
  };
}

/**
 * The questions about an empty table once more, about one with an ASPA of another AS: real code takes an empty table for "not
 * enabled", so that the questions prove little of its procedures.
 */
function unrelatedGroup(groups: readonly VectorGroup[]): VectorGroup {
  const drafts = new Map<string, CaseDraft>();
  for (const { cases, shared } of groups) {
    for (const { expected, flags, id, input, requirements = [], title } of cases) {
      const { aspas, ...question }: Fields = { ...shared, ...input };
      const key = JSON.stringify(Object.entries(question).sort());
      if (!Array.isArray(aspas) || aspas.length > 0 || drafts.has(key)) continue;
      drafts.set(key, {
        id: `${id.slice('aspa/'.length)}-unrelated`,
        title: `${title}; another AS has an ASPA`,
        requirements,
        flags: ['unrelated', ...flags.filter((flag) => flag in PROPERTIES)],
        input: { ...question, op: 'verify-path' },
        fact: expected,
      });
    }
  }
  return aspaGroup('Tables without an ASPA of the path', [...drafts.values()], {
    aspas: aspasJson('4199999998:{4199999997}'),
  });
}

/** One of the smallest cases, with what its mistake makes of it. */
export function killerCase(row: (typeof killers.cases)[number]): CaseDraft {
  const mistake = `aspa-${row.id}`;
  const { text } = mistakeOf(aspaKit, mistake);
  return {
    id: `killer-${row.id}`,
    title: `${text}: ${row.aspas}, path ${row.path} from ${row.neighbor}`,
    requirements: row.requirements ?? [],
    flags: [mistake],
    input: { op: 'verify-path', aspas: aspasJson(row.aspas), ...pathFields(row.path, row.neighbor) },
    fact: { outcome: row.right },
    mutantSays: { [mistake]: { outcome: row.mutantSays } },
  };
}

function exampleCases(): CaseDraft[] {
  const topologies: Readonly<Record<string, string>> = examples.topologies;
  return examples.cases.flatMap((example) =>
    example.neighborRoles.map((role) => ({
      id: `${example.id}-${role}`,
      title: `${example.id}: ${example.path} from a ${role}`,
      input: {
        op: 'verify-path',
        aspas: aspasJson(topologies[example.topology] ?? ''),
        ...pathFields(example.path, `${role} AS${example.neighborAs}`),
      },
      fact: {
        outcome: example.outcome,
        n: example.pathLength,
        ramps: {
          maxUpRamp: example.maxUpRamp,
          minUpRamp: example.minUpRamp,
          maxDownRamp: example.maxDownRamp ?? 0,
          minDownRamp: example.minDownRamp ?? 0,
        },
      },
    })),
  );
}

function consequence(row: (typeof consequences.cases)[number], index: number): CaseDraft {
  const { outcome, step } = outcomeOf(row.outcome);
  return {
    id: `consequence-${String(index + 1).padStart(2, '0')}`,
    title: `${row.title}: ${row.aspas}, path ${row.path} from ${row.neighbor}`,
    requirements: row.requirements ?? [],
    input: { op: 'verify-path', aspas: aspasJson(row.aspas), ...pathFields(row.path, row.neighbor) },
    fact: {
      outcome,
      n: row.n === '-' ? null : Number(row.n),
      ramps: rampsJson(row.ramps),
      ...(step !== undefined && { step }),
    },
  };
}

function furtherCase(row: (typeof further.cases)[number]): CaseDraft {
  const topic = TOPICS[row.topic];
  return {
    id: row.id,
    title: row.title,
    requirements: [...(topic === undefined ? [] : [topic]), ...(row.requirements ?? [])],
    flags: [row.topic, ...(row.mistakes ?? []).map((id) => `aspa-${id}`)],
    input: { op: 'verify-path', aspas: aspasJson(row.aspas), ...pathFields(row.path, row.neighbor) },
    fact: { outcome: row.outcome, ramps: rampsJson(row.ramps ?? '-') },
  };
}

function rampsJson(text: string): Fields | null {
  const read = ramps(text);
  return read && { ...read };
}

/** All attestations of a path of `n` ASes by its own ASes: the answers cannot be right by luck. */
function stateGroup(n: number, role: 'customer' | 'provider'): VectorGroup {
  const path = Array.from({ length: n }, (_, i) => n - i).join(' ');
  const all = [...states(n)];
  return aspaGroup(
    `Path ${path} from a ${role}: every AS has no ASPA, an AS0 ASPA, or lists those of its neighbours on the path`,
    all.map((state, i) => ({
      id: `states-${n}-${role}-${String(i + 1).padStart(3, '0')}`,
      title: stateText(state),
      input: { op: 'verify-path', aspas: payloadsJson(payloadsOf(state)) },
    })),
    pathFields(path, role),
  );
}

function stateText({ n, entries }: State): string {
  return Array.from({ length: n }, (_, i) => {
    const providers = entries[i + 1];
    if (providers === undefined) return `AS${i + 1} has no ASPA`;
    if (providers.length === 0) return `AS${i + 1} lists none`;
    return `AS${i + 1} lists ${providers.map((asn) => `AS${asn}`).join(' and ')}`;
  }).join(', ');
}
