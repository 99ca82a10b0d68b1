import type { JSX } from 'preact';

const SIGNS: Readonly<Record<string, readonly [sign: string, tone: string]>> = {
  valid: ['✓', 'valid'],
  invalid: ['✕', 'invalid'],
};

/** A verdict: sign, word and colour, so that none of them is needed alone. What is neither valid nor invalid is grey. */
export function Pill({ verdict }: { readonly verdict: string }): JSX.Element {
  const [sign, tone] = SIGNS[verdict] ?? ['?', 'unknown'];
  return (
    <strong class={`pill ${tone}`}>
      <span aria-hidden="true">{sign}</span> {verdict}
    </strong>
  );
}
