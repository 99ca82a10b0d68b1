import type { CurveDrawing } from './curve-chart.js';
import type { CurveDot } from './curve-pieces.js';
import type { Line } from './drawing.js';
import type { Point } from './graph.js';
import { escapeXml, labelSvg, num, svgHead } from './svg.js';

const RADIUS = 3;
/** Of a dot that several curves share. */
const SHARED_RADIUS = 5;

/** A chart of curves as SVG text; it stands, scales and is named as `drawingSvg` says. */
export function curveSvg(drawing: CurveDrawing): string {
  const { curves, ends, grid, keys, labels, parts } = drawing;
  const colorOf = (part: number): string => escapeXml(parts[part]?.color ?? 'none');
  const strokeOf = (part: number, dashes: readonly number[], offset = 0): string => {
    const dashed = dashes.length > 0 ? ` stroke-dasharray="${dashes.join(' ')}"` : '';
    const begins = offset === 0 ? '' : ` stroke-dashoffset="${offset}"`;
    return `stroke="${colorOf(part)}" stroke-width="2"${dashed}${begins}`;
  };
  const bands = curves.map(
    ({ band, part }) => `<polygon points="${pointsOf(band)}" fill="${colorOf(part)}" fill-opacity="0.12"/>`,
  );
  const drawn = curves.flatMap(({ part, pieces }) =>
    pieces.map(
      ({ dashes, line, offset }) =>
        `<polyline points="${pointsOf(line)}" fill="none" stroke-linejoin="round" ${strokeOf(part, dashes, offset)}/>`,
    ),
  );
  const dots = curves.flatMap(({ dots: own, part, texts }) =>
    own.map((dot, i) => dotSvg(dot, `fill="${colorOf(part)}"`, escapeXml(texts[i] ?? ''))),
  );
  return [
    svgHead(drawing),
    `<g stroke="currentColor" stroke-opacity="0.15">${grid.map(lineSvg).join('')}</g>`,
    ...bands,
    `<g stroke="currentColor" stroke-opacity="0.4">${ends.map(({ line }) => lineSvg(line)).join('')}</g>`,
    ...drawn,
    ...dots,
    ...keys.map(({ curve, label, line }) => {
      const { dashes = [], part = 0 } = curves[curve] ?? {};
      return `<g ${strokeOf(part, dashes)}>${lineSvg(line)}</g>${labelSvg(label)}`;
    }),
    ...ends.map(({ label }) => labelSvg(label)),
    ...labels.map(labelSvg),
    '</svg>',
  ].join('');
}

/** A dot, or the sector of one that is shared. */
function dotSvg({ of, turn, x, y }: CurveDot, fill: string, title: string): string {
  const named = `<title>${title}</title>`;
  if (of === 1) return `<circle cx="${num(x)}" cy="${num(y)}" r="${RADIUS}" ${fill}>${named}</circle>`;
  const at = (part: number): string => {
    const angle = (2 * Math.PI * part) / of;
    return `${num(x + SHARED_RADIUS * Math.sin(angle))} ${num(y - SHARED_RADIUS * Math.cos(angle))}`;
  };
  const way = `M${num(x)} ${num(y)}L${at(turn)}A${SHARED_RADIUS} ${SHARED_RADIUS} 0 0 1 ${at(turn + 1)}Z`;
  return `<path d="${way}" ${fill}>${named}</path>`;
}

const lineSvg = ({ x1, x2, y1, y2 }: Line): string =>
  `<line x1="${num(x1)}" y1="${num(y1)}" x2="${num(x2)}" y2="${num(y2)}"/>`;

const pointsOf = (points: readonly Point[]): string =>
  points.map(({ x, y }) => `${num(x)},${num(y)}`).join(' ');
