import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { OUTCOMES, type Scenario } from '../../simulate/index.js';
import { OutcomeMark } from './outcome-mark.js';
import type { Incident } from './read-incident.js';
import { type Counts, countsOf, whatIfs } from './what-if.js';

/** How many ASes end where: without the attack, as it stands, and if all but the attackers deployed one thing. */
export function WhatIfPanel({
  before,
  incident,
  onScenario,
}: {
  readonly incident: Incident;
  readonly before: Incident | undefined;
  readonly onScenario: (scenario: Scenario) => void;
}): JSX.Element {
  const rows = useMemo(() => whatIfs(incident), [incident]);
  return (
    <section aria-labelledby="what-if">
      <h2 id="what-if">What if all deployed it?</h2>
      <p class="quiet">
        How many other ASes end where. A button lets all of them deploy that one mechanism, but no attacker
        and nobody who leaks.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <figure class="scroll" tabIndex={0} aria-label="Mechanisms and outcomes">
        <table class="what-if">
          <thead>
            <tr>
              <th scope="col">Deployed at all</th>
              {OUTCOMES.map((outcome) => (
                <th key={outcome} scope="col">
                  <OutcomeMark outcome={outcome} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before && <Row title="Without the attack" counts={countsOf(before)} />}
            <Row title="As it stands" counts={countsOf(incident)} strong />
            {rows.map(({ counts, current, scenario, title }) => (
              <Row
                key={title}
                counts={counts}
                title={
                  <button type="button" aria-pressed={current} onClick={() => onScenario(scenario)}>
                    {title}
                  </button>
                }
              />
            ))}
          </tbody>
        </table>
      </figure>
    </section>
  );
}

function Row({
  counts,
  strong = false,
  title,
}: {
  readonly title: JSX.Element | string;
  readonly counts: Counts | string;
  readonly strong?: boolean;
}): JSX.Element {
  return (
    <tr class={strong ? 'stands' : undefined}>
      <th scope="row">{title}</th>
      {typeof counts === 'string' ? (
        <td colSpan={OUTCOMES.length}>{counts}</td>
      ) : (
        OUTCOMES.map((outcome) => <td key={outcome}>{counts[outcome] === 0 ? '–' : counts[outcome]}</td>)
      )}
    </tr>
  );
}
