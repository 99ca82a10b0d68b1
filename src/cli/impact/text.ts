import type {
  AspaSide,
  ChangeCounts,
  ChangedVerdict,
  CustomerImpact,
  ImpactReport,
  KindOfChange,
  OriginSide,
  Rows,
} from '../../audit/index.js';
import { peerName } from '../audit/peer-name.js';
import { unreadableText } from '../shared/route-files.js';
import { firstRows } from '../shared/rows.js';
import type { Style } from '../shared/style.js';
import { formatCount, formatTable, plural, shorten, tableLines, wrap } from '../shared/text-table.js';
import { impactNotes } from './notes.js';

const RIGHT = { align: 'right' } as const;
/** Width of the remarks. */
const WIDTH = 110;
const COUNTS = [
  { head: 'routes', ...RIGHT },
  { head: 'become invalid', ...RIGHT },
];

/** The report for a person, line by line: what changes, how, which routes, and for whom. */
export function* impactTextLines(report: ImpactReport, style: Style, rows: number): Generator<string> {
  const { change, routes, judged } = report;
  yield style.bold(
    `pathsec impact: ASPA per draft-ietf-sidrops-aspa-verification-${report.aspaRevision}, origins per RFC 6811`,
  );
  for (const one of report.unreadable) yield* wrap(unreadableText(one), WIDTH, '! ').map(style.bad);
  yield `VRPs  ${formatCount(report.before.vrps)} before, ${formatCount(report.after.vrps)} after: ` +
    `${formatCount(change.vrps.announced)} come, ${formatCount(change.vrps.withdrawn)} go`;
  yield `ASPAs ${formatCount(report.before.aspas)} before, ${formatCount(report.after.aspas)} after: ` +
    `${formatCount(change.aspas.announced)} come, ${formatCount(change.aspas.withdrawn)} go, ` +
    `${formatCount(change.aspas.changed)} have other providers`;
  yield `${plural(routes, 'route')} read; judged twice: ${plural(judged.origins, 'origin')}, ${plural(judged.paths, 'path')}`;
  yield '';
  yield verdictLine(report, style);
  yield* kindTable(report.kinds);
  yield* routeTable('Routes that become invalid', report.newlyInvalid, style, rows);
  yield* routeTable('Other routes that change', report.otherChanges, style, rows);
  const counted = <T extends ChangeCounts>(
    title: string,
    heads: readonly { readonly head: string; readonly align?: 'left' | 'right' }[],
    list: Rows<T>,
    cells: (one: T) => string[],
  ): Generator<string> => countTable(style.bold, rows, title, heads, list, cells);
  yield* counted('By peer', [{ head: 'peer' }, { head: 'role' }], report.peers, (peer) => [
    peerName(peer),
    peer.role ?? '(none)',
  ]);
  yield* counted('By prefix', [{ head: 'prefix' }], report.prefixes, ({ prefix }) => [prefix]);
  yield* counted('By origin AS', [{ head: 'origin' }], report.origins, ({ origin }) => [
    origin === null ? 'none' : `AS${origin}`,
  ]);
  yield* counted(
    'By customer whose ASPA changes',
    [{ head: 'customer' }, { head: 'change' }],
    report.customers,
    (one) => [`AS${one.customer}`, shorten(customerText(one), 70)],
  );
  yield '';
  yield style.bold('Remarks');
  for (const note of impactNotes(report)) yield* wrap(note, WIDTH, '- ');
}

function verdictLine({ changed, becomeInvalid }: ImpactReport, style: Style): string {
  if (changed === 0) return style.good('No route changes.');
  const text = `${plural(changed, 'route')} of those change${changed === 1 ? 's' : ''}`;
  if (becomeInvalid === 0) return style.good(`${text}; none becomes invalid.`);
  return style.bad(
    `${text}; ${formatCount(becomeInvalid)} become${becomeInvalid === 1 ? 's' : ''} invalid by ROV or ASPA.`,
  );
}

