import type { JSX } from 'preact';
import { MAX_SCENARIO_TEXT } from '../../links/index.js';
import { saveFile } from '../shared/save-file.js';

/** The scenario as text, and the call of the command that says the same. */
export function ScenarioPanel({
  command,
  onText,
  problem,
  text,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly problem: string | undefined;
  readonly command: string;
}): JSX.Element {
  return (
    <section aria-labelledby="scenario-title">
      <h2 id="scenario-title">Scenario</h2>
      <label class="unseen" for="scenario">
        Scenario as JSON
      </label>
      <textarea
        id="scenario"
        rows={14}
        maxLength={MAX_SCENARIO_TEXT + 1}
        spellcheck={false}
        autocomplete="off"
        value={text}
        aria-describedby="scenario-help"
        aria-invalid={problem !== undefined}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <p id="scenario-help" class={problem === undefined ? 'help' : 'help problem'} role="status">
        {problem ??
          'The file of pathsec simulate scenario. AS relationships that are pasted here become its topology.'}
      </p>
      <h3>As command</h3>
      <pre>
        <code>{command}</code>
      </pre>
      <p>
        <button type="button" onClick={() => saveFile('scenario.json', text)}>
          Save as scenario.json
        </button>
      </p>
    </section>
  );
}
