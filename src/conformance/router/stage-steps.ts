import type { Asn } from '../../inet/index.js';
import { type Members, member, readAsn, readList } from '../../questions/index.js';
import { readAspa } from '../aspa-fields.js';
import type { Question } from '../requests.js';
import type { Fields, Json } from '../vector.js';
import { entriesOf, entryOf, outcomeOf, routeOf } from './stage-fields.js';
import type { Entries, Phase, StagedAsk, StagedCase, StagedRoute } from './staged.js';
import { pathFault, tableFault } from './unplayable.js';

/** The phases so far, and the one that is being filled. */
interface Stage {
  readonly phases: Phase[];
  readonly asks: StagedAsk[];
  readonly outcomes: Json[];
  entries: Entries;
  routes: StagedRoute[];
}

/**
 * Steps of `verify-sequence` and `hold-routes`. A route to verify is there in its phase alone; one that is held from its phase to
 * the last one. A text says why the steps cannot be played.
 */
export function stageSteps({ request, vector }: Question): Omit<StagedCase, 'question'> | string {
  const entries = entriesOf(request.aspas);
  if (typeof entries === 'string') return entries;
  const expected = vector.expected.outcomes;
  const outcomes = Array.isArray(expected) ? [...expected] : [];
  const stage: Stage = { phases: [], asks: [], outcomes, entries, routes: [] };
  const steps: readonly Json[] = Array.isArray(request.steps) ? request.steps : [];
  for (const [i, step] of steps.entries()) {
    const [[name, value] = ['', null]] = Object.entries(step as Fields);
    const play = STEPS[name];
    if (play === undefined) return `no neighbour can ${name} a route`;
    const fault = play(stage, value, i);
    if (fault !== undefined) return fault;
  }
  changeTable(stage, stage.entries);
  const { asks, phases } = stage;
  return { asks, phases };
}

/** Takes one step; a text says why it cannot be played. */
type Step = (stage: Stage, value: Json, index: number) => string | undefined;

const HELD = 'held ';

const STEPS: Readonly<Record<string, Step>> = {
  announce(stage, value) {
    return loadInto(stage, new Map(stage.entries), [value]);
  },
  load(stage, value) {
    return loadInto(stage, new Map(), value);
  },
  withdraw(stage, value) {
    const customer = readAsn(member(value as Members, 'customer'));
    changeTable(stage, new Map([...stage.entries].filter(([asn]) => asn !== customer)));
    return undefined;
  },
  verify(stage, value, index) {
    const route = routeOf(`step ${index}`, value as Members, [], outcomeOf(stage.outcomes.shift()));
    stage.routes.push(route);
    stage.asks.push({ phase: stage.phases.length, route: route.name });
    return pathFault(route.asPath);
  },
  hold(stage, value) {
    const route = routeOf(nameOf(value), value as Members, ['route']);
    stage.routes.push(route);
    return pathFault(route.asPath);
  },
  outcome(stage, value) {
    const name = nameOf(value);
    const expected = outcomeOf(stage.outcomes.shift());
    stage.routes = stage.routes.map((route) =>
      route.name === name && expected ? { ...route, expected } : route,
    );
    stage.asks.push({ phase: stage.phases.length, route: name });
    return undefined;
  },
};

function nameOf(value: Json): string {
  return `${HELD}${String(member(value as Members, 'route').value)}`;
}

function loadInto(stage: Stage, entries: Map<Asn, readonly Asn[]>, value: Json): string | undefined {
  const aspas = readList({ path: 'aspas', value }, readAspa);
  for (const aspa of aspas) entries.set(...entryOf(aspa));
  changeTable(stage, entries);
  return tableFault(aspas);
}

/** Ends a phase that has routes: under the next table only those that are held are there, and not asked yet. */
function changeTable(stage: Stage, entries: Entries): void {
  const { phases, routes } = stage;
  if (routes.length > 0) phases.push({ entries: stage.entries, vrps: [], routes });
  stage.routes = routes.filter(({ name }) => name.startsWith(HELD)).map(({ expected: _, ...route }) => route);
  stage.entries = entries;
}
