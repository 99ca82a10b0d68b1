import { createHash } from 'node:crypto';

/** One sentence of a specification that carries a keyword of RFC 2119 / RFC 8174. */
export interface NormativeSentence {
  /** Section number, or the heading where the text has no numbers. */
  readonly section: string;
  /** First eight hexadecimal digits of SHA-256 over the sentence, white space and hyphens at line ends taken out. */
  readonly hash: string;
  readonly text: string;
}

const KEYWORD = /\b(MUST|SHALL|REQUIRED|SHOULD|RECOMMENDED|MAY|OPTIONAL)\b/;
const FURNITURE = [/\[Page \d+\]\s*$/, /^RFC \d+ .*\d{4}\s*$/, /^(Internet-Draft) .*\d{4}\s*$/];
const SENTENCE_END = /(?<!\b(?:e\.g|i\.e|vs|cf|al|Sec|Fig|No))\.\s+(?=[A-Z"“(])/;

/** The normative sentences of a specification's text, in order; the keyword boilerplate is left out. */
export function normativeSentences(specification: string): NormativeSentence[] {
  const found: NormativeSentence[] = [];
  let section = '0';
  let lines: string[] = [];
  const flush = (): void => {
    const paragraph = lines.join(' ').replace(/\s+/g, ' ').trim();
    lines = [];
    if (/^The key words /.test(paragraph)) return;
    for (const text of paragraph.split(SENTENCE_END)) {
      if (KEYWORD.test(text)) found.push({ section, hash: hashOf(text), text });
    }
  };
  for (const line of withoutFurniture(specification)) {
    const heading =
      /^(?:#+ +(.+)|(\d+(?:\.\d+)*)\.? +\S.*|(Appendix [A-Z]|[A-Z]\.\d+(?:\.\d+)*)\.? .*)$/.exec(line);
    if (heading) {
      flush();
      section = (heading[1] ?? heading[2] ?? heading[3] ?? '').trim();
    } else if (line.trim() === '') flush();
    else lines.push(line.trim());
  }
  flush();
  return found;
}

/** The lines of the text without page breaks; a paragraph that a page break cut is joined again. */
function withoutFurniture(specification: string): string[] {
  const kept: string[] = [];
  let afterBreak = false;
  for (const line of specification.replaceAll('\f', '').split(/\r?\n/)) {
    if (FURNITURE.some((pattern) => pattern.test(line))) {
      while (kept.length > 0 && kept[kept.length - 1]?.trim() === '') kept.pop();
      afterBreak = true;
      continue;
    }
    if (afterBreak && line.trim() === '') continue;
    if (afterBreak) {
      afterBreak = false;
      // A new paragraph, unless the last line before the break stopped in the middle of a sentence.
      const last = kept[kept.length - 1] ?? '';
      if (/[.:]\s*$/.test(last) || !/^\s+[a-z0-9(["]/.test(line)) kept.push('');
    }
    kept.push(line);
  }
  return kept;
}

function hashOf(text: string): string {
  const plain = text.replace(/[\s.-]+/g, '').toLowerCase();
  return createHash('sha256').update(plain).digest('hex').slice(0, 8);
}
