import type { JSX } from 'preact';
import type { Asn } from '../../inet/index.js';
import { indexOfAs, type Outcome, type Scenario } from '../../simulate/index.js';
import { deployedAt } from './deploy.js';
import { OutcomeMark } from './outcome-mark.js';
import type { Incident } from './read-incident.js';

/** All that the picture shows, as a table; an AS is chosen by its button. */
export function OutcomeTable({
  before,
  chosen,
  incident,
  onChoose,
}: {
  readonly incident: Incident;
  /** The same without the attack, if there is one. */
  readonly before: Incident | undefined;
  readonly chosen: Asn | undefined;
  readonly onChoose: (asn: Asn) => void;
}): JSX.Element {
  const { outcomes, scenario, simulation } = incident;
  return (
    <table class="outcomes">
      <thead>
        <tr>
          <th scope="col">AS</th>
          <th scope="col">Deploys</th>
          <th scope="col">Its traffic ends at</th>
          {before && <th scope="col">Without the attack</th>}
        </tr>
      </thead>
      <tbody>
        {[...simulation.topology.asns].map((asn, i) => (
          <tr key={asn} class={asn === chosen ? 'chosen' : undefined}>
            <td>
              <button type="button" aria-pressed={asn === chosen} onClick={() => onChoose(asn)}>
                {asn}
              </button>{' '}
              {partOf(scenario, asn)}
            </td>
            <td>{deployedAt(scenario, asn).join(', ') || '–'}</td>
            <td>
              <OutcomeMark outcome={outcomes[i] as Outcome} />
            </td>
            {before && (
              <td>
                {scenario.attackers.includes(asn) ? '–' : <OutcomeMark outcome={outcomeAt(before, asn)} />}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function outcomeAt({ outcomes, simulation }: Incident, asn: Asn): Outcome {
  return outcomes[indexOfAs(simulation.topology, asn)] ?? 'disconnected';
}

function partOf({ attackers, leaks, victims }: Scenario, asn: Asn): string {
  if (victims.includes(asn)) return 'victim';
  if (leaks.some((leak) => leak.asn === asn)) return 'leaks';
  return attackers.includes(asn) ? 'attacker' : '';
}
