import type { Finding } from '../finding.js';
import type { FindingCode } from '../finding-codes.js';

/** Says what is odd about an entry; the words are made for the first of its kind alone. */
export type Remark = (code: FindingCode, section: string, words: () => string) => void;

/** What is odd about the entries of a state: one finding for each code, however many entries it concerns. */
export class Remarks {
  readonly #found = new Map<
    FindingCode,
    { readonly section: string; readonly first: string; count: number }
  >();

  readonly remark: Remark = (code, section, words) => {
    const known = this.#found.get(code);
    if (known) known.count++;
    else this.#found.set(code, { section, first: words(), count: 1 });
  };

  /** Warnings all: what the draft asks of writers, without which a file can be read (docs/decisions/rpki-files.md D-ccr-order). */
  findings(state: string): Finding[] {
    return [...this.#found].map(([code, { section, first, count }]) => ({
      code,
      section,
      message: `${state}: ${first}${count === 1 ? '' : `, and ${count - 1} more`}`,
      severity: 'warning',
    }));
  }
}
