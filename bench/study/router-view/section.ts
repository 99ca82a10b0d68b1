import {
  type Assumptions,
  type Band,
  MODEL_LEAVES_OUT,
  meanCost,
  meanHops,
  type Protection,
  protectionName,
  type RouterViewRow,
  routerView,
} from 'pathsec/cost';
import { factsOf } from '../report/analysis.js';
import { num, percent, table, withSpread } from '../report/format.js';
import type { StudyResults } from '../results.js';
import { type ChosenAssumptions, chooseAssumptions } from './chosen.js';
import { CROWD, sharingExponent } from './path-mix.js';
import { protectionsOf } from './protections.js';

const ABSENT = 'absent';

/** The router's view of a run. */
export interface RouterView extends ChosenAssumptions {
  readonly rows: readonly RouterViewRow[];
}

/** The model over the unit costs of a run. */
export function routerViewOf(results: StudyResults): RouterView {
  const settings = results.config.routerView ?? {};
  const chosen = chooseAssumptions(settings, results.tasks.tables?.facts.mixes ?? []);
  return { ...chosen, rows: routerView(chosen.assumptions, protectionsOf(results, settings.table)) };
}

/** The section of the page: assumptions, work, time, and what the model leaves out. */
export function routerViewSection(results: StudyResults): string {
  const { assumptions, described, rows } = routerViewOf(results);
  const numbers = (values: readonly number[]): string => values.map((value) => num(value)).join(' / ');
  return `A MODEL, and no measurement: a router that gets a full feed from each of its peers, computed from the unit costs of this run and
these assumptions. Change them by \`routerView\` in the file of \`--config\`, also for a finished run:
\`npm run study -- --report-only FOLDER --config FILE\`.

${assumptionsTable(assumptions, described)}

${mixTable(results)}

### Its work

Signatures to verify, and octets of UPDATEs, for ${numbers(assumptions.peers)} peers. An aggregate is one signature a route, and as many
statements to hash as the path has hops (${num(meanHops(assumptions.pathLengths))} on average).

${workTable(rows)}

### Its time

Core-seconds by peers as above; minutes and shares of ${numbers(assumptions.cores)} cores, for the fewest and the most peers. A share above
100 % means that the cores fall behind. *Absent* is what this run did not measure.

${timeTable(assumptions, rows)}

${LEFT_OUT}`;
}

const LEFT_OUT = `What the model leaves out:

${MODEL_LEAVES_OUT.map((text) => `- ${text}`).join('\n')}`;

function assumptionsTable(assumptions: Assumptions, described: ChosenAssumptions['described']): string {
  const written = (name: keyof Assumptions): string => {
    const value = assumptions[name];
    return typeof value === 'number' ? num(value) : value.map((one) => num(one)).join(', ');
  };
  return table(
    ['assumption', 'in the file', 'value', 'source'],
    described.map(({ name, what, source }) => [what, `\`${name}\``, written(name), source]),
  );
}

/** What the tables of the run say of the assumptions. */
function mixTable(results: StudyResults): string {
  if (results.tasks.tables === undefined) return 'No tables were read in this run.';
  const rows = factsOf(results, 'tables').mixes.map((mix) => {
    const most = mix.sharing.at(-1)?.peers;
    const { churn } = mix;
    return [
      mix.name,
      num(meanHops(mix.pathLengths)),
      num(mix.prefixesPerUpdate),
      most === undefined
        ? ''
        : `${num(sharingExponent(mix.sharing) ?? Number.NaN)} (${most === 2 ? '2' : `2 to ${most}`})`,
      churn === undefined ? '' : num(churn.announcementsPerMinute),
      churn === undefined ? '' : percent(churn.unseenShare),
      churn === undefined ? '' : percent(churn.bestShare),
    ];
  });
  const head = [
    'table',
    'mean hops',
    'prefixes per UPDATE',
    'sharing (peers)',
    'announcements of a peer in a minute',
    'unseen',
    'new best',
  ];
  return `What the tables of this run say of them; the last two columns of prefixes of which at least ${CROWD} peers had a route:\n\n${table(head, rows)}`;
}

/** The rows of each protection, by peers. */
function byProtection(rows: readonly RouterViewRow[]): [Protection, readonly RouterViewRow[]][] {
  return [...new Set(rows.map(({ protection }) => protection))].map((protection) => [
    protection,
    rows.filter((row) => row.protection === protection),
  ]);
}

/** Below a hundredth of a per cent nobody looks. */
const share = (value: number): string => (value > 0 && value < 1e-4 ? '< 0.01 %' : percent(value));

/** Work does not depend on the engine. */
function workTable(rows: readonly RouterViewRow[]): string {
  const named = new Map<string, readonly RouterViewRow[]>();
  for (const [protection, own] of byProtection(rows)) {
    const name = protectionName(protection);
    if (!named.has(name)) named.set(name, own);
  }
  const each = (own: readonly RouterViewRow[], of: (row: RouterViewRow) => number): string =>
    own.map((row) => num(of(row))).join(' / ');
  return table(
    [
      'protection',
      'signatures at start-up, millions',
      'in a minute of churn, thousands',
      'GB at start-up',
      'MB in a minute of churn',
    ],
    [...named].map(([name, own]) => [
      name,
      each(own, ({ startUp }) => startUp.signatures / 1e6),
      each(own, ({ perMinute }) => perMinute.signatures / 1e3),
      each(own, ({ startUp }) => startUp.octets / 1e9),
      each(own, ({ perMinute }) => perMinute.octets / 1e6),
    ]),
  );
}

function timeTable({ pathLengths }: Assumptions, rows: readonly RouterViewRow[]): string {
  const protections = byProtection(rows);
  const ends = (own: readonly RouterViewRow[]): RouterViewRow[] =>
    [...own].sort((a, b) => a.peers - b.peers).filter((_, i) => i === 0 || i === own.length - 1);
  const [, first = []] = protections[0] ?? [];
  const peersOf = ends(first).map(({ peers }) => `${peers} peers`);
  const medians = (bands: readonly (Band | undefined)[], write: (value: number) => string): string =>
    bands.map((band) => (band === undefined ? ABSENT : write(band.median))).join(' / ');
  return table(
    [
      'protection',
      'engine',
      'CPU us a route (quartiles)',
      'core-seconds at start-up',
      'in a minute of churn',
      ...peersOf.map((peers) => `minutes to start, ${peers}`),
      ...peersOf.map((peers) => `share for churn, ${peers}`),
    ],
    protections.map(([protection, own]) => {
      const { cost, engine } = protection;
      const head = [protectionName(protection), engine];
      if (cost === undefined)
        return [...head, ABSENT, ABSENT, ABSENT, ...peersOf.flatMap(() => [ABSENT, ABSENT])];
      const { median, q1, q3 } = meanCost(cost, pathLengths);
      return [
        ...head,
        withSpread({ median: 1000 * median, q1: 1000 * q1, q3: 1000 * q3 }),
        medians(
          own.map(({ startUp }) => startUp.coreSeconds),
          num,
        ),
        medians(
          own.map(({ perMinute }) => perMinute.coreSeconds),
          num,
        ),
        ...ends(own).map(({ onCores }) =>
          medians(
            onCores.map(({ startUpMinutes }) => startUpMinutes),
            num,
          ),
        ),
        ...ends(own).map(({ onCores }) =>
          medians(
            onCores.map(({ churnShare }) => churnShare),
            share,
          ),
        ),
      ];
    }),
  );
}
