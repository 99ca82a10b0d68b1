import { escapeXml, num, svgHead } from './svg.js';

/** What a colour means; a style sheet gives it ({@link RAMP_STYLE}), and without one all is in the colour of the writing. */
export type Tone = 'valid' | 'invalid' | 'unknown' | 'ink' | 'quiet' | 'line' | 'ground';

/** A shape of a picture: the name of an SVG element, its attributes, and what it says. */
export interface Shape {
  readonly name: 'line' | 'path' | 'rect' | 'circle' | 'text';
  readonly attributes: Readonly<Record<string, string>>;
  readonly text?: string;
}

/** A picture of shapes: what stands where is a value, which SVG text or elements of a page are made of. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What the picture shows, in words. */
  readonly description: string;
  readonly shapes: readonly Shape[];
}

/** A picture as SVG text, for a page or a file of its own: one image, named by title and description. */
export function pictureSvg(picture: Picture): string {
  const shapes = picture.shapes.map(({ attributes, name, text }) => {
    const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
    return `<${name}${said.join('')}${text === undefined ? '/>' : `>${escapeXml(text)}</${name}>`}`;
  });
  return [svgHead(picture), ...shapes, '</svg>'].join('');
}

/** Colours of {@link Tone} for light, dark, printed and forced colours; told apart by people who do not see red or green. */
export const RAMP_STYLE = `
.tone-valid { color: #0a6ebd; } .tone-invalid { color: #b3261e; } .tone-unknown { color: #55606f; }
.tone-ink { color: #1d2430; } .tone-quiet { color: #55606f; } .tone-line { color: #9aa5b4; } .tone-ground { color: #fff; }
@media screen and (prefers-color-scheme: dark) {
  .tone-valid { color: #6cb8ff; } .tone-invalid { color: #ff8a80; } .tone-unknown { color: #a4afbd; }
  .tone-ink { color: #e6eaf0; } .tone-quiet { color: #a4afbd; } .tone-line { color: #5b6574; } .tone-ground { color: #1b212a; }
}
@media (forced-colors: active) {
  [class^="tone-"] { color: CanvasText; forced-color-adjust: none; } .tone-ground { color: Canvas; }
}
`;

/** A straight line; `dash` as SVG has it. */
export function lineShape(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  tone: Tone,
  { dash, width = 2 }: { readonly dash?: string; readonly width?: number } = {},
): Shape {
  return {
    name: 'line',
    attributes: {
      class: `tone-${tone}`,
      x1: num(from.x),
      y1: num(from.y),
      x2: num(to.x),
      y2: num(to.y),
      stroke: 'currentColor',
      'stroke-width': num(width),
      ...(dash === undefined ? {} : { 'stroke-dasharray': dash }),
    },
  };
}

/** How a box is filled: with the ground and a frame, wholly, or lightly. */
export type Filling = 'frame' | 'full' | 'light' | 'dashed';

/** A rectangle. */
export function boxShape(
  {
    height,
    width,
    x,
    y,
  }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  tone: Tone,
  filling: Filling,
  rounding = 6,
): Shape {
  const fillings: Readonly<Record<Filling, Readonly<Record<string, string>>>> = {
    frame: { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.5' },
    full: { fill: 'currentColor' },
    light: { fill: 'currentColor', 'fill-opacity': '0.16', stroke: 'currentColor' },
    dashed: { fill: 'none', stroke: 'currentColor', 'stroke-dasharray': '4 3' },
  };
  return {
    name: 'rect',
    attributes: {
      class: `tone-${tone}`,
      x: num(x),
      y: num(y),
      width: num(width),
      height: num(height),
      rx: num(rounding),
      ...fillings[filling],
    },
  };
}

/** A line of writing in a picture; `y` is its base line. */
export function textShape(
  at: { readonly x: number; readonly y: number },
  text: string,
  tone: Tone,
  style: {
    readonly anchor?: 'start' | 'middle' | 'end';
    readonly size?: number;
    readonly strong?: boolean;
  } = {},
): Shape {
  const { anchor = 'middle', size = 12, strong = false } = style;
  return {
    name: 'text',
    attributes: {
      class: `tone-${tone}`,
      x: num(at.x),
      y: num(at.y),
      'text-anchor': anchor,
      'font-size': num(size),
      fill: 'currentColor',
      ...(strong ? { 'font-weight': '700' } : {}),
    },
    text,
  };
}

/** A disc with a sign in it. */
export function signShapes(
  at: { readonly x: number; readonly y: number },
  sign: string,
  tone: Tone,
  radius = 10,
): Shape[] {
  return [
    {
      name: 'circle',
      attributes: {
        class: `tone-${tone}`,
        cx: num(at.x),
        cy: num(at.y),
        r: num(radius),
        fill: 'currentColor',
      },
    },
    textShape({ x: at.x, y: at.y + 4.5 }, sign, 'ground', { size: 13, strong: true }),
  ];
}
