import { type GraphDrawing, NOTE_SIZE, type Point } from './graph.js';
import { escapeXml, labelSvg, num, svgHead } from './svg.js';

/** A graph as SVG text; it stands, scales and is named as `drawingSvg` says. Names of nodes are white on the colour of their part. */
export function graphSvg(drawing: GraphDrawing): string {
  const { arrows, boxes, keys, lines, parts } = drawing;
  const colorOf = (part: number): string => escapeXml(parts[part]?.color ?? 'none');
  const written = lines.map(
    ({ points, broken }) =>
      `<polyline points="${pointsOf(points)}"${broken ? ' stroke-dasharray="5 4"' : ''}/>`,
  );
  const flows = arrows.map(({ head, points, part }) => {
    const color = colorOf(part);
    return (
      `<polyline points="${pointsOf(points)}" fill="none" stroke="${color}" stroke-width="2.5" stroke-linejoin="round"/>` +
      `<polygon points="${pointsOf(head)}" fill="${color}"/>`
    );
  });
  const nodes = boxes.map(({ height, label, notes, part, strong, text, width, x, y }) => {
    const box = `x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" rx="5"${strong ? ' stroke="currentColor" stroke-width="3"' : ''}`;
    return `<g><title>${escapeXml(text)}</title><rect ${box} fill="${colorOf(part)}"/><g fill="#fff">${labelSvg(label)}<g font-size="${NOTE_SIZE}">${notes.map(labelSvg).join('')}</g></g></g>`;
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
