import type { LaidOutAs, LaidOutHop, RampLayout } from '../aspa/index.js';
import { columnsOf, type RampColumn } from './ramp-columns.js';
import { rulerShapes } from './ramp-ruler.js';
import { boxShape, lineShape, type Picture, type Shape, signShapes, type Tone, textShape } from './shape.js';

/** How the picture of ramps is placed, and what it is called. */
export interface RampPictureOptions {
  /** `wide`: the neighbour at the left, as in the text of the path. `tall`: the neighbour on top, for narrow screens. */
  readonly form?: 'wide' | 'tall';
}

/** Writing of a column: place of its box, and how far it is to the next one. */
interface Place {
  readonly column: RampColumn;
  readonly x: number;
  readonly y: number;
}

interface Frame {
  readonly tall: boolean;
  readonly box: { readonly width: number; readonly height: number };
  readonly places: readonly Place[];
  readonly width: number;
  readonly height: number;
  /** Where the writing below the boxes begins. */
  readonly foot: number;
}

const BOX_HEIGHT = 30;
const CHARACTER = 8.2;
const HEAD = 92;
/** Width of a character of small writing. */
const SMALL = 6.3;
const TALL_WIDTH = 316;
const MARGIN = 14;
const YOU = 56;
const RISE = 56;
const HIGHEST = 220;
const TALL_STEP = 76;

/**
 * The picture of a verdict: boxes of ASes on two ramps, which climb from the neighbour and from the origin (draft-28 §5.2). A
 * ramp is solid as far as it is certain and dashed as far as it is possible; there stands a wall where an attestation
 * contradicts it, and a question mark where nobody attests it. Below it the sums of steps 4 and 5 to scale. Long paths are
 * folded where nothing happens. NON-SPEC.
 */
export function rampPicture(layout: RampLayout, { form = 'wide' }: RampPictureOptions = {}): Picture {
  const frame = form === 'tall' ? tallFrame(layout) : wideFrame(layout);
  const { height, places, width } = frame;
  const ruler = rulerShapes(layout, rulerPlace(frame));
  return {
    width,
    height: height + ruler.height,
    title: `The path as ${layout.procedure === 'upstream' ? 'a ramp' : 'two ramps'}`,
    description: descriptionOf(layout),
    shapes: [
      ...headings(layout, frame),
      ...hopsOf(places).flatMap(([upper, lower]) => hopShapes(layout, frame, upper, lower)),
      ...places.flatMap((place) => columnShapes(place, frame)),
      ...ruler.shapes,
    ],
  };
}

function boxOf({ ases }: RampLayout): { width: number; height: number } {
  const longest = Math.max(...ases.map(({ asn }) => String(asn).length));
  return { width: Math.max(52, longest * CHARACTER + 16), height: BOX_HEIGHT };
}

function wideFrame(layout: RampLayout): Frame {
  const columns = columnsOf(layout);
  const box = boxOf(layout);
  // Room for the words of a wall over the hop.
  const step = Math.max(box.width + 48, 112, endWidth(layout));
  const tallest = Math.max(0, ...columns.map(levelOf));
  const rise = Math.min(RISE, HIGHEST / Math.max(1, tallest));
  // A valid path has no walls, and needs no room for their words.
  const head = layout.outcome === 'valid' ? 40 : HEAD;
  const base = head + tallest * rise + BOX_HEIGHT;
  const left = YOU + box.width / 2 + MARGIN;
  const places = columns.map((column, i) => ({
    column,
    x: left + step * i,
    y: base - levelOf(column) * rise,
  }));
  const width = left + step * (columns.length - 1) + box.width / 2 + MARGIN;
  return { tall: false, box, places, width: Math.max(width, 420), height: base + 66, foot: base + 34 };
}

function tallFrame(layout: RampLayout): Frame {
  const columns = columnsOf(layout);
  const box = boxOf(layout);
  const tallest = Math.max(0, ...columns.map(levelOf));
  const rise = Math.min(34, 60 / Math.max(1, tallest));
  const left = MARGIN + box.width / 2;
  const places = columns.map((column, i) => {
    return { column, x: left + levelOf(column) * rise, y: 52 + BOX_HEIGHT / 2 + TALL_STEP * i };
  });
  const height = 52 + BOX_HEIGHT + TALL_STEP * (columns.length - 1) + 24;
  const foot = left + tallest * rise + box.width / 2 + 10;
  const width = Math.max(TALL_WIDTH, foot + endWidth(layout));
  return { tall: true, box, places, width, height, foot };
}

