import { ownText } from '../bytes/index.js';
import type { Fields } from '../conformance/index.js';

/** Levels of lists and objects in an answer; those of the vectors have four. Deeper ones cannot be printed again. */
const MAX_DEPTH = 64;

/** The id and the fields of a line, or what is wrong with it. */
export function readAnswer(line: string): { readonly id: string; readonly fields: Fields } | string {
  const shown = line.length > 200 ? `${ownText(line.slice(0, 200))}…` : line;
  if (isDeep(line)) return `a line of lists more than ${MAX_DEPTH} deep: ${shown}`;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return `a line that is not JSON: ${shown}`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `a line that is no JSON object: ${shown}`;
  }
  const { id, ...fields } = value as Fields;
  return typeof id === 'string' ? { id, fields } : `an answer without the id of its request: ${shown}`;
}

/** Whether brackets of a JSON text stand more than {@link MAX_DEPTH} deep in each other. */
function isDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length && depth <= MAX_DEPTH; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign === '\\') at++;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '[' || sign === '{') depth++;
    else if (sign === ']' || sign === '}') depth--;
  }
  return depth > MAX_DEPTH;
}
