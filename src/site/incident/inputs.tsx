import type { JSX } from 'preact';
import type { IncidentState } from '../../links/index.js';
import type { Scenario } from '../../simulate/index.js';
import { ATTACKS, type AttackName, type Sides, sidesOf, withAttack, withSide } from './attack.js';
import type { Incident } from './read-incident.js';
import { casesOf, caseTitle, INCIDENTS } from './shipped.js';
import { START } from './start.js';

const value = (event: Event): string => (event.currentTarget as HTMLSelectElement).value;

/** Which incident, which attack, by whom, upon whom. */
export function IncidentInputs({
  attack,
  incident,
  onFile,
  onScenario,
  onState,
  state,
}: {
  readonly state: IncidentState;
  readonly onState: (state: IncidentState) => void;
  readonly onScenario: (scenario: Scenario) => void;
  readonly onFile: (file: File) => void;
  readonly incident: Incident | undefined;
  readonly attack: AttackName | undefined;
}): JSX.Element {
  const name = state.text === undefined ? (state.name ?? START.name ?? '') : '';
  const folder = name.split('/')[0] ?? '';
  const about = INCIDENTS.find((one) => one.folder === folder)?.about;
  return (
    <section class="inputs incident" aria-label="The incident">
      <div class="field">
        <label for="incident">Incident</label>
        <select
          id="incident"
          value={folder}
          aria-describedby="incident-help"
          onChange={(event) => {
            const cases = casesOf(value(event));
            const first = cases.find((one) => one.endsWith('/nothing')) ?? cases[0];
            if (first !== undefined) onState({ s: 'incident', name: first });
          }}
        >
          {INCIDENTS.map((one) => (
            <option key={one.folder} value={one.folder}>
              {one.title}
            </option>
          ))}
          {about === undefined && <option value={folder}>your own scenario</option>}
        </select>
      </div>
      <div class="field">
        <label for="case">Case</label>
        <select
          id="case"
          value={name}
          disabled={about === undefined}
          onChange={(event) => onState({ s: 'incident', name: value(event) })}
        >
          {casesOf(folder).map((one) => (
            <option key={one} value={one}>
              {caseTitle(one)}
            </option>
          ))}
        </select>
      </div>
      {incident && <AttackFields {...{ attack, incident, onScenario }} />}
      <div class="field">
        <label for="incident-file">Scenario or as-rel</label>
        <input
          id="incident-file"
          type="file"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) onFile(file);
          }}
        />
      </div>
      <p id="incident-help" class="help more">
        {about ?? 'A scenario of your own: change it below, or choose an incident.'}
      </p>
    </section>
  );
}

function AttackFields({
  attack,
  incident: { scenario, simulation },
  onScenario,
}: {
  readonly attack: AttackName | undefined;
  readonly incident: Incident;
  readonly onScenario: (scenario: Scenario) => void;
}): JSX.Element {
  const { topology } = simulation;
  const sides = sidesOf(scenario, topology);
  const take = (name: AttackName, next: Sides): void =>
    onScenario(withAttack(scenario, topology, name, next));
  const none = topology.asns.length < 2;
  const isNamed = (side: keyof Sides): boolean =>
    side === 'victim' ? scenario.victims.length > 0 : scenario.attackers.length + scenario.leaks.length > 0;
  return (
    <>
      <div class="field">
        <label for="attack">Attack</label>
        <select
          id="attack"
          value={attack ?? ''}
          disabled={none}
          onChange={(event) => {
            const chosen = ATTACKS.find(([one]) => one === value(event));
            if (chosen) take(chosen[0], sides);
          }}
        >
          {attack === undefined && <option value="">as it is written</option>}
          {ATTACKS.map(([one, title]) => (
            <option key={one} value={one}>
              {title}
            </option>
          ))}
        </select>
      </div>
      {(['attacker', 'victim'] as const).map((side) => (
        <div key={side} class="field">
          <label for={side}>{side === 'attacker' ? 'Attacker or leaker' : 'Victim'}</label>
          <select
            id={side}
            value={isNamed(side) ? sides[side] : ''}
            disabled={none}
            onChange={(event) => take(attack ?? 'origin', withSide(sides, side, Number(value(event))))}
          >
            {!isNamed(side) && <option value="">nobody</option>}
            {[...topology.asns].map((asn) => (
              <option key={asn} value={asn}>
                {asn}
              </option>
            ))}
          </select>
        </div>
      ))}
    </>
  );
}
