import { FONT_SIZE } from './drawing.js';
import type { GraphDrawing, Point } from './graph.js';
import { escapeXml, labelSvg, num, svgHead } from './svg.js';

/** A graph as SVG text; it stands, scales and is named as `drawingSvg` says. Names of nodes are white on the colour of their part. */
export function graphSvg(drawing: GraphDrawing): string {
  const { arrows, boxes, keys, lines, parts } = drawing;
  const colorOf = (part: number): string => escapeXml(parts[part]?.color ?? 'none');
  const written = lines.map(
    ({ points, broken }) =>
      `<polyline points="${pointsOf(points)}"${broken ? ' stroke-dasharray="5 4"' : ''}/>`,
  );
  const flows = arrows.map(({ points, part }) => {
    const color = colorOf(part);
    return (
      `<polyline points="${pointsOf(points)}" fill="none" stroke="${color}" stroke-width="2.5" stroke-linejoin="round"/>` +
      `<polygon points="${pointsOf(headOf(points))}" fill="${color}"/>`
    );
  });
  const nodes = boxes.map(({ height, label, part, strong, text, width, x, y }) => {
    const box = `x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" rx="5"${strong ? ' stroke="currentColor" stroke-width="3"' : ''}`;
    return `<g><title>${escapeXml(text)}</title><rect ${box} fill="${colorOf(part)}"/><g fill="#fff">${labelSvg(label)}</g></g>`;
  });
  const named = keys.map(
    ({ height, label, part, width, x, y }) =>
      `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" fill="${colorOf(part)}"/>${labelSvg(label)}`,
  );
  return [
    svgHead(drawing),
    `<g fill="none" stroke="currentColor" stroke-opacity="0.45">${written.join('')}</g>`,
    ...flows,
    ...nodes,
    ...named,
    '</svg>',
  ].join('');
}

const pointsOf = (points: readonly Point[]): string =>
  points.map(({ x, y }) => `${num(x)},${num(y)}`).join(' ');

/** The head of an arrow at the last of the points: a triangle in the direction of the last stretch. */
function headOf(points: readonly Point[]): Point[] {
  const [before, tip] = points.slice(-2);
  if (before === undefined || tip === undefined) return [];
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const along = { x: (tip.x - before.x) / length, y: (tip.y - before.y) / length };
  const back = { x: tip.x - 0.75 * FONT_SIZE * along.x, y: tip.y - 0.75 * FONT_SIZE * along.y };
  const half = 0.33 * FONT_SIZE;
  return [
    tip,
    { x: back.x - half * along.y, y: back.y + half * along.x },
    { x: back.x + half * along.y, y: back.y - half * along.x },
  ];
}
