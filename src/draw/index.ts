/**
 * Charts as geometry and as SVG text, without a browser: what stands where is a value that can be tested, and writing it down
 * is a second step.
 *
 * @packageDocumentation
 */

export { columns } from './columns.js';
export type { Box, Drawing, Key, Label, Line, Part, Piece, Row, Wording } from './drawing.js';
export { shareBars } from './share-bars.js';
export { drawingSvg, escapeXml } from './svg.js';
export { ticks } from './ticks.js';
