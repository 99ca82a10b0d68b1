import { formatAsPath } from '../../bgp/index.js';
import { type PathRows, ROW_WORDS } from '../part-rows.js';
import { WIDEST, writeWord } from './packed-words.js';

/** Words of a block of paths, at least; one path more may stand in it. */
const BLOCK = 1 << 14;
/** Words of a peer of a path: its number, and routes valid, invalid, not-found, signed. */
export const PACKED_COLUMNS = 5;

/**
 * Blocks of paths, one after the other. Of each path: twice the number of its ASNs and these, or, where it has other segments than
 * AS_SEQUENCEs, twice the number of characters of its text plus one and these; the number of its peers, and five words for each.
 */
export function* packPaths({ asns, starts, mixed, rows, signed }: PathRows): Generator<Uint8Array> {
  const others = new Map(mixed.map(({ path, asPath }) => [path, formatAsPath(asPath)]));
  const signedOf = new Map(signed.map(({ row, routes }) => [row, routes]));
  let octets = new Uint8Array(2 * WIDEST * BLOCK);
  let used = 0;
  let words = 0;
  let row = 0;
  for (let path = 0; path < starts.length - 1; path++) {
    const first = row;
    while (rows[row * ROW_WORDS] === path) row++;
    const [start, end] = [starts[path] as number, starts[path + 1] as number];
    const text = others.get(path);
    const length = text === undefined ? end - start : text.length;
    const needed = 2 + length + PACKED_COLUMNS * (row - first);
    if (used + WIDEST * needed > octets.length) {
      const larger = new Uint8Array(2 * (used + WIDEST * needed));
      larger.set(octets.subarray(0, used));
      octets = larger;
    }
    used = writeWord(octets, used, 2 * length + (text === undefined ? 0 : 1));
    if (text === undefined)
      for (let i = start; i < end; i++) used = writeWord(octets, used, asns[i] as number);
    else for (let i = 0; i < length; i++) used = writeWord(octets, used, text.charCodeAt(i));
    used = writeWord(octets, used, row - first);
    for (let one = first; one < row; one++) {
      for (let at = one * ROW_WORDS + 1; at < (one + 1) * ROW_WORDS; at++)
        used = writeWord(octets, used, rows[at] as number);
      used = writeWord(octets, used, signedOf.size > 0 ? (signedOf.get(one) ?? 0) : 0);
    }
    words += needed;
    if (words < BLOCK) continue;
    yield octets.slice(0, used);
    words = 0;
    used = 0;
  }
  if (words > 0) yield octets.slice(0, used);
}