/** Room for the words of the end of a ramp: two AS numbers and an arrow. */
function endWidth({ ases }: RampLayout): number {
  const longest = Math.max(...ases.map(({ asn }) => String(asn).length));
  return (2 * longest + 3) * SMALL + MARGIN;
}

const levelOf = (column: RampColumn): number => ('as' in column ? column.as.level : column.level);

/** Neighbouring columns, the one nearer to the neighbour first. */
function hopsOf(places: readonly Place[]): [Place, Place][] {
  return places.slice(1).map((place, i) => [places[i] as Place, place]);
}

function rulerPlace({ height, places, tall, width }: Frame) {
  const [first, second] = places;
  const last = places.at(-1);
  const half = first && second && !tall ? (second.x - first.x) / 2 : 40;
  if (tall || first === undefined || last === undefined)
    return { x: MARGIN, y: height, width: width - 2 * MARGIN };
  const x = first.x - half;
  return { x, y: height, width: Math.max(180, Math.min(last.x + half, width - 2) - x) };
}

function headings({ procedure }: RampLayout, { tall, width }: Frame): Shape[] {
  const down = procedure === 'downstream';
  const pair = (x: number, anchor: 'start' | 'end', name: string, words: string): Shape[] => [
    textShape({ x, y: 16 }, name, 'quiet', { anchor, strong: true, size: 11 }),
    textShape({ x, y: 31 }, words, 'quiet', { anchor, size: 11 }),
  ];
  return [
    ...(down
      ? pair(MARGIN, 'start', 'DOWN-RAMP', tall ? 'from your neighbour ↓' : 'climbs from your neighbour →')
      : []),
    ...pair(width - MARGIN, 'end', 'UP-RAMP', tall ? 'from the origin ↑' : '← climbs from the origin'),
  ];
}

function columnShapes({ column, x, y }: Place, { box, foot, tall }: Frame): Shape[] {
  if (!('as' in column)) {
    return [textShape({ x, y: y + 5 }, `… ${column.folded} ASes …`, 'quiet', { size: 11 })];
  }
  const { asn, index, times } = column.as;
  const notes = [`A(${index})`, ...notesOf(column.as, tall), ...(times > 1 ? [`${times}×`] : [])];
  const under = tall
    ? [textShape({ x: foot, y: y + 4 }, notes.join(', '), 'quiet', { anchor: 'start', size: 11 })]
    : notes.map((note, i) => textShape({ x, y: foot + 14 * i }, note, 'quiet', { size: 11 }));
  const corner = { x: x - box.width / 2, y: y - box.height / 2, ...box };
  return [
    boxShape(corner, 'ground', 'full'),
    boxShape(corner, 'ink', 'frame'),
    textShape({ x, y: y + 4.5 }, String(asn), 'ink', { size: 13, strong: true }),
    ...under,
  ];
}

function notesOf({ parts }: LaidOutAs, tall: boolean): string[] {
  const notes: string[] = [];
  if (parts.includes('neighbor')) notes.push(tall ? 'your neighbour' : 'neighbour');
  if (parts.includes('origin')) notes.push('origin');
  return notes;
}

/** What stands between two columns: a line for each ramp that passes, and walls and question marks where they end. */
function hopShapes(layout: RampLayout, frame: Frame, upper: Place, lower: Place): Shape[] {
  if (!('as' in lower.column) || !('as' in upper.column)) {
    return [lineShape(upper, lower, 'line', { dash: '2 6' })];
  }
  const hop = layout.hops[lower.column.as.index - 1];
  if (hop === undefined) return [];
  const lanes = lanesOf(layout, hop);
  const apart = lanes.length > 1 ? 5 : 0;
  const shift = (i: number): { x: number; y: number } =>
    frame.tall ? { x: (2 * i - 1) * apart, y: 0 } : { x: 0, y: (2 * i - 1) * apart };
  const lines = lanes.map(({ dashed, tone }, i) => {
    const { x, y } = shift(i);
    const move = (place: Place) => ({ x: place.x + x, y: place.y + y });
    return lineShape(move(upper), move(lower), tone, { width: 4, ...(dashed ? { dash: '3 7' } : {}) });
  });
  const plain = lanes.length > 0 ? [] : [lineShape(upper, lower, 'line', { dash: '2 6' })];
  return [...plain, ...lines, ...endShapes(layout, hop, frame, upper, lower)];
}

