import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { MODEL_LEAVES_OUT } from '../../cost/index.js';
import { type LogPointsWording, logPoints } from '../../draw/index.js';
import { type CostState, LINK_COSTS } from '../../links/index.js';
import { PictureView } from '../shared/picture.js';
import type { ScreenProps } from '../shared/screen-props.js';
import { useNarrow } from '../shared/use-narrow.js';
import { AssumptionsInput, withChange } from './assumptions-input.js';
import './cost.css';
import { CostTable } from './cost-table.js';
import { MeasurePanel } from './measure-panel.js';
import { STUDY } from './study.js';
import { useMeasure } from './use-measure.js';
import {
  answerOf,
  assumptionsOf,
  costPoints,
  costRows,
  distinctPoints,
  numberOf,
  type Shown,
} from './view.js';
import { coresText, digits, octetsText, powerText } from './words.js';

const SHOWN: Readonly<Record<Shown, string>> = {
  cpu: 'CPU until all feeds are verified',
  churn: 'cores that churn keeps busy',
  memory: 'memory beyond that of unsigned routes',
  octets: 'octets of all feeds',
};

const TICKS: Readonly<Record<Shown, LogPointsWording['tick']>> = {
  cpu: (value) => powerText(value, 's'),
  churn: (value) => powerText(value, ''),
  memory: octetsText,
  octets: octetsText,
};

/** The screen Cost: what protecting routes asks of a router, by the model over what the study measured. */
export function CostScreen({ onSay, onState, state }: ScreenProps<CostState>): JSX.Element {
  const measure = useMeasure();
  const rows = useMemo(
    () => costRows(state, [...STUDY.protections, ...measure.protections]),
    [state, measure.protections],
  );
  const answer = answerOf(state, rows);
  useEffect(() => onSay(answer), [answer, onSay]);
  const { commit, date, machine, others } = STUDY;
  return (
    <div class="screen">
      <AssumptionsInput state={state} onState={onState} />
      <section aria-labelledby="answer">
        <h2 id="answer" tabIndex={-1}>
          What protecting routes asks of it
        </h2>
        <p>
          <strong>{answer}</strong>
        </p>
        <p class="quiet">
          A model, and no measurement of a router: arithmetic on the assumptions above and on what one route
          costs, measured on {machine.cpu} ({machine.cores} cores), Node {machine.node}, OpenSSL{' '}
          {machine.openssl}, {date}, commit {commit}
          {others > machine.cores / 2 && `, while other programs kept up to ${digits(others)} cores busy`}.
          Ratios hold, times do not. Aggregates, FC-BGP and post-quantum BGPsec are experiments: no standard
          has them.
        </p>
        <CostPicture rows={rows} state={state} onState={onState} />
        <CostTable rows={rows} cores={numberOf(state, 'cores')} />
        <p class="quiet">
          In brackets: quartiles of the rounds. CPU a route is of one that is verified. Memory is that of
          packed stores of this package.
        </p>
        <details>
          <summary>What the model leaves out</summary>
          <ul class="remarks">
            {MODEL_LEAVES_OUT.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      </section>
      <MeasurePanel measure={measure} pathLengths={assumptionsOf(state).pathLengths} />
    </div>
  );
}

function CostPicture({
  onState,
  rows,
  state,
}: {
  readonly rows: ReturnType<typeof costRows>;
  readonly state: CostState;
  readonly onState: (state: CostState) => void;
}): JSX.Element {
  const narrow = useNarrow();
  const shown = state.show ?? 'cpu';
  const cores = numberOf(state, 'cores');
  const picture = useMemo(() => {
    const wording: LogPointsWording = {
      title: SHOWN[shown],
      tick: TICKS[shown],
      form: narrow ? 'tall' : 'wide',
      ...(shown === 'churn' && { mark: { value: cores, text: `all ${coresText(cores)}` } }),
      ...(shown === 'cpu' && {
        mark: { value: 3600 * cores, text: `an hour of ${coresText(cores)}` },
      }),
    };
    return logPoints(distinctPoints(costPoints(rows, shown)), wording);
  }, [rows, shown, narrow, cores]);
  return (
    <>
      <fieldset class="tabs" aria-label="The picture shows">
        {LINK_COSTS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === shown}
            onClick={() => onState(withChange(state, { show: one === 'cpu' ? undefined : one }))}
          >
            {SHOWN[one]}
          </button>
        ))}
      </fieldset>
      <PictureView picture={picture} />
    </>
  );
}
