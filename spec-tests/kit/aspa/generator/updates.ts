import type { Json } from '../../../../src/conformance/vector.js';
import { neighbor, path } from '../../../aspa/notation.js';
import type { VectorDraft } from '../../write-vectors.js';
import facts from '../facts/updates.json' with { type: 'json' };
import { aspaGroup, type CaseDraft, DRAFT, notesOf } from './case.js';
import { limitedAspasJson } from './notation.js';
import { type UpdateParts, updateHex } from './update-octets.js';

/** A row of the facts; most members are there only where a case is about them. */
interface Row extends UpdateParts {
  readonly id: string;
  readonly title: string;
  readonly sections: readonly string[];
  readonly requirements: readonly string[];
  readonly mistakes?: readonly string[];
  readonly aspas: string;
  readonly neighbor: string;
  readonly afiLimits?: readonly (readonly number[])[];
  readonly routes: readonly (readonly (string | null)[])[];
  readonly acceptable?: readonly [readonly (readonly (string | null)[])[], string];
}

/** Vectors of whole UPDATEs: which routes are verified, and with which path. */
export function updateDraft(): VectorDraft {
  const rows = facts.cases as unknown as readonly Row[];
  const merging = ({ asnSize }: Row): boolean => asnSize === 2;
  const groups = [
    aspaGroup('Families and sessions', rows.filter((row) => !merging(row)).map(updateCase)),
    aspaGroup('Sessions with 2-octet AS numbers', rows.filter(merging).map(updateCase)),
  ];
  return {
    name: 'aspa-updates',
    suite: 'aspa',
    title: 'ASPA: which routes of an UPDATE are verified, and with which path',
    source: [DRAFT, 'RFC 6793', 'RFC 7606', 'RFC 7607', 'RFC 9774'],
    notes: notesOf(groups),
    groups,
  };
}

function updateCase(row: Row): CaseDraft {
  const { neighborAs, neighborRole } = neighbor(row.neighbor, path(row.asPath ?? '-')[0]?.asns[0]);
  return {
    id: `update-${row.id}`,
    title: row.title,
    sections: row.sections,
    requirements: row.requirements,
    flags: row.mistakes?.map((id) => `aspa-${id}`) ?? [],
    input: {
      op: 'verify-update',
      message: updateHex(row),
      asnSize: row.asnSize ?? 4,
      session: row.session ?? 'external',
      neighborAs,
      neighborRole,
      aspas: limitedAspasJson(row.aspas, row.afiLimits ?? []),
    },
    fact: { routes: routesJson(row.routes) },
    ...acceptableOf(row),
  };
}

/** What else is right: what the row says, and no entry for a family that the session has not negotiated. */
function acceptableOf({ acceptable, routes }: Row): Pick<CaseDraft, 'acceptable'> {
  const unicast = routes.filter(([, family]) => family?.endsWith('-unicast'));
  const others: NonNullable<Row['acceptable']>[] = acceptable ? [acceptable] : [];
  if (unicast.length < routes.length) {
    others.push([unicast, 'a family that was not negotiated has no routes (RFC 4760 §8)']);
  }
  if (others.length === 0) return {};
  return { acceptable: others.map(([rows, why]) => ({ expected: { routes: routesJson(rows) }, why })) };
}

function routesJson(rows: Row['routes']): Json {
  return rows.map(([prefix = null, family = '', outcome = '']) => ({ prefix, family, outcome }));
}
