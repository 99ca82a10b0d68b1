import { DecodeError, unknownMember } from '../bytes/index.js';
import { QUESTION_MEMBERS, type QuestionKind, type QuestionMemberName } from './members.js';
import { isPresent, type Members, type Place } from './place.js';

/** A question whose members are known by name; nothing in it has been read yet. */
export interface Question {
  /** The value of a member under whichever of its names it was given; named as it was, for errors. */
  at(name: QuestionMemberName): Place;
}

/** Of the members of QUESTION_MEMBERS: the canonical name by each name, for a kind of question. */
function namesOf(kind: QuestionKind): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, aliases = [], kinds } of QUESTION_MEMBERS) {
    if (!kinds.includes(kind)) continue;
    for (const one of [name, ...aliases]) names.set(one, name);
  }
  return names;
}

const NAMES: Readonly<Record<QuestionKind, ReadonlyMap<string, string>>> = {
  aspa: namesOf('aspa'),
  rov: namesOf('rov'),
  bgpsec: namesOf('bgpsec'),
};

/** The operation of the conformance interface that a question of a kind is. */
const OPERATION: Readonly<Record<QuestionKind, string>> = {
  aspa: 'verify-path',
  rov: 'validate-origin',
  bgpsec: 'verify-update',
};

/** Where a question stands, and what it may hold besides the members of its kind. */
export interface QuestionPlace {
  /** Absent for a line of its own. */
  readonly path?: string;
  /** Further members, which somebody else reads. */
  readonly besides?: readonly string[];
  /** Suites it may name; by default the one that is called as the kind. */
  readonly suites?: readonly string[];
  /** Operations it may name; by default the one that a question of the kind is. */
  readonly operations?: readonly string[];
}

/**
 * Looks at the names in a question: each has to be one of QUESTION_MEMBERS for its kind, none may be there twice under
 * different names, and `suite` and `op` have to be those of the kind. NON-SPEC: the question
 * contract (docs/cli.md, docs/decisions/cli.md D-question-members).
 *
 * @throws {DecodeError} `request`, `unknown-member`, `member-twice`, `operation-unknown`.
 */
export function openQuestion(value: unknown, kind: QuestionKind, place: QuestionPlace = {}): Question {
  const { path = '', besides = [], suites = [kind], operations = [OPERATION[kind]] } = place;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DecodeError('request', 'a question is a JSON object', {
      field: path === '' ? 'request' : path,
    });
  }
  const members = value as Members;
  const fieldOf = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const names = NAMES[kind];
  /** The names under which members stand that do not stand under their first one. */
  let written: Map<string, string> | undefined;
  for (const name of Object.keys(members)) {
    const canonical = names.get(name);
    if (canonical === name) continue;
    if (canonical === undefined) {
      if (besides.includes(name)) continue;
      throw unknownMember(name, [...names.keys(), ...besides], path);
    }
    written ??= new Map();
    const twin = Object.hasOwn(members, canonical) ? canonical : written.get(canonical);
    if (twin !== undefined) {
      throw new DecodeError('member-twice', `the same member as ${twin}; give one of them`, {
        field: fieldOf(name),
      });
    }
    written.set(canonical, name);
  }
  const at = (name: QuestionMemberName): Place => {
    const given = written?.get(name) ?? name;
    return { path: fieldOf(given), value: Object.hasOwn(members, given) ? members[given] : undefined };
  };
  requireOneOf(at('suite'), suites);
  requireOneOf(at('op'), operations);
  return { at };
}

function requireOneOf(place: Place, wanted: readonly string[]): void {
  const { path, value } = place;
  if (!isPresent(place) || wanted.some((one) => one === value)) return;
  throw new DecodeError('operation-unknown', `must be ${wanted.join(' or ')} here, or absent`, {
    field: path,
  });
}
