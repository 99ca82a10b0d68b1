/** Values that count for no more than this are made into text at once. */
const SMALL = 1 << 12;
/** Values nested deeper than this are left to `JSON.stringify`, which says what it cannot do. */
const DEEPEST = 64;

/** What is written as a JSON array: an array, or a list whose members are made as they are read. */
type List = Iterable<unknown> & { readonly length: number };

/**
 * The text of `JSON.stringify(value, null, indent)` in pieces, for values that outsiders size: the text as a whole can be
 * longer than a string may be, and takes no memory. Lists whose members are made as they are read are arrays. Plain values
 * only: no `toJSON` that looks at its key.
 */
export function* jsonPieces(value: unknown, indent = 0): Generator<string> {
  const layout: Layout = { indent, break: indent === 0 ? '' : '\n', colon: indent === 0 ? ':' : ': ' };
  yield* piecesOf(value, layout, 0) ?? [];
}

interface Layout {
  readonly indent: number;
  readonly break: string;
  readonly colon: string;
}

/** The pieces of one value; undefined for what has no JSON. */
function piecesOf(value: unknown, layout: Layout, depth: number): Iterable<string> | undefined {
  if (depth < DEEPEST && !isSmall(value)) {
    if (isList(value)) return listPieces(value, layout, depth);
    if (isPlain(value)) return objectPieces(value, layout, depth);
  }
  const text: string | undefined = JSON.stringify(isList(value) ? [...value] : value, null, layout.indent);
  if (text === undefined) return undefined;
  // A text of JSON has no other line breaks than those of its layout.
  return [layout.indent === 0 ? text : text.replaceAll('\n', newLine(layout, depth))];
}

function* listPieces(list: List, layout: Layout, depth: number): Generator<string> {
  let lead = `[${newLine(layout, depth + 1)}`;
  for (const item of list) {
    yield lead;
    yield* piecesOf(item, layout, depth + 1) ?? ['null'];
    lead = `,${newLine(layout, depth + 1)}`;
  }
  yield lead.startsWith('[') ? '[]' : `${newLine(layout, depth)}]`;
}

function* objectPieces(value: object, layout: Layout, depth: number): Generator<string> {
  let lead = `{${newLine(layout, depth + 1)}`;
  for (const [name, member] of Object.entries(value)) {
    const pieces = piecesOf(member, layout, depth + 1);
    if (pieces === undefined) continue;
    yield `${lead}${JSON.stringify(name)}${layout.colon}`;
    yield* pieces;
    lead = `,${newLine(layout, depth + 1)}`;
  }
  yield lead.startsWith('{') ? '{}' : `${newLine(layout, depth)}}`;
}

function newLine({ indent, break: end }: Layout, depth: number): string {
  return end + ' '.repeat(indent * depth);
}

function isList(value: unknown): value is List {
  if (Array.isArray(value)) return true;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  return Symbol.iterator in value && 'length' in value && typeof value.length === 'number';
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether the value is known to be small, by counting its members and characters no further than needed. */
function isSmall(value: unknown): boolean {
  return rest(value, SMALL, 0) >= 0;
}

/** What is left of `room` behind the value; below 0 when there is not enough. */
function rest(value: unknown, room: number, depth: number): number {
  if (typeof value === 'string') return room - 8 - value.length;
  if (typeof value !== 'object' || value === null) return room - 8;
  if (depth > DEEPEST) return -1;
  let left = room - 8;
  if (isList(value)) {
    // JSON.stringify would not know a list that is made as it is read.
    if (!Array.isArray(value) || value.length * 8 > left) return -1;
    for (const item of value) {
      left = rest(item, left, depth + 1);
      if (left < 0) return left;
    }
    return left;
  }
  for (const name in value) {
    left = rest((value as Record<string, unknown>)[name], left - name.length, depth + 1);
    if (left < 0) return left;
  }
  return left;
}
