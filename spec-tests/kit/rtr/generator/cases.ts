import { isDeepStrictEqual } from 'node:util';
import { requestOf } from '../../../../src/conformance/requests.js';
import type { Fields, VectorCase, VectorGroup, VectorNote } from '../../../../src/conformance/vector.js';
import { mistakeNotes } from '../../mutant.js';
import { rtrKit } from '../mutants/mutants.js';

/** A case before the mutants have been asked. */
export type RtrCase = Omit<VectorCase, 'mistakes'>;
export type RtrGroup = Omit<VectorGroup, 'cases'> & { readonly cases: readonly RtrCase[] };

export const DRAFT = 'draft-ietf-sidrops-8210bis';

/** The sections of PDUs that RFC 8210 numbers differently; RFC 6810 has no Router Key, and the Error Report in its place. */
const OLDER: Readonly<Record<string, string>> = {
  '5.6': '5.9',
  '5.7': '5.8',
  '5.8': '5.11',
  '5.9': '5.6',
  '5.10': '5.7',
  '5.11': '5.10',
};

/** The number that a section of 8210bis up to §8.4, or §12, has in the text of an older version. */
export function olderNumber(version: 0 | 1, number: string): string {
  return version === 0 && number === '5.8' ? '5.10' : (OLDER[number] ?? number);
}
const DOCUMENT = ['RFC 6810', 'RFC 8210', '8210bis'] as const;

/** The section of the text of a version, as in `RFC 8210 §5.6` for §5.9 of 8210bis. */
export function section(version: number, number: string): string {
  const own = version === 0 || version === 1 ? olderNumber(version, number) : number;
  return `${DOCUMENT[version]} §${own}`;
}

/** The octets of a PDU: header, with the right length unless another one is given, and body. */
export function pdu(
  version: number,
  type: number,
  x: number,
  body = '',
  length = 8 + body.length / 2,
): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  return hex(version, 2) + hex(type, 2) + hex(x, 4) + hex(length, 8) + body;
}

/** An alternative that the texts allow besides the expected answer. */
export function alternative(
  expected: Fields,
  why: string,
): { readonly expected: Fields; readonly why: string } {
  return { expected, why };
}

/**
 * Asks every mutant every case and writes down what it answers where that is wrong. A mistake that shows is a flag of
 * the case.
 */
export function withMistakes(groups: readonly RtrGroup[]): VectorGroup[] {
  return groups.map((group) => ({ ...group, cases: group.cases.map((one) => withAnswers(group, one)) }));
}

function withAnswers(group: RtrGroup, vector: RtrCase): VectorCase {
  const request = requestOf('rtr', group, vector);
  const mistakes: Record<string, Fields> = {};
  for (const { id } of rtrKit.mistakes) {
    const given = rtrKit.answer(request, id);
    const right = [vector, ...(vector.acceptable ?? [])].some(({ expected }) => agrees(given, expected));
    if (!right) mistakes[id] = only(given, Object.keys(vector.expected));
  }
  const shown = Object.keys(mistakes);
  if (shown.length === 0) return vector;
  return { ...vector, flags: [...vector.flags, ...shown], mistakes };
}

function agrees(given: Fields, expected: Fields): boolean {
  return Object.entries(expected).every(([key, value]) => isDeepStrictEqual(given[key], value));
}

/** Of the answer given, the members that are expected, and a PDU that should not have been read. */
function only(given: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(given).filter(([key]) => keys.includes(key) || key === 'pdu'));
}

const PROPERTIES: Readonly<Record<string, string>> = {
  'project-choice':
    'the texts leave the answer open; other answers are listed as acceptable where they are sensible',
  'short-key': 'a router key that is too short for P-256; others have the 91 octets of RFC 8608 §3.1',
  should: 'the texts only say SHOULD or RECOMMENDED',
  dialect: 'needs the layout of ASPA PDUs of 8210bis-10 to -13 as an option',
};

/**
 * The notes that the cases use (docs/decisions/conformance.md D-vectors-rtr-should, D-vectors-rtr-codes): the mistakes
 * that show in them, and their other flags.
 */
export function notesOf(groups: readonly VectorGroup[]): Record<string, VectorNote> {
  const flags = new Set(groups.flatMap(({ cases }) => cases.flatMap((one) => one.flags)));
  const notes: Record<string, VectorNote> = {};
  for (const [flag, text] of Object.entries(PROPERTIES)) {
    if (flags.has(flag)) notes[flag] = { kind: 'property', text };
  }
  return { ...notes, ...mistakeNotes(rtrKit, flags) };
}
