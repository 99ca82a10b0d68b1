import { readdirSync, readFileSync } from 'node:fs';
import { SUITES } from '../../src/conformance/vector.js';
import { DRAFTS, numberedName } from './drafts.js';

/** Levels of RFC 2119, and `step` for an item of a procedure that carries no keyword. */
export const LEVELS = [
  'MUST',
  'MUST NOT',
  'REQUIRED',
  'SHALL',
  'SHALL NOT',
  'SHOULD',
  'SHOULD NOT',
  'RECOMMENDED',
  'NOT RECOMMENDED',
  'MAY',
  'OPTIONAL',
  'step',
] as const;

export type Level = (typeof LEVELS)[number];

/** One demand of a specification (docs/decisions/conformance.md D-conformance-catalogue). */
export interface Requirement {
  /** Document, section and a short name: `rfc8205:5.2:nlri-trailing-bits`. */
  readonly id: string;
  readonly section: string;
  readonly level: Level;
  /** The demand in our words. */
  readonly text: string;
  /** Whom it binds. */
  readonly role: string;
  /** Hashes of the sentences that state it (`sentences.ts`); empty for steps without a keyword. */
  readonly sentences: readonly string[];
  readonly status: 'tested' | 'not-our-role' | 'deviation';
  /** Why it is not tested, or how we deviate. */
  readonly reason?: string;
  /** Where a deviation is decided: `docs/decisions/AREA.md#d-…`. */
  readonly link?: string;
}

/** The rows of one document. */
export interface RequirementFile {
  readonly document: {
    readonly id: string;
    readonly title: string;
    /** What the number in the title does not say. */
    readonly note?: string;
    /** Name of the text that the sentence hashes are of; absent for a text that is not at hand, whose rows have none. */
    readonly file?: string;
  };
  readonly rows: readonly Requirement[];
}

/** The requirement catalogue: the files of all suites, by document in the order of their ids. */
export function readCatalogue(): RequirementFile[] {
  const folders = SUITES.map((suite) => new URL(`./${suite}/requirements/`, import.meta.url));
  return folders
    .flatMap((folder) => readdirSync(folder).map((name) => new URL(name, folder)))
    .map((file) => titled(JSON.parse(readFileSync(file, 'utf8')) as UntitledFile))
    .sort((a, b) => (a.document.id < b.document.id ? -1 : 1));
}

/** A file as it is kept: the document of a draft whose id bears no number is named in `docs/drafts.json`. */
interface UntitledFile {
  readonly document: Partial<RequirementFile['document']> & { readonly id: string };
  readonly rows: readonly Requirement[];
}

function titled({ document, rows }: UntitledFile): RequirementFile {
  const draft = DRAFTS.find(({ short }) => short === document.id);
  if (draft === undefined) return { document: { title: document.id, ...document }, rows };
  const { name, note, revision, text = revision } = draft;
  const title = numberedName(draft);
  const file = text === 'none' ? {} : { file: `${name}-${text}.txt` };
  return { document: { id: document.id, title, ...file, ...(note && { note }) }, rows };
}

/** Whether a level demands to be shown both met and violated. */
export function needsBoth(level: Level): boolean {
  return ['MUST', 'MUST NOT', 'REQUIRED', 'SHALL', 'SHALL NOT', 'step'].includes(level);
}
