import type { JSX } from 'preact';
import { DESCRIBED_ASSUMPTIONS, meanHops } from '../../cost/index.js';
import { COST_NUMBERS, type CostState, LINK_SCHEMES } from '../../links/index.js';
import { type AskedNumber, NumberField } from './number-field.js';
import { START } from './start.js';
import { ASSUMED_LENGTHS, assumptionsOf, numberOf, readLengths } from './view.js';
import { digits } from './words.js';

type Change = { readonly [Name in keyof CostState]?: CostState[Name] | undefined };

const MAIN: readonly AskedNumber[] = [
  { name: 'peers', label: 'Peers', slider: [1, 100, 1] },
  { name: 'prefixes', label: 'Prefixes of a full feed', slider: [50_000, 3_000_000, 50_000] },
  { name: 'cores', label: 'Cores', slider: [1, 64, 1] },
  { name: 'announcementsPerMinute', label: 'Announcements a minute', slider: [0, 3000, 5] },
  { name: 'signedShare', label: 'Routes that are signed, per cent', slider: [0, 100, 1], scale: 100 },
];
const MORE: readonly AskedNumber[] = [
  { name: 'prefixesPerUpdate', label: 'Prefixes in an unsigned UPDATE' },
  { name: 'sharing', label: 'Sharing, e' },
  { name: 'unseenShare', label: 'Statements not seen before, per cent', scale: 100 },
  { name: 'bestShare', label: 'New best paths, per cent', scale: 100 },
];
const SCHEMES: Readonly<Record<(typeof LINK_SCHEMES)[number], string>> = {
  main: 'BGPsec, ASPA, origin validation',
  aggregate: 'aggregates and FC-BGP (experiments)',
  'post-quantum': 'post-quantum BGPsec (experiments)',
  all: 'all of them',
};
const MOST_CHARACTERS = 500;
/** Assumptions that their label alone does not tell. */
const EXPLAINED: ReadonlySet<string> = new Set([
  'announcementsPerMinute',
  'sharing',
  'unseenShare',
  'bestShare',
]);

/** What the model assumes: the numbers that most readers change, and the others folded. */
export function AssumptionsInput({
  onState,
  state,
}: {
  readonly state: CostState;
  readonly onState: (state: CostState) => void;
}): JSX.Element {
  const set = (change: Change): void => onState(withChange(state, change));
  const field = (asked: AskedNumber): JSX.Element => {
    const described = DESCRIBED_ASSUMPTIONS.find(({ name }) => name === asked.name);
    const help = state[asked.name] === undefined ? described?.source : 'yours';
    return (
      <NumberField
        key={asked.name}
        asked={asked}
        value={numberOf(state, asked.name)}
        help={EXPLAINED.has(asked.name) ? `${described?.what}; ${help}` : (help ?? '')}
        onChange={(value) => set({ [asked.name]: value })}
      />
    );
  };
  const folded = MORE.some(({ name }) => state[name] !== undefined) || state.pathLengths !== undefined;
  return (
    <section aria-labelledby="assumptions">
      <h2 id="assumptions">The router, as it is assumed</h2>
      <div class="inputs costs">
        {MAIN.map(field)}
        <div class="field">
          <label for="schemes">Protections</label>
          <select
            id="schemes"
            value={state.schemes ?? 'main'}
            onChange={(event) => {
              const chosen = LINK_SCHEMES.find((one) => one === event.currentTarget.value);
              set({ schemes: chosen === 'main' ? undefined : chosen });
            }}
          >
            {LINK_SCHEMES.map((one) => (
              <option key={one} value={one}>
                {SCHEMES[one]}
              </option>
            ))}
          </select>
          {(folded || COST_NUMBERS.some((name) => state[name] !== undefined)) && (
            <button type="button" class="again" onClick={() => onState(kept(state))}>
              As assumed
            </button>
          )}
        </div>
      </div>
      <details open={folded}>
        <summary>Path lengths, sharing, churn in detail</summary>
        <div class="inputs costs">
          {MORE.map(field)}
          <Lengths state={state} set={set} />
        </div>
      </details>
    </section>
  );
}

function Lengths({
  set,
  state,
}: {
  readonly state: CostState;
  readonly set: (change: Change) => void;
}): JSX.Element {
  const text = state.pathLengths ?? ASSUMED_LENGTHS;
  const reading = readLengths(text);
  const mean = digits(meanHops(assumptionsOf(state).pathLengths));
  return (
    <div class="field lengths">
      <label for="lengths">Shares of paths of 1, 2, … hops</label>
      <input
        id="lengths"
        autocomplete="off"
        spellcheck={false}
        value={text}
        maxLength={MOST_CHARACTERS}
        aria-describedby="lengths-help"
        aria-invalid={'problem' in reading}
        onInput={(event) =>
          set({ pathLengths: event.currentTarget.value.slice(0, MOST_CHARACTERS) || undefined })
        }
      />
      <p id="lengths-help" class={'problem' in reading ? 'help problem' : 'help'}>
        {'problem' in reading
          ? reading.problem
          : `${mean} hops on average; ${state.pathLengths === undefined ? 'a full feed of 2010' : 'yours'}`}
      </p>
    </div>
  );
}

/** The state as it is assumed, with what is shown of it. */
function kept({ schemes, show }: CostState): CostState {
  return { ...START, ...(schemes && { schemes }), ...(show && { show }) };
}

/** The state with some members changed; what is undefined is gone, so that states compare as they are linked. */
export function withChange(state: CostState, change: Change): CostState {
  const all = Object.entries({ ...state, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as unknown as CostState;
}
