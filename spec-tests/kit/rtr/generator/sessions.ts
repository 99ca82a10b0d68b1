import type { Fields } from '../../../../src/conformance/vector.js';
import facts from '../facts/sessions.json' with { type: 'json' };
import type { RtrCase, RtrGroup } from './cases.js';
import { payloads, pieces, sentQuery } from './notation.js';
import { type Row, rowCase } from './row.js';
import { inOlderVersions } from './versions.js';

interface SessionRow extends Row {
  readonly steps: readonly string[];
  /** What the router has afterwards. */
  readonly then: string;
}

const EVENTS = ['poll', 'close', 'connect', 'expire'];

function sessionCase(row: SessionRow): RtrCase {
  const { version = 2 } = row.input ?? {};
  const steps = row.steps.flatMap((step): Fields[] =>
    EVENTS.includes(step) ? [{ event: step }] : pieces(step, Number(version)).map((octets) => ({ octets })),
  );
  return rowCase(
    `rtr/session-${row.name}`,
    row,
    { op: 'receive', ...row.input, steps },
    row.then,
    afterwards,
  );
}

/** `STATE [ERROR CODE][: RECORDS][; sent QUERIES]` */
function afterwards(text: string): Fields {
  const [what = '', sent] = text.split('; sent ');
  const [, state = '', code, list = ''] = /^(\w+)(?: (\d+))?(?:: (.*))?$/.exec(what) ?? [];
  const { vrps = [], aspas = [], routerKeys = [] } = payloads(list);
  return {
    state,
    vrps,
    aspas,
    routerKeys,
    errorCode: code === undefined ? null : Number(code),
    ...(sent !== undefined && { sent: sent.split(', ').map(sentQuery) }),
  };
}

const rows: readonly { readonly title: string; readonly cases: readonly SessionRow[] }[] = facts.groups;
const groups = rows.map(({ title, cases }): RtrGroup => ({ title, cases: cases.map(sessionCase) }));

/** What a router holds after a cache has sent this and that. */
export const SESSION_GROUPS: readonly RtrGroup[] = [...groups, ...inOlderVersions(groups, rows, 'version')];
