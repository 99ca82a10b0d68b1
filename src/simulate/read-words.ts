import { DecodeError, proposal } from '../bytes/index.js';
import type { Place } from '../questions/index.js';
import { RELATIONS, type Relation } from './scenario.js';

/** One of a few words, with the nearest in the complaint. @throws {DecodeError} `request-member`. */
export function oneOf<T extends string>({ path, value }: Place, words: readonly T[]): T {
  const found = words.find((one) => one === value);
  if (found !== undefined) return found;
  const hint = proposal(value, words) || `; it must be ${words.join(', ')}`;
  throw new DecodeError('request-member', `no word that is known here${hint}`, { field: path });
}

/** What a neighbour is to an AS. @throws {DecodeError} `request-member`. */
export function readRelation(place: Place): Relation {
  return oneOf(place, RELATIONS);
}