function kindTable(kinds: readonly KindOfChange[]): string[] {
  if (kinds.length === 0) return [];
  return [
    '',
    ...formatTable(
      [{ head: 'by' }, { head: 'from' }, { head: 'to' }, { head: 'routes', ...RIGHT }],
      kinds.map(({ mechanism, from, to, routes }) => [
        mechanism.toUpperCase(),
        from,
        to,
        formatCount(routes),
      ]),
    ),
  ];
}

function* routeTable(
  title: string,
  routes: Rows<ChangedVerdict>,
  style: Style,
  rows: number,
): Generator<string> {
  if (routes.length === 0) return;
  const shown = [...firstRows(routes, rows, routeRows)];
  yield '';
  yield style.bold(sized(title, shown.length, routes.length));
  yield* tableLines(
    [
      { head: 'prefix' },
      { head: 'peer', ...RIGHT },
      { head: 'path, neighbour first' },
      { head: 'verdict' },
      { head: 'why, before' },
      { head: 'why, after' },
    ],
    shown.flat(),
  );
}

function routeRows(verdict: ChangedVerdict): string[][] {
  const { prefix, path, rov, aspa } = verdict;
  const place = [prefix, peerName(verdict), shorten(path, 50)];
  const rowOf = (name: string, from: string, to: string, was: string, is: string): string[] => [
    ...place,
    `${name} ${from} -> ${to}`,
    shorten(was, 50),
    shorten(is, 50),
  ];
  const [before, after] = [rov.before.validity, rov.after.validity];
  return [
    ...(before === after ? [] : [rowOf('ROV', before, after, originText(rov.before), originText(rov.after))]),
    ...(aspa.before.outcome === aspa.after.outcome
      ? []
      : [
          rowOf('ASPA', aspa.before.outcome, aspa.after.outcome, aspaText(aspa.before), aspaText(aspa.after)),
        ]),
  ];
}

function originText({ validity, reason, matched, unmatchedAs, unmatchedLength }: OriginSide): string {
  if (validity === 'not-found') return 'no VRP covers it';
  const vrps = validity === 'valid' ? matched : [...unmatchedAs, ...unmatchedLength];
  const text = vrps.map(({ asn, prefix, maxLength }) => `AS${asn} ${prefix}-${maxLength}`).join(', ');
  return validity === 'valid' ? text : `${reason === 'as' ? 'origin' : 'length'}: ${text}`;
}

function aspaText({ outcome, step, reason, hops, unattested }: AspaSide): string {
  if (outcome === 'valid') return 'attested all the way';
  if (outcome === 'unknown') return `not attested: ${unattested.map((asn) => `AS${asn}`).join(', ')}`;
  if (step !== 4) return reason;
  return hops.map(({ customer, provider }) => `${customer} lacks ${provider}`).join('; ');
}

function* countTable<T extends ChangeCounts>(
  bold: Style['bold'],
  rows: number,
  title: string,
  heads: readonly { readonly head: string; readonly align?: 'left' | 'right' }[],
  list: Rows<T>,
  cells: (one: T) => string[],
): Generator<string> {
  if (list.length === 0) return;
  const shown = firstRows(list, rows, (one) => [
    formatCount(one.changed),
    formatCount(one.becomeInvalid),
    ...cells(one),
  ]);
  yield '';
  yield bold(sized(title, shown.length, list.length));
  yield* tableLines([...COUNTS, ...heads], shown);
}

function customerText({ change, gained, lost }: CustomerImpact): string {
  const list = (asns: readonly number[]): string =>
    asns.length === 0 ? 'no provider' : asns.map((asn) => `AS${asn}`).join(', ');
  if (change === 'announced') return `new: ${list(gained)}`;
  if (change === 'withdrawn') return `gone: ${list(lost)}`;
  return [
    ...(gained.length > 0 ? [`more: ${list(gained)}`] : []),
    ...(lost.length > 0 ? [`less: ${list(lost)}`] : []),
  ].join('; ');
}

/** `Title (first 10 of 25)`. */
function sized(text: string, shown: number, all: number): string {
  return `${text} (${shown < all ? `first ${formatCount(shown)} of ` : ''}${formatCount(all)})`;
}
