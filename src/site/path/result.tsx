import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import {
  type Evidence,
  explainOutcome,
  explainStep,
  layoutRamps,
  type RampLayout,
} from '../../aspa/index.js';
import { rampPicture } from '../../draw/index.js';
import { later } from '../shared/loaded.js';
import { PictureView } from '../shared/picture.js';
import { Pill } from '../shared/pill.js';
import { useNarrow } from '../shared/use-narrow.js';
import { HopTable } from './hop-table.js';
import type { Judgement } from './judge.js';
import { Steps } from './steps.js';

const OlderVerdict = later(() => import('./older-verdict.js').then((loaded) => loaded.OlderVerdict));

/** The answer of ASPA: the sentence, the picture, the hops, the steps. */
export function AspaPanel({ judgement }: { readonly judgement: Judgement }): JSX.Element {
  const { older, verdicts } = judgement;
  const evidence = verdicts[0]?.evidence as Evidence;
  const layout = useMemo(() => layoutRamps(evidence), [evidence]);
  return (
    <section aria-labelledby="answer" class="aspa">
      <h2 id="answer" tabIndex={-1}>
        ASPA
      </h2>
      {verdicts.map((one) => (
        <p class="verdict" key={one.procedure}>
          {verdicts.length > 1 && (
            <span>{one.procedure === 'downstream' ? 'From a provider' : 'From others'}: </span>
          )}
          <Pill verdict={one.evidence.outcome} /> {outcomeText(one.evidence)}
        </p>
      ))}
      {older && <OlderVerdict asked={older} />}
      {layout && <Ramps layout={layout} />}
      {layout && <HopTable layout={layout} />}
      <Remarks evidence={evidence} />
      <Steps evidence={evidence} />
    </section>
  );
}

/** The sentence of a verdict, with the number of the step where no sum tells it. */
export function outcomeText(evidence: Evidence): string {
  const { text } = explainOutcome(evidence);
  return evidence.step <= 3 ? `${text} (step ${evidence.step})` : text;
}

function Ramps({ layout }: { readonly layout: RampLayout }): JSX.Element {
  const narrow = useNarrow();
  const picture = useMemo(() => rampPicture(layout, { form: narrow ? 'tall' : 'wide' }), [layout, narrow]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <figure class="scroll" tabIndex={0} aria-label="Picture of the path">
      <PictureView picture={picture} />
    </figure>
  );
}

function Remarks({ evidence }: { readonly evidence: Evidence }): JSX.Element | null {
  const about = explainStep(evidence).filter(
    ({ code }) => code !== 'comparison' && code !== explainOutcome(evidence).code,
  );
  if (about.length === 0) return null;
  return (
    <ul class="remarks">
      {about.map(({ code, text }) => (
        <li key={code + text}>{text}</li>
      ))}
    </ul>
  );
}
