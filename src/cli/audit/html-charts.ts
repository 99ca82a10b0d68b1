import type { LazyAuditReport } from '../../audit/index.js';
import { printable } from '../../bytes/index.js';
import { columns, drawingSvg, shareBars } from '../../draw/index.js';
import { peerName } from './peer-name.js';

/** The outcomes from the left or from below; their colours are told from light and from dark ground. */
const OUTCOMES = [
  { name: 'valid', color: '#2f9e6e' },
  { name: 'invalid', color: '#d9485f' },
  { name: 'unknown', color: '#8d99ae' },
];

/** Peers of the chart; the table has all. */
const PEERS = 16;

/** The charts of a report as SVG texts. */
export function drawCharts(report: LazyAuditReport): { sums: string; peers: string; lengths: string } {
  const { rov, aspa } = report;
  const sums = [
    { label: 'ROV', counts: [rov.valid, rov.invalid, rov.notFound] },
    { label: 'ASPA', counts: [aspa.valid, aspa.invalid, aspa.unknown] },
  ];
  const peers = [...report.peers]
    .sort((a, b) => b.routes - a.routes)
    .slice(0, PEERS)
    .map((peer) => ({
      label: printable(`${peerName(peer)}${peer.role ? ` ${peer.role}` : ''}`),
      counts: [peer.aspa.valid, peer.aspa.invalid, peer.aspa.unknown],
    }));
  const lengths = report.lengths
    .filter(({ length }) => length > 0)
    .map(({ length, valid, invalid, unknown }) => ({
      label: String(length),
      counts: [valid, invalid, unknown],
    }));
  const routes = { title: 'Verdicts', counts: 'share of the routes' };
  const byPeer = { title: 'ASPA by peer', counts: 'share of the routes of the peer' };
  const byLength = {
    title: 'Path lengths by ASPA verdict',
    counts: 'distinct paths',
    rows: 'ASes on the path',
  };
  return {
    sums: drawingSvg(shareBars(sums, OUTCOMES, routes)),
    peers: drawingSvg(shareBars(peers, OUTCOMES, byPeer)),
    lengths: drawingSvg(columns(lengths, OUTCOMES, byLength)),
  };
}
