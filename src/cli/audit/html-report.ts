import type { AspaCounts, JudgedBy, LazyAuditReport, PeerReport, RovCounts } from '../../audit/index.js';
import { RAMP_STYLE } from '../../draw/index.js';
import { nameOf } from '../shared/input.js';
import { formatCount, formatShare, plural } from '../shared/text-table.js';
import { drawCharts } from './html-charts.js';
import { drawnPaths, type Judged } from './html-paths.js';
import { STYLE_SHEET } from './html-style.js';
import { type Cell, escapeHtml, table } from './html-table.js';
import { auditNotes, auditWarnings, PAYLOAD_SETS } from './notes.js';
import { peerName } from './peer-name.js';

/** Rows of the longer tables; the JSON report has all. */
const ROWS = 200;

/**
 * The report as one HTML file that needs nothing else: styles inside, charts as SVG, no scripts, nothing fetched.
 * Whatever comes from the input is escaped.
 *
 * @param judged what the paths were judged by, to draw those that are invalid; a report of partial ones does not know it.
 */
export function renderHtml(report: LazyAuditReport, inputs: readonly string[], judged?: Judged): string {
  const charts = drawCharts(report);
  const { routes, paths, payloads, payloadSets, rov, aspa } = report;
  const names = inputs.map((input) =>
    input === '-' ? 'standard input' : nameOf(input.split('/').at(-1) ?? input),
  );
  const body = [
    `<header><h1>Routing table audit</h1><p>${escapeHtml(names.join(', '))}</p></header>`,
    ...auditWarnings(report).map((text) => `<p class="warning">${escapeHtml(text)}</p>`),
    `<div class="cards">${[
      card(
        formatCount(routes),
        `routes on ${plural(paths, 'distinct path')} from ${plural(report.peers.length, 'peer')}`,
      ),
      card(
        formatCount(rov.invalid),
        `ROV-invalid routes, ${formatShare(rov.invalid, routes)}`,
        rov.invalid > 0,
      ),
      card(
        formatCount(aspa.invalid),
        `ASPA-invalid routes, ${formatShare(aspa.invalid, routes)}`,
        aspa.invalid > 0,
      ),
      payloadSets === undefined
        ? card(formatCount(payloads.vrps), `VRPs and ${plural(payloads.aspas, 'ASPA')} to judge by`)
        : card(formatCount(payloadSets.length), 'times whose payloads judge'),
    ].join('')}</div>`,
    '<div class="charts">',
    figure('Verdicts', charts.sums, 'Grey is not-found for ROV, unknown for ASPA: no accusation.'),
    section('Both mechanisms', crossTable(report)),
    figure('ASPA by peer', charts.peers, 'The 16 peers with the most routes.'),
    figure('Path lengths by ASPA verdict', charts.lengths, 'Repeated ASes counted once.'),
    '</div>',
    section(
      'Remarks',
      `<ul>${auditNotes(report)
        .map((note) => `<li>${escapeHtml(note)}</li>`)
        .join('')}</ul>`,
    ),
    section('Peers', peerTable(report.peers)),
    ...(payloadSets === undefined ? [] : [payloadSetTable(payloadSets)]),
    section(
      `Paths that ASPA finds invalid (${formatCount(report.invalidPaths.length)})`,
      invalidPathTable(report),
    ),
    ...(judged ? [section('Why: those with the most routes', drawnPaths(report, judged))] : []),
    section(`Hops that decided (${formatCount(report.notProviderHops.length)})`, hopTable(report)),
    section(
      `Origins that ROV finds invalid (${formatCount(report.invalidOrigins.listed.length)})`,
      originTable(report),
    ),
    `<footer>ASPA per draft-ietf-sidrops-aspa-verification-${report.aspaRevision}, origin validation per RFC 6811. Made by pathsec.</footer>`,
  ];
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>Routing table audit</title><style>${STYLE_SHEET}${RAMP_STYLE}</style></head>`,
    `<body><main>${body.join('\n')}</main></body></html>`,
    '',
  ].join('\n');
}

function card(figure: string, text: string, alarming = false): string {
  return `<div class="card${alarming ? ' bad' : ''}"><strong>${figure}</strong><span>${escapeHtml(text)}</span></div>`;
}

function figure(title: string, svg: string, caption: string): string {
  return `<figure><h2>${escapeHtml(title)}</h2>${svg}<figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

function section(title: string, content: string): string {
  return `<section><h2>${escapeHtml(title)}</h2>${content}</section>`;
}

const number = (count: number): Cell => ({ text: formatCount(count), kind: 'number' });
const verdicts = (good: number, bad: number, open: number): Cell[] => [
  number(good),
  { text: formatCount(bad), kind: bad > 0 ? 'bad' : 'number' },
  number(open),
];
const ofAspa = ({ valid, invalid, unknown }: AspaCounts): Cell[] => verdicts(valid, invalid, unknown);
const ofRov = ({ valid, invalid, notFound }: RovCounts): Cell[] => verdicts(valid, invalid, notFound);
/** Checks of step 2 whose names in the report are no words. */
const CHECKS: Partial<Record<PeerReport['neighborCheck'], string>> = {
  'not-its-own-as': 'not its own AS',
  'unknown-as': 'AS unknown',
};
const name = (peer: Parameters<typeof peerName>[0]): Cell => ({ text: peerName(peer), kind: 'code' });
const as = (asn: number): Cell => ({ text: `AS${asn}`, kind: 'code' });

function crossTable({ rovByAspa }: LazyAuditReport): string {
  const head = ['routes', 'ASPA valid', 'ASPA invalid', 'ASPA unknown'];
  const rows: readonly [string, AspaCounts][] = [
    ['ROV valid', rovByAspa.valid],
    ['ROV invalid', rovByAspa.invalid],
    ['ROV not-found', rovByAspa.notFound],
  ];
  return table(head, rows, ([title, counts]) => [title, ...ofAspa(counts)]);
}

function peerTable(peers: readonly PeerReport[]): string {
  const head = ['peer', 'role', 'step 2', 'routes', 'paths', 'withdrawals'];
  const counts = ['ROV valid', 'invalid', 'not-found', 'ASPA valid', 'invalid', 'unknown'];
  return table(
    [...head, ...counts],
    peers,
    (peer) => [
      name(peer),
      peer.role ?? 'none',
      CHECKS[peer.neighborCheck] ?? peer.neighborCheck,
      number(peer.routes),
      number(peer.paths),
      number(peer.withdrawals),
      ...ofRov(peer.rov),
      ...ofAspa(peer.aspa),
    ],
    ROWS,
  );
}

function payloadSetTable(sets: readonly JudgedBy[]): string {
  const { title, head, row } = PAYLOAD_SETS;
  const cells = (one: JudgedBy): Cell[] =>
    row(one).map((text, i) => ({ text, kind: i === 0 || i > 3 ? 'code' : 'number' }));
  return section(`${title} (${formatCount(sets.length)})`, table(head, sets, cells, ROWS));
}

function invalidPathTable({ invalidPaths }: LazyAuditReport): string {
  return table(
    ['routes', 'peer', 'path, neighbour first', 'procedure', 'step', 'why'],
    invalidPaths,
    (path) => [
      number(path.routes),
      name(path),
      { text: path.path, kind: 'code' },
      path.procedure,
      String(path.step),
      path.step === 4
        ? path.hops
            .map(({ customer, provider }) => `AS${provider} is no provider of AS${customer}`)
            .join('; ')
        : path.reason,
    ],
    ROWS,
  );
}

function hopTable({ notProviderHops }: LazyAuditReport): string {
  return table(
    ['routes', 'paths', 'customer', 'not its provider'],
    notProviderHops,
    (hop) => [number(hop.routes), number(hop.paths), as(hop.customer), as(hop.provider)],
    ROWS,
  );
}

function originTable({ invalidOrigins: { listed } }: LazyAuditReport): string {
  return table(
    ['routes', 'prefix', 'origin', 'wrong', 'VRPs that cover it'],
    listed,
    ({ routes, prefix, origin, reason, vrps }) => [
      number(routes),
      { text: prefix, kind: 'code' },
      origin === null ? 'none' : as(origin),
      reason === 'as' ? 'origin' : 'length',
      {
        text: vrps.map((vrp) => `AS${vrp.asn} ${vrp.prefix} up to ${vrp.maxLength}`).join(', '),
        kind: 'code',
      },
    ],
    ROWS,
  );
}
