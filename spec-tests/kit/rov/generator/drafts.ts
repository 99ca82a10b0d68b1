import { isDeepStrictEqual } from 'node:util';
import { answerRov } from '../../../../src/conformance/answer-rov.js';
import type { Fields, Request, VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import { parsePrefix } from '../../../../src/inet/index.js';
import { createRovTable, validateOrigin } from '../../../../src/rov/index.js';
import { path } from '../../../aspa/notation.js';
import { asPathJson } from '../../aspa/generator/notation.js';
import type { Citation } from '../../citation.js';
import { mistakeNotes, mistakesIn } from '../../mutant.js';
import type { VectorDraft } from '../../write-vectors.js';
import more from '../facts/cases.json' with { type: 'json' };
import facts from '../facts/rfc6811.json' with { type: 'json' };
import { rovKit } from '../mutants/mutants.js';

/** The vector files of the suite `rov`. */
export function drafts(): VectorDraft[] {
  const groups = [
    rovGroup('Routes against a fixed set of VRPs', [...facts.routes, ...more.routes].map(routeCase), {
      vrps: facts.vrps,
    }),
    rovGroup('Small sets of VRPs', more.tables.map(tableCase)),
    rovGroup('The Route Origin ASN of an AS_PATH', more.origins.map(originCase), { ownAs: 64_496 }),
  ];
  return [
    {
      name: 'rov-origins',
      suite: 'rov',
      title: 'Route origin validation: origins and validation states',
      source: ['RFC 6811', 'RFC 6907 §6 and §7', 'RFC 6483 §4', 'RFC 7607'],
      notes: mistakeNotes(rovKit, mistakesIn(groups)),
      groups,
    },
  ];
}

/** A case to be made, and the answer that the fact states. */
interface RovCase extends Omit<VectorCase, 'flags'> {
  readonly input: Fields & { readonly op: string };
}

/** What every case of a validity shows. */
const SHOWN: Readonly<Record<string, readonly Citation[]>> = {
  valid: ['rfc6811:2:valid'],
  invalid: ['rfc6811:2:invalid', 'rfc6811:2.1:covered-not-matched'],
  'not-found': ['rfc6811:2:not-found'],
};

interface RouteRow {
  readonly prefix: string;
  readonly origin: number | null;
  readonly validity: string;
  readonly requirements?: readonly string[];
}

function requirementsOf({ requirements = [], validity }: RouteRow): readonly string[] {
  return [...(SHOWN[validity] ?? []), ...requirements];
}

function routeCase(row: RouteRow & { readonly note: string }, index: number): RovCase {
  return {
    id: `rov/route-${String(index + 1).padStart(2, '0')}`,
    title: `${row.prefix} from ${row.origin === null ? 'NONE' : `AS${row.origin}`}: ${row.note}`,
    sections: ['RFC 6811 §2'],
    requirements: requirementsOf(row),
    input: { op: 'validate-origin', prefix: row.prefix, origin: row.origin },
    expected: { validity: row.validity },
  };
}

interface TableRow extends RouteRow {
  readonly id: string;
  readonly title: string;
  readonly sections?: readonly string[];
  readonly vrps: readonly string[];
}

function tableCase({ sections = ['RFC 6811 §2'], ...row }: TableRow): RovCase {
  const vrps = row.vrps.map((text) => {
    const [prefix = '', maxLength, asn] = text.split(' ');
    return { prefix, maxLength: Number(maxLength), asn: Number(asn) };
  });
  return {
    id: `rov/table-${row.id}`,
    title: row.title,
    sections,
    requirements: requirementsOf(row),
    input: { op: 'validate-origin', vrps, prefix: row.prefix, origin: row.origin },
    expected: { validity: row.validity },
  };
}

function originCase(row: (typeof more.origins)[number]): RovCase {
  return {
    id: `rov/origin-${row.id}`,
    title: row.title,
    sections: ['RFC 6811 §2'],
    requirements: row.requirements,
    input: { op: 'origin-as', asPath: asPathJson(path(row.path)) },
    expected: { origin: row.origin },
  };
}

/** Answers from the fact, the literal and the fast validation, and the kit written apart; all have to agree. */
function rovGroup(title: string, rows: readonly RovCase[], shared: Fields = {}): VectorGroup {
  const cases = rows.map((row): VectorCase => {
    const request: Request = { ...shared, ...row.input, id: row.id, suite: 'rov' };
    const answer = answerRov(request);
    const [name = ''] = Object.keys(row.expected);
    const kit = rovKit.answer(request);
    for (const ours of [answer[name], kit[name], fastAnswer(request, answer)]) {
      if (!isDeepStrictEqual(ours, row.expected[name])) {
        throw new Error(`${row.id}: ${JSON.stringify(ours)} instead of ${JSON.stringify(row.expected)}`);
      }
    }
    const mistakes: Record<string, Fields> = {};
    for (const { id } of rovKit.mistakes) {
      const wrong = rovKit.answer(request, id);
      if (!isDeepStrictEqual(wrong, row.expected)) mistakes[id] = wrong;
    }
    const detail = Object.fromEntries(Object.entries(answer).filter(([key]) => key !== name));
    return { ...row, flags: [], ...(Object.keys(detail).length > 0 && { detail }), mistakes };
  });
  return { title, ...(Object.keys(shared).length > 0 && { shared }), cases };
}

function fastAnswer(request: Request, answer: Fields): Fields[string] | undefined {
  if (request.op === 'origin-as') return answer.origin;
  const vrps = request.vrps as readonly {
    readonly prefix: string;
    readonly maxLength: number;
    readonly asn: number;
  }[];
  const table = createRovTable(vrps.map((vrp) => ({ ...vrp, prefix: parsePrefix(vrp.prefix) })));
  const origin = request.origin as number | null;
  return validateOrigin(table, parsePrefix(request.prefix as string), origin ?? undefined);
}
