import { FONT_SIZE, type Key, type Part, textWidth } from './drawing.js';

const SQUARE = 10;
const GAP = 16;

/** The names of the parts beside their colours, in one line. */
export function legend(parts: readonly Part[], x: number, y: number): Key[] {
  let left = x;
  return parts.map(({ name }, part) => {
    const text = left + SQUARE + 4;
    const key = { part, x: left, y, width: SQUARE, height: SQUARE };
    left = text + textWidth(name) + GAP;
    return { ...key, label: { x: text, y: y + FONT_SIZE - 3, text: name, anchor: 'start' } };
  });
}
