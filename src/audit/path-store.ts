import { mostRecentlyAddedAs } from '../aspa/index.js';
import { AS_SEQUENCE, type AsPath, formatAsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import type { PathOctets } from '../routes/index.js';
import { type SeededHash, WordLists } from '../tables/index.js';
import { PathWords, segmentsOf } from './path-words.js';

/**
 * The distinct paths of an audit, numbered from 0. Distinct means distinct in text: borders between two AS_SEQUENCEs do
 * not count (docs/decisions/audit.md D-audit-distinct-path). Paths of AS_SEQUENCEs alone, nearly all of them, lie in
 * one array of ASNs and are found by open addressing: about 40 octets each, where an object with a key text takes ten
 * times as much.
 */
export class PathStore {
  readonly #lists: WordLists;
  /** Paths with other segments, by number. Their ASNs are not in the array. */
  readonly #mixed = new Map<number, AsPath>();
  readonly #mixedByText = new Map<string, number>();
  readonly #work = new PathWords();

  constructor(hash: SeededHash) {
    this.#lists = new WordLists(hash);
  }

  /** Number of distinct paths. */
  get size(): number {
    return this.#lists.size;
  }

  /** The ASNs of all paths of AS_SEQUENCEs, wire order; path `i` is `asns[start(i), end(i))`. */
  get asns(): Uint32Array {
    return this.#lists.words;
  }

  /** Where every path of AS_SEQUENCEs begins in `asns`, and where the last ends; others take no room there. */
  get starts(): Uint32Array {
    return this.#lists.starts;
  }

  /** Slots that are looked at when every path is looked for once. */
  get probes(): number {
    return this.#lists.probes;
  }

  start(index: number): number {
    return this.#lists.start(index);
  }

  end(index: number): number {
    return this.#lists.end(index);
  }

  /** The most recently added AS of a path (draft-28 §5.1); undefined when it is empty or begins with anything but a sequence. */
  leftmost(index: number): Asn | undefined {
    const mixed = this.#mixed.size > 0 ? this.#mixed.get(index) : undefined;
    if (mixed) return mostRecentlyAddedAs(mixed);
    const start = this.start(index);
    return start === this.end(index) ? undefined : this.asns[start];
  }

  /** The rightmost AS of a path of AS_SEQUENCEs; undefined when it is empty. */
  rightmost(index: number): Asn | undefined {
    const end = this.end(index);
    return this.start(index) === end ? undefined : this.asns[end - 1];
  }

  /** The path with its segments where it has others than AS_SEQUENCEs. */
  mixed(index: number): AsPath | undefined {
    return this.#mixed.size > 0 ? this.#mixed.get(index) : undefined;
  }

  /** The path; adjacent AS_SEQUENCEs are one. */
  asPath(index: number): AsPath {
    const mixed = this.#mixed.get(index);
    if (mixed) return mixed;
    const asns = Array.from(this.asns.subarray(this.start(index), this.end(index)));
    return asns.length === 0 ? [] : [{ type: AS_SEQUENCE, asns }];
  }

  /** Number of the path, a new one if it was not there. */
  add(path: AsPath | PathOctets): number {
    const length = this.#work.read(path);
    if (length < 0) return this.#addMixed(segmentsOf(path));
    return this.#lists.add(this.#work.asns, 0, length);
  }

  /** The same for the ASNs of a path of AS_SEQUENCEs, `asns[start, end)`. */
  addSequence(asns: Uint32Array, start: number, end: number): number {
    return this.#lists.add(asns, start, end - start);
  }

  #addMixed(asPath: AsPath): number {
    const text = formatAsPath(asPath);
    const known = this.#mixedByText.get(text);
    if (known !== undefined) return known;
    const index = this.#lists.addNameless();
    this.#mixed.set(index, asPath);
    this.#mixedByText.set(text, index);
    return index;
  }
}
