import type { JSX } from 'preact';
import type { Outcome } from '../../simulate/index.js';

const SIGNS: Readonly<Record<Outcome, string>> = { attacker: '✕', victim: '✓', disconnected: '?', loop: '↻' };

/** Where traffic ends: sign, word and colour, so that none of them is needed alone. */
export function OutcomeMark({ outcome }: { readonly outcome: Outcome }): JSX.Element {
  return (
    <span class={`outcome ${outcome}`}>
      <span aria-hidden="true">{SIGNS[outcome]}</span> {outcome}
    </span>
  );
}
