import { make } from './dom.js';
import type { PageVerdicts } from './messages.js';

const MARKS: Readonly<Record<string, readonly [mark: string, kind: string]>> = {
  valid: ['✓', 'good'],
  invalid: ['✕', 'bad'],
  'not-valid': ['✕', 'bad'],
  unknown: ['?', 'open'],
  'not-found': ['?', 'open'],
  unsigned: ['?', 'open'],
};

/** The class of a verdict. */
export const kindOf = (verdict: string): string => MARKS[verdict]?.[1] ?? 'open';

/** A verdict: never by its colour alone. */
export function verdictView(verdict: string | null | undefined): Node {
  if (!verdict) return document.createTextNode('');
  const [mark = '?'] = MARKS[verdict] ?? [];
  return make('span', { class: kindOf(verdict) }, `${mark} ${verdict}`);
}

/** The outcome of ASPA, or of both procedures where the role of the neighbour is not known. */
export function aspaView({ aspa, aspaBoth }: PageVerdicts): readonly Node[] {
  if (!aspaBoth) return [verdictView(aspa)];
  const text = (words: string): Node => document.createTextNode(words);
  return [text('up '), verdictView(aspaBoth.upstream), text(', down '), verdictView(aspaBoth.downstream)];
}
