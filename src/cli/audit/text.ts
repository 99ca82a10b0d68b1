import type { AspaCounts, LazyAuditReport, PeerReport, RovCounts } from '../../audit/index.js';
import { firstRows } from '../shared/rows.js';
import type { Style } from '../shared/style.js';
import {
  formatCount,
  formatShare,
  formatTable,
  plural,
  shorten,
  tableLines,
  wrap,
} from '../shared/text-table.js';
import { auditNotes, auditWarnings, PAYLOAD_SETS } from './notes.js';
import { peerName } from './peer-name.js';

const BAR = 40;
/** Peers shown; of more, those with most routes. */
const PEERS = 60;
/** Width of the remarks. */
const WIDTH = 110;
const RIGHT = { align: 'right' } as const;
/** How a check of step 2 is called in tables. */
const CHECKS: Record<PeerReport['neighborCheck'], string> = {
  on: 'checked',
  off: 'off',
  exempt: 'exempt',
  'not-its-own-as': 'not own AS',
  'unknown-as': 'AS unknown',
};

/** The report for a person, line by line: sums first, then peers, then what is wrong and why, then remarks. */
export function* auditTextLines(report: LazyAuditReport, style: Style, rows: number): Generator<string> {
  const { payloads, routes, paths } = report;
  const draft = `draft-ietf-sidrops-aspa-verification-${report.aspaRevision}`;
  const egress = report.egress === undefined ? '' : ' at egress';
  yield style.bold(`pathsec audit: ASPA${egress} per ${draft}, origins per RFC 6811`);
  for (const text of auditWarnings(report)) yield* wrap(text, WIDTH, '! ').map(style.bad);
  const { payloadSets } = report;
  const judgedBy =
    payloadSets === undefined
      ? `${plural(payloads.vrps, 'VRP')}, ${plural(payloads.aspas, 'ASPA')}`
      : `payloads of ${plural(payloadSets.length, 'time')}`;
  yield `${judgedBy}; ${plural(routes, 'route')} on ` +
    `${plural(paths, 'distinct path')} from ${plural(report.peers.length, 'peer')}`;
  yield '';
  yield* sums(report, style);
  yield '';
  yield* crossTable(report);
  yield '';
  yield* peerTable(report.peers, style);
  yield* payloadSetTable(report, style, rows);
  yield* invalidPaths(report, style, rows);
  yield* hopTable(report, style, rows);
  yield* invalidOrigins(report, style, rows);
  yield '';
  yield style.bold('Remarks');
  for (const note of auditNotes(report)) yield* wrap(note, WIDTH, '- ');
}

function sums({ rov, aspa, routes }: LazyAuditReport, style: Style): string[] {
  const row = (name: string, good: number, bad: number, open: number, word: string): string => {
    const cells = [
      style.good(`valid ${formatCount(good)} (${formatShare(good, routes)})`),
      style.bad(`invalid ${formatCount(bad)} (${formatShare(bad, routes)})`),
      `${word} ${formatCount(open)} (${formatShare(open, routes)})`,
    ];
    return `${name}  ${bar([good, bad, open], routes, style)}  ${cells.join('  ')}`;
  };
  return [
    row('ROV ', rov.valid, rov.invalid, rov.notFound, 'not-found'),
    row('ASPA', aspa.valid, aspa.invalid, aspa.unknown, 'unknown'),
  ];
}

/** A bar of the three parts; a part that is not zero shows at least one mark. */
function bar([good = 0, bad = 0, open = 0]: readonly number[], whole: number, style: Style): string {
  if (whole === 0) return ' '.repeat(BAR);
  const width = (part: number) => (part === 0 ? 0 : Math.max(1, Math.round((BAR * part) / whole)));
  const marks = [width(good), width(bad)] as const;
  const rest = Math.max(BAR - marks[0] - marks[1], open === 0 ? 0 : 1);
  const text =
    style.good('█'.repeat(marks[0])) + style.bad('▓'.repeat(marks[1])) + style.dim('░'.repeat(rest));
  return text;
}

function crossTable({ rovByAspa }: LazyAuditReport): string[] {
  const row = (name: string, counts: AspaCounts) => [name, ...aspaCells(counts)];
  return formatTable(
    [
      { head: 'routes' },
      { head: 'ASPA valid', ...RIGHT },
      { head: 'ASPA invalid', ...RIGHT },
      { head: 'ASPA unknown', ...RIGHT },
    ],
    [
      row('ROV valid', rovByAspa.valid),
      row('ROV invalid', rovByAspa.invalid),
      row('ROV not-found', rovByAspa.notFound),
    ],
  );
}

