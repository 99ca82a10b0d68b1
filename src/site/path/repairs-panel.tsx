import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { type Addition, explainRepairs, type RepairSentence, repairs } from '../../aspa/index.js';
import type { Asked } from './judge.js';

/** Ways to a goal that are shown at once; more are folded. */
const SHOWN = 3;

type OnTry = (additions: readonly Addition[]) => void;
type Way = Extract<RepairSentence, { readonly code: 'repair-way' }>;

/** What would make the path better, and a button to try each way. */
export function RepairsPanel(props: { readonly asked: Asked; readonly onTry: OnTry }): JSX.Element | null {
  const { asked, onTry } = props;
  const sentences = useMemo(() => explainRepairs(repairs(asked.table, asked.input)), [asked]);
  if (sentences.length === 0) return null;
  return (
    <section aria-labelledby="repairs">
      <h2 id="repairs">What would make it valid?</h2>
      {sentences.map((sentence, i) => {
        if (sentence.code === 'repair-way') return null; // with its goal
        const goal = sentence.code === 'repair-goal';
        return (
          <div key={sentence.text}>
            <p class={goal ? 'goal' : 'quiet'}>{sentence.text}</p>
            {goal && <Ways ways={waysAfter(sentences, i)} onTry={onTry} />}
          </div>
        );
      })}
    </section>
  );
}

/** The ways that stand after a goal. */
function waysAfter(sentences: readonly RepairSentence[], goal: number): Way[] {
  const ways: Way[] = [];
  for (const sentence of sentences.slice(goal + 1)) {
    if (sentence.code !== 'repair-way') break;
    ways.push(sentence);
  }
  return ways;
}

function Ways({ onTry, ways }: { readonly ways: readonly Way[]; readonly onTry: OnTry }): JSX.Element {
  const shown = (some: readonly Way[]): JSX.Element[] =>
    some.map(({ repair: { additions }, text }) => (
      <p key={text} class="way">
        {text}{' '}
        <button type="button" onClick={() => onTry(additions)}>
          Try it ({additions.length} {additions.length === 1 ? 'change' : 'changes'})
        </button>
      </p>
    ));
  return (
    <>
      {shown(ways.slice(0, SHOWN))}
      {ways.length > SHOWN && (
        <details>
          <summary>{ways.length - SHOWN} more ways</summary>
          {shown(ways.slice(SHOWN))}
        </details>
      )}
    </>
  );
}
