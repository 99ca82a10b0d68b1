import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import './incident.css';
import type { Asn } from '../../inet/index.js';
import type { IncidentState } from '../../links/index.js';
import { indexOfAs, type Scenario } from '../../simulate/index.js';
import type { ScreenProps } from '../shared/screen-props.js';
import { useDrop } from '../shared/use-drop.js';
import { AnswerPanel } from './answer-panel.js';
import { AsPanel } from './as-panel.js';
import { attackOf } from './attack.js';
import { IncidentInputs } from './inputs.js';
import { openText } from './open-text.js';
import { type Incident, readIncident, textOf } from './read-incident.js';
import { ScenarioPanel } from './scenario-panel.js';
import { stateOf } from './scenario-text.js';
import { START } from './start.js';
import { textOfFile } from './text-of-file.js';
import { beforeAttack, countsOf, sentenceOf } from './what-if.js';
import { WhatIfPanel } from './what-if-panel.js';

/** The screen Incident: a hijack or a leak among some ASes, and which mechanism keeps it from whom. */
export function IncidentScreen({ onSay, onState, state }: ScreenProps<IncidentState>): JSX.Element {
  const text = textOf(state);
  const read = useMemo(
    () => (text === undefined ? { problem: `no incident is called ${state.name}` } : readIncident(text)),
    [text, state.name],
  );
  const incident = 'incident' in read ? read.incident : undefined;
  const last = useLast(incident);
  const before = useMemo(() => incident && beforeAttack(incident), [incident]);
  const attack = useMemo(
    () => incident && attackOf(incident.scenario, incident.simulation.topology),
    [incident],
  );
  const [problem, setProblem] = useState<string>();
  const sentence = incident && sentenceOf(countsOf(incident));
  useEffect(() => {
    if (sentence !== undefined) onSay(sentence);
  }, [sentence, onSay]);
  const show = (next: IncidentState): void => {
    setProblem(undefined);
    onState(next);
  };
  const onScenario = (scenario: Scenario): void => show(stateOf(scenario, state.as));
  const onText = (typed: string): void => {
    const opened = openText(typed, last, state.as);
    if ('state' in opened) show(opened.state);
    else setProblem(opened.problem);
  };
  /** Ends the reading of a file, if one is being read. */
  const stop = useRef<() => void>(undefined);
  const [isReading, setReading] = useState(false);
  useEffect(() => () => stop.current?.(), []);
  const onFile = (file: File): void => {
    stop.current?.();
    const reading = textOfFile(file);
    stop.current = reading.stop;
    setReading(true);
    const done = (told: () => void): void => {
      if (stop.current !== reading.stop) return; // another file was opened meanwhile
      setReading(false);
      told();
    };
    reading.text.then(
      (read) => done(() => onText(read)),
      (error: unknown) =>
        done(() => setProblem(`${file.name}: ${error instanceof Error ? error.message : String(error)}`)),
    );
  };
  const drop = useDrop(([file]) => file && onFile(file));
  const chosen = incident && chosenOf(incident, state.as);
  const file = state.text === undefined ? `docs/incidents/${state.name ?? START.name}.json` : 'scenario.json';
  const explain = chosen === undefined ? '' : ` --explain ${chosen}`;
  const onChoose = (as: Asn): void => onState({ ...state, as });
  return (
    <div class={drop.over ? 'screen over' : 'screen'} {...drop.handlers}>
      <IncidentInputs {...{ attack, incident, onFile, onScenario, state }} onState={show} />
      <div class="columns">
        <div class="main" aria-busy={isReading}>
          {incident ? (
            <AnswerPanel {...{ before, chosen, incident, onChoose }} />
          ) : (
            <section aria-labelledby="answer">
              <h2 id="answer" tabIndex={-1}>
                No answer
              </h2>
              <p class="problem">The scenario cannot be read: {'problem' in read && read.problem}</p>
            </section>
          )}
        </div>
        <div class="side">
          {incident && chosen !== undefined && (
            <AsPanel {...{ attack, incident, onScenario }} asn={chosen} onPath={onState} />
          )}
        </div>
      </div>
      {incident && <WhatIfPanel {...{ before, incident, onScenario }} />}
      <ScenarioPanel
        text={text ?? ''}
        onText={onText}
        problem={problem ?? ('problem' in read ? read.problem : undefined)}
        command={`pathsec simulate scenario ${file}${explain}`}
      />
    </div>
  );
}

/** The AS that is looked at: the one that was chosen, else the first whose traffic ends at the attacker, else the first. */
function chosenOf({ outcomes, scenario, simulation }: Incident, as: Asn | undefined): Asn | undefined {
  const { topology } = simulation;
  if (as !== undefined && indexOfAs(topology, as) >= 0) return as;
  const { attackers, victims } = scenario;
  const others = [...topology.asns].filter((asn) => !attackers.includes(asn) && !victims.includes(asn));
  const hit = others.find((asn) => outcomes[indexOfAs(topology, asn)] === 'attacker');
  return hit ?? others[0] ?? topology.asns[0];
}

/** The last incident that could be read, upon which a new topology is laid. */
function useLast(incident: Incident | undefined): Incident {
  const last = useRef(incident);
  if (incident) last.current = incident;
  if (last.current === undefined) {
    const start = readIncident(textOf(START) ?? '');
    if ('problem' in start) throw new TypeError(start.problem);
    last.current = start.incident;
  }
  return last.current;
}
