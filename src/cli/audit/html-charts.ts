import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { LazyAuditReport } from '../../audit/index.js';
import { printable } from '../../bytes/index.js';
import { peerName } from './peer-name.js';

/** Colours of the outcomes; readable on light and dark ground. */
const OUTCOME_COLORS = { valid: '#2f9e6e', invalid: '#d9485f', open: '#8d99ae' } as const;

const OUTCOMES = ['valid', 'invalid', 'unknown'];
const COLOR = {
  field: 'outcome',
  type: 'nominal',
  title: null,
  scale: { domain: OUTCOMES, range: Object.values(OUTCOME_COLORS) },
  legend: { orient: 'top' },
} as const;
/** Order of the parts of a stack: valid, invalid, unknown. */
const ORDER = { field: 'rank', type: 'quantitative' } as const;

interface Part {
  readonly outcome: string;
  readonly rank: number;
  readonly count: number;
}

const parts = (valid: number, invalid: number, open: number): Part[] =>
  [valid, invalid, open].map((count, rank) => ({ outcome: OUTCOMES[rank] ?? '', rank, count }));

/** The charts of a report as SVG texts, drawn without a browser. */
export async function drawCharts(
  report: LazyAuditReport,
): Promise<{ sums: string; peers: string; lengths: string }> {
  const { rov, aspa } = report;
  const sums = [
    ...parts(rov.valid, rov.invalid, rov.notFound).map((part) => ({ name: 'ROV', ...part })),
    ...parts(aspa.valid, aspa.invalid, aspa.unknown).map((part) => ({ name: 'ASPA', ...part })),
  ];
  const peers = [...report.peers]
    .sort((a, b) => b.routes - a.routes)
    .slice(0, 16)
    .flatMap((peer) =>
      parts(peer.aspa.valid, peer.aspa.invalid, peer.aspa.unknown).map((part) => ({
        name: printable(`${peerName(peer)}${peer.role ? ` ${peer.role}` : ''}`),
        ...part,
      })),
    );
  const lengths = report.lengths
    .filter(({ length }) => length > 0)
    .flatMap(({ length, valid, invalid, unknown }) =>
      parts(valid, invalid, unknown).map((part) => ({ length, ...part })),
    );
  return {
    sums: await draw(stackedBars(sums, ['ROV', 'ASPA'], 'share of the routes')),
    peers: await draw(stackedBars(peers, null, 'share of the routes of the peer')),
    lengths: await draw({
      data: { values: lengths },
      mark: 'bar',
      width: 560,
      height: 220,
      encoding: {
        x: {
          field: 'length',
          type: 'ordinal',
          title: 'ASes on the path',
          axis: { labelAngle: 0, labelOverlap: true },
        },
        y: { field: 'count', type: 'quantitative', title: 'distinct paths', stack: 'zero' },
        color: COLOR,
        order: ORDER,
      },
    }),
  };
}

function stackedBars(values: object[], sort: string[] | null, title: string): TopLevelSpec {
  return {
    data: { values },
    mark: { type: 'bar', height: 18 },
    width: 560,
    height: { step: 26 },
    encoding: {
      y: { field: 'name', type: 'nominal', title: null, sort, axis: { ticks: false, domain: false } },
      x: {
        field: 'count',
        type: 'quantitative',
        title,
        stack: 'normalize',
        axis: { format: '%', tickCount: 5 },
      },
      color: COLOR,
      order: ORDER,
    },
  };
}

/** Text and lines take the colour of the page around them, so that the charts suit both light and dark. */
async function draw(spec: TopLevelSpec): Promise<string> {
  const ink = 'currentColor';
  const { spec: vega } = compile({
    ...spec,
    background: 'transparent',
    config: {
      font: 'system-ui, sans-serif',
      view: { stroke: null },
      axis: {
        labelColor: ink,
        titleColor: ink,
        tickColor: ink,
        domainColor: ink,
        gridColor: ink,
        gridOpacity: 0.12,
        domainOpacity: 0.4,
        tickOpacity: 0.4,
        labelFontSize: 12,
        titleFontSize: 12,
        titleFontWeight: 'normal',
        labelLimit: 220,
      },
      legend: { labelColor: ink, labelFontSize: 12, symbolType: 'square' },
    },
  } as TopLevelSpec);
  const view = new View(parse(vega), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
