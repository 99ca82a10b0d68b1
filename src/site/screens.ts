import type { ComponentType } from 'preact';
import type { LinkState } from '../links/index.js';
import { START as COST } from './cost/start.js';
import { START as INCIDENT } from './incident/start.js';
import { START as OCTETS } from './octets/start.js';
import { START } from './path/examples.js';
import { PathScreen } from './path/screen.js';
import { later } from './shared/loaded.js';
import type { ScreenProps } from './shared/screen-props.js';

/**
 * A screen of the page. To add one: its state and the reader of its members in `src/links/` (with a sample in
 * `spec-tests/links/frozen.json` and its members in `docs/playground-link.schema.json`), a folder here with a row in
 * `.dependency-cruiser.cjs` and `docs/architecture.md`, and a row below.
 */
interface Screen<State extends LinkState = LinkState> {
  readonly name: State['s'];
  readonly title: string;
  /** What it shows when it is opened without a link. */
  readonly start: State;
  /** One that is not the first comes by `later(() => import('./name/screen.js').then(({ Name }) => Name))`. */
  readonly View: ComponentType<ScreenProps<State>>;
}

/** What the page opens with. */
export const FIRST: Screen = screen({ name: 'path', title: 'Path', start: START, View: PathScreen });

/** The screens in the order of the bar; Alt and the number opens one. */
export const SCREENS: readonly Screen[] = [
  FIRST,
  screen({
    name: 'octets',
    title: 'Octets',
    start: OCTETS,
    View: later(() => import('./octets/screen.js').then(({ OctetsScreen }) => OctetsScreen)),
  }),
  screen({
    name: 'incident',
    title: 'Incident',
    start: INCIDENT,
    View: later(() => import('./incident/screen.js').then(({ IncidentScreen }) => IncidentScreen)),
  }),
  screen({
    name: 'cost',
    title: 'Cost',
    start: COST,
    View: later(() => import('./cost/screen.js').then(({ CostScreen }) => CostScreen)),
  }),
];

/** A screen is shown with states of its own name alone, which the types of a list of screens cannot say. */
function screen<State extends LinkState>(row: Screen<State>): Screen {
  return row as unknown as Screen;
}
