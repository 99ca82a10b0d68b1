import { type Box, type Drawing, FONT_SIZE, type Label, type Part } from './drawing.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for XML, element content or attribute: no mark-up. What XML cannot hold at all becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]|[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/**
 * A drawing as SVG text that stands in a page of HTML or in a file of its own. Writing and lines take the colour of the text
 * around them, so that it suits light and dark ground; it scales to the width that it is given. It is one image to a screen
 * reader, named by the title and the description.
 */
export function drawingSvg(drawing: Drawing): string {
  const { labels, parts } = drawing;
  const lines = drawing.grid.map(
    ({ x1, x2, y1, y2 }) => `<line x1="${num(x1)}" y1="${num(y1)}" x2="${num(x2)}" y2="${num(y2)}"/>`,
  );
  const pieces = drawing.pieces.map(
    (piece) =>
      `<rect ${box(piece)} fill="${fill(parts, piece.part)}"><title>${escapeXml(piece.text)}</title></rect>`,
  );
  const keys = drawing.keys.map(
    (key) => `<rect ${box(key)} fill="${fill(parts, key.part)}"/>${labelSvg(key.label)}`,
  );
  return [
    svgHead(drawing),
    `<g stroke="currentColor" stroke-opacity="0.15">${lines.join('')}</g>`,
    ...pieces,
    ...keys,
    ...labels.map(labelSvg),
    '</svg>',
  ].join('');
}

/** The beginning of a drawing: one image, named by title and description, in the writing of the page. */
export function svgHead({
  description,
  height,
  title,
  width,
}: Pick<Drawing, 'description' | 'height' | 'title' | 'width'>): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeXml(`${title}. ${description}`)}"`,
    ` viewBox="0 0 ${num(width)} ${num(height)}" width="${num(width)}" height="${num(height)}"`,
    ` font-family="system-ui, sans-serif" font-size="${FONT_SIZE}" fill="currentColor">`,
    `<title>${escapeXml(title)}</title>`,
  ].join('');
}

/** At most two decimals, and never `-0`. */
export function num(value: number): string {
  return String(Math.round(100 * value) / 100 || 0);
}

function box({ height, width, x, y }: Box): string {
  return `x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}"`;
}

function fill(parts: readonly Part[], part: number): string {
  return escapeXml(parts[part]?.color ?? 'none');
}

/** A line of writing. */
export function labelSvg({ anchor, text, upright, whole, x, y }: Label): string {
  const turned = upright ? ` transform="rotate(-90 ${num(x)} ${num(y)})"` : '';
  const full = whole === undefined ? '' : `<title>${escapeXml(whole)}</title>`;
  return `<text x="${num(x)}" y="${num(y)}" text-anchor="${anchor}"${turned}>${full}${escapeXml(text)}</text>`;
}
