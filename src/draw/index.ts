/**
 * Charts, graphs and the ramps of a path as geometry and as SVG text, without a browser: what stands where is a value that can be tested, and writing it down
 * is a second step.
 *
 * @packageDocumentation
 */

export { columns } from './columns.js';
export {
  type Curve,
  type CurveDrawing,
  type CurvePoint,
  type CurveWording,
  curveChart,
  type DrawnCurve,
} from './curve-chart.js';
export type { CurveEnd } from './curve-ends.js';
export type { CurveDot, CurvePiece } from './curve-pieces.js';
export { curveSvg } from './curve-svg.js';
export type { Box, Drawing, Key, Label, Line, Part, Piece, Row, Wording } from './drawing.js';
export {
  type Graph,
  type GraphDrawing,
  type GraphFlow,
  type GraphNode,
  type GraphPart,
  layeredGraph,
  type Point,
} from './graph.js';
export { graphDot } from './graph-dot.js';
export { graphSvg } from './graph-svg.js';
export type { GraphLink } from './layers.js';
export { type LogPoint, type LogPointsWording, logPoints } from './log-points.js';
export { type RampPictureOptions, rampPicture } from './ramp-picture.js';
export { type Picture, pictureSvg, RAMP_STYLE, type Shape, type Tone } from './shape.js';
export { shareBars } from './share-bars.js';
export { drawingSvg, escapeXml } from './svg.js';
export { ticks } from './ticks.js';
