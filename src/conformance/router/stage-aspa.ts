import { AS_SEQUENCE, type AsPath } from '../../bgp/index.js';
import { member, readAsn } from '../../questions/index.js';
import { TABLE_MEMBERS } from '../aspa-fields.js';
import type { Question } from '../requests.js';
import type { Fields, Json } from '../vector.js';
import { outcomeOfHop } from './hops.js';
import { common, entriesOf, outcomeOf, routeOf } from './stage-fields.js';
import { stageSteps } from './stage-steps.js';
import type { StagedCase, StagedRoute, Staging } from './staged.js';
import { pathFault } from './unplayable.js';

/** A case of the suite `aspa` as a router can be shown it. */
export function stageAspa(question: Question): Staging {
  const { request } = question;
  const stage = OPERATIONS[request.op];
  if (stage === undefined)
    return { question, reason: NOT_SHOWN[request.op] ?? `no route shows ${request.op}` };
  const staged = stage(question);
  return typeof staged === 'string' ? { question, reason: staged } : { question, ...staged };
}

const NOT_SHOWN: Readonly<Record<string, string>> = {
  'compare-tables': 'no route shows whether two tables are equal',
  mitigate: 'what becomes of a route is left to the policy of the router',
  'verify-update': 'routes are announced, not whole messages',
};

/** What is played, or why nothing can be. */
type Stage = (question: Question) => Omit<StagedCase, 'question'> | string;

const OPERATIONS: Readonly<Record<string, Stage>> = {
  'verify-path': ({ request, vector }) =>
    onePhase(request, routeOf('path', request, TABLE_MEMBERS, outcomeOf(vector.expected.outcome))),
  authorized({ request, vector }) {
    const customer = readAsn(member(request, 'customer'));
    const provider = Number(request.provider);
    if (customer === provider) return 'a customer that is its own provider is one AS of a path';
    if (entriesHave(request.aspas, provider)) {
      return 'the provider has an ASPA too, so that a path shows more than the hop';
    }
    const asPath: AsPath = [{ type: AS_SEQUENCE, asns: [provider, customer] }];
    const neighbor = { neighborAs: provider, neighborRole: 'customer' } as const;
    const expected = outcomeOfHop(vector.expected.authorization);
    return onePhase(request, { ...common('hop', asPath), ...neighbor, ...(expected && { expected }) });
  },
  'verify-sequence': stageSteps,
  'hold-routes': stageSteps,
};

function entriesHave(aspas: Json | undefined, customer: number): boolean {
  const entries = entriesOf(aspas);
  return typeof entries !== 'string' && entries.has(customer);
}

function onePhase(request: Fields, route: StagedRoute): ReturnType<Stage> {
  const entries = entriesOf(request.aspas);
  if (typeof entries === 'string') return entries;
  const phases = [{ entries, vrps: [], routes: [route] }];
  return pathFault(route.asPath) ?? { phases, asks: [{ phase: 0, route: route.name }] };
}
