import type { RecordSet } from './record-set.js';

const RADIX = 65_536;

/** Below this many records a comparison sort is the faster one: a radix pass walks 65,536 counters. */
const FEW = 4_096;

/** Compares two records word by word: below 0 when `a` stands first. */
export function compareRecords(
  a: Uint32Array,
  atA: number,
  b: Uint32Array,
  atB: number,
  words: number,
): number {
  for (let i = 0; i < words; i++) {
    const left = a[atA + i] as number;
    const right = b[atB + i] as number;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** The numbers of the records of `set` in ascending lexicographic order. */
export function ascending(set: RecordSet): Uint32Array {
  const { records, size, words } = set;
  const order = new Uint32Array(size);
  for (let i = 0; i < size; i++) order[i] = i;
  if (size <= FEW) return order.sort((a, b) => compareRecords(records, a * words, records, b * words, words));
  let from = order;
  let to = new Uint32Array(size);
  for (let word = words - 1; word >= 0; word--) {
    for (const shift of [0, 16]) {
      if (pass(from, to, records, words, word, shift)) [from, to] = [to, from];
    }
  }
  return from;
}

/** One stable counting pass over 16 bits of a word; false when all records agree in them and nothing was moved. */
function pass(
  from: Uint32Array,
  to: Uint32Array,
  records: Uint32Array,
  words: number,
  word: number,
  shift: number,
): boolean {
  const digit = (index: number): number => ((records[index * words + word] as number) >>> shift) & 0xffff;
  const starts = new Uint32Array(RADIX + 1);
  for (let i = 0; i < from.length; i++) {
    const next = digit(i) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  if (starts[digit(0) + 1] === from.length) return false;
  for (let i = 0; i < RADIX; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  for (const index of from) {
    const value = digit(index);
    const at = starts[value] as number;
    to[at] = index;
    starts[value] = at + 1;
  }
  return true;
}