interface Lane {
  readonly tone: Tone;
  readonly dashed: boolean;
}

/** The ramps that pass over a hop. Of a valid path the shortest ones alone: they decided. */
function lanesOf({ outcome }: RampLayout, { down, part, up }: LaidOutHop): Lane[] {
  if (outcome === 'valid' && part === 'level') return [{ tone: 'quiet', dashed: false }];
  return [up, down].flatMap((mark): Lane[] => {
    if (mark.part === 'certain') return [{ tone: 'valid', dashed: false }];
    return mark.part === 'possible' && outcome !== 'valid' ? [{ tone: 'unknown', dashed: true }] : [];
  });
}

/** The walls and question marks of a hop, the one of the down-ramp nearer to the neighbour. A valid path has none. */
function endShapes(layout: RampLayout, hop: LaidOutHop, frame: Frame, upper: Place, lower: Place): Shape[] {
  if (layout.outcome === 'valid') return [];
  const ends = [
    ...(isEnd(hop.down) ? [{ mark: hop.down, words: `${hop.upper} → ${hop.lower}` }] : []),
    ...(isEnd(hop.up) ? [{ mark: hop.up, words: `${hop.lower} → ${hop.upper}` }] : []),
  ];
  const middle = { x: (upper.x + lower.x) / 2, y: (upper.y + lower.y) / 2 };
  return ends.flatMap(({ mark, words }, i) => {
    const wall = mark.part === 'wall';
    const told = wall ? 'not a provider' : 'no ASPA';
    const tone: Tone = wall ? 'invalid' : 'unknown';
    const sign = wall ? '✕' : '?';
    const both = ends.length > 1;
    const offset = both ? 13 * (2 * i - 1) : 0;
    const endWords = (x: number, y: number, anchor: 'start' | 'middle'): Shape[] => [
      textShape({ x, y }, words, tone, { anchor, size: 11 }),
      textShape({ x, y: y + 13 }, told, tone, { anchor, size: 11 }),
    ];
    const at = { x: middle.x, y: middle.y };
    if (frame.tall) {
      at.y += offset;
      const said = both
        ? [textShape({ x: frame.foot, y: at.y + 4 }, `${words} ${told}`, tone, { anchor: 'start', size: 10 })]
        : endWords(frame.foot, at.y - 2, 'start');
      return [...barOf(wall, at, frame), ...signShapes(at, sign, tone), ...said];
    }
    at.x += offset;
    if (wall) at.y = HEAD - 14;
    const bar = barOf(wall, { x: at.x, y: middle.y }, frame);
    // Two ends of one hop say their words one above the other.
    const said = both
      ? [textShape({ x: middle.x, y: HEAD - 30 - 14 * (1 - i) }, `${words} ${told}`, tone, { size: 10 })]
      : endWords(at.x, at.y - 30, 'middle');
    return [...bar, ...signShapes(at, sign, tone), ...said];
  });
}

/** The wall across a hop: from above the picture to below the line, or in the tall form across it. */
function barOf(
  wall: boolean,
  { x, y }: { readonly x: number; readonly y: number },
  { tall }: Frame,
): Shape[] {
  if (!wall) return [];
  const top = HEAD - 14;
  const bar = tall
    ? { x: x - 40, y: y - 3, width: 80, height: 6 }
    : { x: x - 4, y: top, width: 8, height: y + 22 - top };
  return [boxShape(bar, 'invalid', 'full', 0)];
}

const isEnd = ({ fog, part }: LaidOutHop['up']): boolean => fog || part === 'wall';

/** The hops in words, the neighbour first, as the path is read. */
function descriptionOf({ hops, n, outcome, procedure }: RampLayout): string {
  const words = { 'provider+': 'provider', 'not-provider+': 'not a provider', 'no-attestation': 'no ASPA' };
  const said = [...hops].reverse().map(({ down, lower, upper, up }) => {
    const climb = `${lower} to ${upper}: ${words[up.authorization]}`;
    return procedure === 'upstream' ? climb : `${upper} to ${lower}: ${words[down.authorization]}, ${climb}`;
  });
  const few = said.length > 40 ? [...said.slice(0, 40), '…'] : said;
  return `${outcome}, ${n} ${n === 1 ? 'AS' : 'ASes'}. ${few.join('; ')}`;
}
