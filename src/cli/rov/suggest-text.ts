import type { NamedVrp, OriginSurveyReport, Rows } from '../../audit/index.js';
import { unreadableText } from '../shared/route-files.js';
import { firstRows } from '../shared/rows.js';
import type { Style } from '../shared/style.js';
import { type Column, formatCount, plural, shorten, tableLines, wrap } from '../shared/text-table.js';

const RIGHT = { align: 'right' } as const;
const WIDTH = 110;

/** The report for a person, line by line. */
export function* suggestTextLines(
  report: OriginSurveyReport,
  style: Style,
  limit: number,
): Generator<string> {
  const { vrps, routes, announced, loose, covered, unused, needless, moas, moasKinds } = report;
  yield style.bold('pathsec rov suggest: VRPs held against what is announced');
  for (const one of report.unreadable) yield* wrap(unreadableText(one), WIDTH, '! ').map(style.bad);
  yield `${plural(vrps, 'VRP')}; ${plural(routes, 'route')} to ${formatCount(announced.prefixes)} prefixes, ` +
    `${formatCount(announced.pairs)} pairs of prefix and origin`;
  const table = <T>(title: string, columns: readonly Column[], rows: Rows<T>, cells: (row: T) => string[]) =>
    section(style, limit, title, columns, rows, cells);
  yield* table(
    'VRPs that permit more than is announced (RFC 9319)',
    [
      { head: 'VRP' },
      { head: 'permits', ...RIGHT },
      { head: 'announced', ...RIGHT },
      { head: 'longest', ...RIGHT },
      { head: 'minimal' },
    ],
    loose,
    (one) => [
      vrpText(one),
      count(one.permitted),
      formatCount(one.announced),
      `/${one.longest}`,
      shorten(one.minimal.join(', '), 60),
    ],
  );
  yield* table(
    'Announced prefixes that VRPs cover and none matches',
    [{ head: 'prefix' }, { head: 'origin', ...RIGHT }, { head: 'wrong' }, { head: 'VRPs that cover it' }],
    covered,
    ({ prefix, origin, reason, vrps: covering }) => [
      prefix,
      `AS${origin}`,
      reason === 'as' ? 'origin' : 'length',
      shorten(covering.map(vrpText).join(', '), 60),
    ],
  );
  yield* table('VRPs that no route uses', [{ head: 'VRP' }, { head: 'why' }], unused, (one) => [
    vrpText(one),
    UNUSED[one.kind],
  ]);
  yield* table(
    'VRPs that another of their AS makes needless',
    [{ head: 'VRP' }, { head: 'within' }],
    needless,
    (one) => [vrpText(one), vrpText(one.within)],
  );
  yield* table(
    `Prefixes with several origins: ${Object.entries(moasKinds)
      .map(([kind, number]) => `${formatCount(number)} ${kind}`)
      .join(', ')}`,
    [{ head: 'prefix' }, { head: 'kind' }, { head: 'side by side' }, { head: 'origins' }],
    moas,
    ({ prefix, kind, adjacent, origins }) => [
      prefix,
      kind,
      adjacent ? 'yes' : 'no',
      shorten(origins.map(({ asn, validity }) => `AS${asn} ${validity}`).join(', '), 60),
    ],
  );
  yield '';
  yield style.bold('Remarks');
  for (const note of notes(report)) yield* wrap(note, WIDTH, '- ');
}

const UNUSED = {
  unannounced: 'nothing is announced at or below it',
  'other-origin': 'only other ASes announce at or below it',
  'too-long': 'its AS announces longer prefixes than it permits',
} as const;

function notes({ withoutOrigin, problems }: OriginSurveyReport): string[] {
  return [
    'A VRP that permits more specifics which nobody announces lets a hijacker announce them with the origin of the VRP in ' +
      'front of it: they are valid, and win everywhere (RFC 9319 §4). Minimal are VRPs for just what is announced.',
    'What these routes do not show may be announced all the same, elsewhere or when something fails (scrubbing, backups; RFC 9319 §5.1): ' +
      'only the holder knows. Add VRPs before taking any away.',
    'Several origins of a prefix are no fault by themselves: anycast, a move, a customer without AS of its own.',
    ...(withoutOrigin > 0
      ? [`${plural(withoutOrigin, 'route')} without origin (AS_SET at the end): not looked at.`]
      : []),
    ...(problems.count > 0 ? [`${plural(problems.count, 'fault')} in the input.`] : []),
  ];
}

function* section<T>(
  style: Style,
  limit: number,
  title: string,
  columns: readonly Column[],
  rows: Rows<T>,
  cells: (row: T) => string[],
): Generator<string> {
  if (rows.length === 0) return;
  const shown = firstRows(rows, limit, cells);
  yield '';
  const first = shown.length < rows.length ? `first ${formatCount(shown.length)} of ` : '';
  yield style.bold(`${title} (${first}${formatCount(rows.length)})`);
  yield* tableLines(columns, shown);
}

function vrpText({ asn, prefix, maxLength }: NamedVrp): string {
  return prefix.endsWith(`/${maxLength}`) ? `${prefix} => AS${asn}` : `${prefix}-${maxLength} => AS${asn}`;
}

/** Numbers that have no more exact digits are rounded. */
function count(value: number): string {
  return value < 1e9 ? formatCount(value) : value.toExponential(1);
}
