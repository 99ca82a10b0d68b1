import { readFileSync } from 'node:fs';

/** An Internet-Draft that the project follows; `docs/drafts.json` says what each member means. */
export interface Draft {
  readonly short: string;
  readonly name: string;
  readonly revision: string;
  /** A later revision of which only the number is known. */
  readonly newer?: string;
  readonly note?: string;
  readonly text?: string;
  readonly named?: readonly string[];
}

const { drafts } = JSON.parse(readFileSync(new URL('../../docs/drafts.json', import.meta.url), 'utf8')) as {
  drafts: Draft[];
};

/** All drafts, in the order of the file. */
export const DRAFTS: readonly Draft[] = drafts;

/** The name with the number of the revision that is followed. */
export function numberedName({ name, revision }: Draft): string {
  return `${name}-${revision}`;
}

/** A document or a section of one, `8210bis §5.9`, with the number of the draft where it is one that is cited without. */
export function withRevision(citation: string): string {
  const [document = ''] = citation.split(' ');
  const draft = drafts.find(({ name, short }) => document === name || document === short);
  return draft === undefined ? citation : `${document}-${draft.revision}${citation.slice(document.length)}`;
}
