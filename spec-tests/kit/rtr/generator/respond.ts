import type { Fields } from '../../../../src/conformance/vector.js';
import facts from '../facts/cache.json' with { type: 'json' };
import type { RtrCase, RtrGroup } from './cases.js';
import { payloads, pdus, pieces, SERIAL, SESSION } from './notation.js';
import { type Row, rowCase } from './row.js';
import { inOlderVersions } from './versions.js';

interface CacheRow extends Row {
  /** What the cache has had, the latest last. */
  readonly states: readonly string[];
  /** Serial of the first state; default such that the last one has {@link SERIAL}. */
  readonly serial?: number;
  readonly queries: readonly string[];
  readonly answer: string;
}

function cacheCase(row: CacheRow): RtrCase {
  const { answer, input, serial = SERIAL - row.states.length + 1 } = row;
  const states = row.states.map(payloads);
  const queries = row.queries.flatMap((query) => pieces(query, 2));
  const question = { op: 'respond', sessionId: SESSION, serial, states, queries, ...input };
  return rowCase(`rtr/cache-${row.name}`, row, question, answer, answered);
}

/** `PDUS[; error CODE][; closed]`, with `nothing` for none */
function answered(text: string): Fields {
  const [list = '', ...rest] = text.split('; ');
  const [, code, version = '2'] = /^error (\d+)(?:@(\d))?$/.exec(rest[0] ?? '') ?? [];
  return {
    pdus: list === 'nothing' ? [] : pdus(list, 2),
    errorCode: code === undefined ? null : Number(code),
    errorVersion: code === undefined ? null : Number(version),
    open: rest.at(-1) !== 'closed',
  };
}

const rows: readonly { readonly title: string; readonly cases: readonly CacheRow[] }[] = facts.groups;
const groups = rows.map(({ title, cases }): RtrGroup => ({ title, cases: cases.map(cacheCase) }));

/** What a cache answers. */
export const RESPOND_GROUPS: readonly RtrGroup[] = [
  ...groups,
  ...inOlderVersions(groups, rows, 'highestVersion'),
];
