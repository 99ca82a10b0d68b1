import { DecodeError } from './decode-error.js';

/** Characters of a name that are compared and repeated: no name of ours is as long, and comparing takes the square of it. */
const LONGEST = 64;

/**
 * Refuses members that nobody reads, for JSON that is asked of us: a misspelt member that is passed over in silence asks
 * another question than the one that was meant.
 *
 * @param known the names that are read; each is proposed for what looks like it.
 * @param path where the object stands; absent for the top.
 * @throws {DecodeError} `unknown-member`, whose field is the member, with the nearest known name or all of them.
 */
export function requireKnownMembers(value: object, known: readonly string[], path = ''): void {
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) throw unknownMember(name, known, path);
  }
}

/** The error for a member `name` that is none of `known`; see {@link requireKnownMembers}. */
export function unknownMember(name: string, known: readonly string[], path = ''): DecodeError {
  const hint = proposal(name, known) || `; known are ${known.join(', ')}`;
  const shown = name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name;
  const field = path === '' ? shown : `${path}.${shown}`;
  return new DecodeError('unknown-member', `unknown member${hint}`, { field });
}

/** `; did you mean NAME?` behind a complaint about a word that is none of `known`; empty where none is like it. */
export function proposal(word: unknown, known: readonly string[]): string {
  const nearest = typeof word === 'string' ? nearestName(word, known) : undefined;
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/**
 * The one of `known` that `name` was most likely meant to be; undefined where none is like it. Case, separators and the
 * British spelling of neighbour count for nothing, of other letters about a third may be wrong.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST) return undefined;
  const plain = plainName(name);
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const one of known) {
    const other = plainName(one);
    const distance = edits(plain, other);
    const allowed = Math.max(1, Math.floor(Math.min(plain.length, other.length) / 3));
    if (distance <= allowed && distance < least) {
      nearest = one;
      least = distance;
    }
  }
  return nearest;
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '').replaceAll('neighbour', 'neighbor');
}

/** How many letters have to be put in, left out, replaced, or exchanged with the next one. */
function edits(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, k) => k);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let k = 1; k <= to.length; k++) {
      const same = from[i - 1] === to[k - 1];
      let least = Math.min(
        (last[k] as number) + 1,
        (row[k - 1] as number) + 1,
        (last[k - 1] as number) + (same ? 0 : 1),
      );
      const exchanged = i > 1 && k > 1 && from[i - 1] === to[k - 2] && from[i - 2] === to[k - 1];
      if (exchanged) least = Math.min(least, (before[k - 2] as number) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[to.length] as number;
}