function peerTable(all: readonly PeerReport[], style: Style): string[] {
  const peers =
    all.length <= PEERS
      ? all
      : [...all].sort((a, b) => b.routes - a.routes || a.peerAs - b.peerAs).slice(0, PEERS);
  const table = formatTable(
    [
      { head: 'peer', ...RIGHT },
      { head: 'role' },
      { head: 'step 2' },
      { head: 'routes', ...RIGHT },
      { head: 'paths', ...RIGHT },
      { head: 'ROV valid', ...RIGHT },
      { head: 'invalid', ...RIGHT },
      { head: 'not-found', ...RIGHT },
      { head: 'ASPA valid', ...RIGHT },
      { head: 'invalid', ...RIGHT },
      { head: 'unknown', ...RIGHT },
    ],
    peers.map((peer) => [
      peerName(peer),
      peer.role ?? '(none)',
      CHECKS[peer.neighborCheck],
      formatCount(peer.routes),
      formatCount(peer.paths),
      ...rovCells(peer.rov),
      ...aspaCells(peer.aspa),
    ]),
  );
  return [style.bold(title('Peers', peers.length, all.length)), ...table];
}

function* payloadSetTable(
  { payloadSets = [] }: LazyAuditReport,
  style: Style,
  rows: number,
): Generator<string> {
  if (payloadSets.length === 0) return;
  const shown = firstRows(payloadSets, rows, PAYLOAD_SETS.row);
  yield '';
  yield style.bold(title(PAYLOAD_SETS.title, shown.length, payloadSets.length));
  const columns = PAYLOAD_SETS.head.map((head, i) => ({ head, ...(i > 0 && i < 4 ? RIGHT : {}) }));
  yield* tableLines(columns, shown);
}

const rovCells = ({ valid, invalid, notFound }: RovCounts) => [valid, invalid, notFound].map(formatCount);
const aspaCells = ({ valid, invalid, unknown }: AspaCounts) => [valid, invalid, unknown].map(formatCount);

/** `Title (first 10 of 25)`. */
function title(text: string, shown: number, all: number): string {
  return `${text} (${shown < all ? `first ${formatCount(shown)} of ` : ''}${formatCount(all)})`;
}

function* invalidPaths(
  { invalidPaths: paths }: LazyAuditReport,
  style: Style,
  rows: number,
): Generator<string> {
  if (paths.length === 0) return;
  const shown = firstRows(paths, rows, (path) => [
    formatCount(path.routes),
    peerName(path),
    shorten(path.path, 60),
    String(path.step),
    path.step === 4
      ? path.hops.map(({ customer, provider }) => `${customer} lacks ${provider}`).join('; ')
      : path.reason,
  ]);
  yield '';
  yield style.bold(title('Paths that ASPA finds invalid', shown.length, paths.length));
  yield* tableLines(
    [
      { head: 'routes', ...RIGHT },
      { head: 'peer', ...RIGHT },
      { head: 'path, neighbour first' },
      { head: 'step' },
      { head: 'why: customer lacks provider' },
    ],
    shown,
  );
}

function* hopTable(
  { notProviderHops: hops }: LazyAuditReport,
  style: Style,
  rows: number,
): Generator<string> {
  if (hops.length === 0) return;
  const shown = firstRows(hops, rows, ({ routes, paths, customer, provider }) => [
    formatCount(routes),
    formatCount(paths),
    `AS${customer}`,
    `AS${provider}`,
  ]);
  yield '';
  yield style.bold(title('Hops that decided', shown.length, hops.length));
  yield* tableLines(
    [
      { head: 'routes', ...RIGHT },
      { head: 'paths', ...RIGHT },
      { head: 'customer', ...RIGHT },
      { head: 'not its provider', ...RIGHT },
    ],
    shown,
  );
}

function* invalidOrigins(
  { invalidOrigins: { listed } }: LazyAuditReport,
  style: Style,
  rows: number,
): Generator<string> {
  if (listed.length === 0) return;
  const shown = firstRows(listed, rows, ({ routes, prefix, origin, reason, vrps }) => [
    formatCount(routes),
    prefix,
    origin === null ? 'none' : `AS${origin}`,
    reason === 'as' ? 'origin' : 'length',
    shorten(vrps.map((vrp) => `AS${vrp.asn} ${vrp.prefix}-${vrp.maxLength}`).join(', '), 60),
  ]);
  yield '';
  yield style.bold(title('Origins that ROV finds invalid', shown.length, listed.length));
  yield* tableLines(
    [
      { head: 'routes', ...RIGHT },
      { head: 'prefix' },
      { head: 'origin', ...RIGHT },
      { head: 'wrong' },
      { head: 'VRPs that cover it' },
    ],
    shown,
  );
}
