import type { JSX } from 'preact';
import { comparisonText, type Evidence } from '../../aspa/index.js';

const DRAFT = 'https://datatracker.ietf.org/doc/html/draft-ietf-sidrops-aspa-verification-28#section-';

/** The six steps of the procedure, each with what became of it, and where the draft has them. */
export function Steps({ evidence }: { readonly evidence: Evidence }): JSX.Element {
  const { outcome, procedure, section, step } = evidence;
  return (
    <details class="steps">
      <summary>
        Steps of the {procedure} procedure: halts at step {step}
      </summary>
      <ol>
        {stepsOf(evidence).map(({ result, text }, i) => (
          <li key={text} class={i + 1 === step ? 'halt' : i + 1 > step ? 'unreached' : undefined}>
            {text}{' '}
            <strong>
              {i + 1 === step ? `Halts here: ${outcome}.` : i + 1 > step ? 'Not reached.' : result}
            </strong>
          </li>
        ))}
      </ol>
      <p>
        <a href={DRAFT + section} rel="noreferrer">
          draft-ietf-sidrops-aspa-verification-28, section {section}
        </a>
      </p>
    </details>
  );
}

const CHECKED = {
  match: 'It is.',
  mismatch: 'It is not.',
  exempt: 'Not asked of a client of a route server.',
  skipped: 'Skipped: there is nothing to compare.',
} as const;

function stepsOf(evidence: Evidence): readonly { readonly text: string; readonly result: string }[] {
  const upstream = evidence.procedure === 'upstream';
  const compared = (step: 4 | 5): string => comparisonText(evidence, step) ?? '';
  return [
    { text: 'A path without any AS is invalid.', result: 'It has one.' },
    { text: 'The AS added last has to be the neighbour.', result: CHECKED[evidence.neighborCheck] },
    { text: 'A path with an AS_SET is invalid.', result: 'It has none.' },
    {
      text: `Where ${upstream ? 'the longest possible ramp does' : 'the longest possible ramps do'} not cover the path, it is invalid: ${compared(4)}.`,
      result: 'Goes on.',
    },
    {
      text: `Where ${upstream ? 'the attested ramp does' : 'the attested ramps do'} not cover it, it is unknown: ${compared(5)}.`,
      result: 'Goes on.',
    },
    { text: 'Else it is valid.', result: '' },
  ];
}
