import type { CurveDrawing } from './curve-chart.js';
import type { Line } from './drawing.js';
import type { Point } from './graph.js';
import { escapeXml, labelSvg, num, svgHead } from './svg.js';

/** A chart of curves as SVG text; it stands, scales and is named as `drawingSvg` says. */
export function curveSvg(drawing: CurveDrawing): string {
  const { curves, grid, keys, labels, parts } = drawing;
  const strokeOf = (curve: number): string => {
    const { dashes = [], part = 0, width = 0 } = curves[curve] ?? {};
    const dashed = dashes.length > 0 ? ` stroke-dasharray="${dashes.join(' ')}"` : '';
    return `stroke="${colorOf(part)}" stroke-width="${width}"${dashed}`;
  };
  const colorOf = (part: number): string => escapeXml(parts[part]?.color ?? 'none');
  const bands = curves.map(
    ({ band, part }) => `<polygon points="${pointsOf(band)}" fill="${colorOf(part)}" fill-opacity="0.12"/>`,
  );
  const drawn = curves.map(
    ({ line }, i) =>
      `<polyline points="${pointsOf(line)}" fill="none" stroke-linejoin="round" ${strokeOf(i)}/>`,
  );
  const dots = curves.flatMap(({ line, part, texts, width }) =>
    line.map(
      ({ x, y }, i) =>
        `<circle cx="${num(x)}" cy="${num(y)}" r="${num(width / 2 + 2)}" fill="${colorOf(part)}"><title>${escapeXml(texts[i] ?? '')}</title></circle>`,
    ),
  );
  return [
    svgHead(drawing),
    `<g stroke="currentColor" stroke-opacity="0.15">${grid.map(lineSvg).join('')}</g>`,
    ...bands,
    ...drawn,
    ...dots,
    ...keys.map(({ curve, label, line }) => `<g ${strokeOf(curve)}>${lineSvg(line)}</g>${labelSvg(label)}`),
    ...labels.map(labelSvg),
    '</svg>',
  ].join('');
}

const lineSvg = ({ x1, x2, y1, y2 }: Line): string =>
  `<line x1="${num(x1)}" y1="${num(y1)}" x2="${num(x2)}" y2="${num(y2)}"/>`;

const pointsOf = (points: readonly Point[]): string =>
  points.map(({ x, y }) => `${num(x)},${num(y)}`).join(' ');
