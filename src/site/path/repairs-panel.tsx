import type { JSX } from 'preact';
import { type Addition, explainRepairs, type Repairs } from '../../aspa/index.js';

/** What would make the path better, and a button to try each way. */
export function RepairsPanel({
  found,
  onTry,
}: {
  readonly found: Repairs;
  readonly onTry: (additions: readonly Addition[]) => void;
}): JSX.Element | null {
  const sentences = explainRepairs(found);
  if (sentences.length === 0) return null;
  return (
    <section aria-labelledby="repairs">
      <h2 id="repairs">What would make it valid?</h2>
      {sentences.map((sentence) => {
        if (sentence.code !== 'repair-way') {
          const quiet = sentence.code === 'repair-caution' || sentence.code === 'new-aspa';
          return (
            <p key={sentence.text} class={quiet ? 'quiet' : 'goal'}>
              {sentence.text}
            </p>
          );
        }
        const { additions } = sentence.repair;
        return (
          <p key={sentence.text} class="way">
            {sentence.text}{' '}
            <button type="button" onClick={() => onTry(additions)}>
              Try it ({additions.length} {additions.length === 1 ? 'change' : 'changes'})
            </button>
          </p>
        );
      })}
    </section>
  );
}
