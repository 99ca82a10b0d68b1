import type { Fields } from '../../../../src/conformance/vector.js';
import type { RtrCase } from './cases.js';

/** What the rows of `../facts/sessions.json` and `../facts/cache.json` have in common. */
export interface Row {
  readonly name: string;
  readonly title: string;
  /** `§` alone is a section of 8210bis. */
  readonly sections: readonly string[];
  readonly requirements: readonly string[];
  /** Further members of the question. */
  readonly input?: Fields;
  /** What the texts allow besides the expected answer, and why. */
  readonly or?: readonly (readonly string[])[];
  readonly flags?: readonly string[];
  /** The older versions that demand the same. */
  readonly older?: readonly number[];
}

/** A case of a row, given its question and how its answers are read. */
export function rowCase(
  id: string,
  row: Row,
  input: Fields,
  answer: string,
  read: (text: string) => Fields,
): RtrCase {
  const { or = [], requirements, sections, title } = row;
  return {
    id,
    title,
    sections: sections.map((one) => (one.startsWith('§') ? `8210bis ${one}` : one)),
    requirements,
    flags: row.flags ?? (or.length > 0 ? ['project-choice'] : []),
    input,
    expected: read(answer),
    ...(or.length > 0 && { acceptable: or.map(([text = '', why = '']) => ({ expected: read(text), why })) }),
  };
}
