import type { VectorGroup } from '../../../../src/conformance/vector.js';
import type { Citation } from '../../citation.js';
import type { VectorDraft } from '../../write-vectors.js';
import killers from '../facts/mutants.json' with { type: 'json' };
import facts from '../facts/tables.json' with { type: 'json' };
import { aspaGroup, type CaseDraft, DRAFT, notesOf, PROFILE } from './case.js';
import { aspasJson, stepJson } from './notation.js';
import { killerCase } from './paths.js';
import { familyGroup, limitGroups, numberGroups, setSizeGroups } from './provider-sets.js';

const PROPERTIES = {
  'set-size': 'a provider set of a size at which data structures change',
  'asn-range': 'AS numbers at the limits of 16, 31 and 32 bits',
  limit: 'a provider set above the limit of the table',
};

/** Vectors of the table: provider sets, limits, changes, comparison, and what follows from an outcome. */
export function tableDraft(): VectorDraft {
  const groups: VectorGroup[] = [
    aspaGroup(
      'Smallest tables that show a mistake',
      killers.cases.filter(({ id }) => id.startsWith('T') && id !== 'T9').map(killerCase),
    ),
    ...setSizeGroups(),
    ...numberGroups(),
    ...limitGroups(),
    familyGroup(),
    aspaGroup(
      'Tables that change',
      facts.sequences.filter(({ op }) => op === 'verify-sequence').map(sequence),
    ),
    aspaGroup(
      'Routes that stay while the table changes',
      facts.sequences.filter(({ op }) => op === 'hold-routes').map(sequence),
    ),
    aspaGroup('Tables that are equal or not', facts.comparisons.map(comparison)),
    aspaGroup(
      'What an outcome means for the route',
      (['valid', 'invalid', 'unknown'] as const).map(mitigation),
    ),
  ];
  return {
    name: 'aspa-tables',
    suite: 'aspa',
    title: 'ASPA: provider sets, tables and their changes',
    source: [DRAFT, PROFILE, 'draft-ietf-sidrops-8210bis'],
    notes: notesOf(groups, PROPERTIES),
    groups,
  };
}

function sequence(row: (typeof facts.sequences)[number]): CaseDraft {
  return {
    id: `sequence-${row.id}`,
    title: row.title,
    sections: row.sections,
    requirements: row.requirements,
    flags: row.mistakes?.map((id) => `aspa-${id}`) ?? [],
    input: { op: row.op, aspas: aspasJson(row.aspas), steps: row.steps.map(stepJson) },
    fact: { outcomes: row.outcomes },
  };
}

function comparison(row: (typeof facts.comparisons)[number]): CaseDraft {
  return {
    id: `compare-${row.id}`,
    title: row.title,
    sections: row.sections,
    requirements: row.requirements,
    flags: row.mistakes?.map((id) => `aspa-${id}`) ?? [],
    input: { op: row.op, first: aspasJson(row.first), second: aspasJson(row.second) },
    fact: { equal: row.equal },
  };
}

/** What an outcome alone brings with it. */
const FOLLOWS: Readonly<Record<'valid' | 'invalid' | 'unknown', readonly Citation[]>> = {
  valid: ['aspa-28:5.7:unknown-like-valid'],
  invalid: ['aspa-28:5.7:invalid-ineligible', 'aspa-28:5.7:invalid-kept'],
  unknown: ['aspa-28:5.7:unknown-like-valid'],
};

/** draft-28 §5.7: only "Invalid" is set apart; nothing is forgotten and nothing preferred. */
function mitigation(outcome: 'valid' | 'invalid' | 'unknown'): CaseDraft {
  const flags = { valid: ['aspa-X15b'], invalid: ['aspa-X15a'], unknown: [] };
  return {
    id: `mitigate-${outcome}`,
    title: `what the recommended policy does with a route that is ${outcome}`,
    sections: ['§5.7'],
    requirements: ['aspa-28:5.7:recommended-policy', ...FOLLOWS[outcome]],
    flags: flags[outcome],
    input: { op: 'mitigate', outcome },
    fact: { eligible: outcome !== 'invalid', keepInAdjRibIn: true, preference: 'unchanged' },
  };
}
