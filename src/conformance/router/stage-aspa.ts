import type { AspaOutcome } from '../../aspa/index.js';
import { AS_SEQUENCE, type AsPath } from '../../bgp/index.js';
import { member, readAsn } from '../../questions/index.js';
import { TABLE_MEMBERS } from '../aspa-fields.js';
import type { Question } from '../requests.js';
import type { Fields } from '../vector.js';
import { common, entriesOf, outcomeOf, routeOf } from './stage-fields.js';
import { stageSteps } from './stage-steps.js';
import type { StagedCase, StagedRoute, Staging } from './staged.js';
import { pathFault } from './unplayable.js';

/** A case of the suite `aspa` as a router can be shown it. */
export function stageAspa(question: Question): Staging {
  const { request } = question;
  const stage = OPERATIONS[request.op];
  if (stage === undefined) return { question, reason: `no route shows what ${request.op} asks` };
  const staged = stage(question);
  return typeof staged === 'string' ? { question, reason: staged } : { question, ...staged };
}

/** What is played, or why nothing can be. */
type Stage = (question: Question) => Omit<StagedCase, 'question'> | string;

const OPERATIONS: Readonly<Record<string, Stage>> = {
  'verify-path': ({ request, vector }) =>
    onePhase(request, routeOf('path', request, TABLE_MEMBERS, outcomeOf(vector.expected.outcome))),
  authorized({ request, vector }) {
    const customer = readAsn(member(request, 'customer'));
    const provider = Number(request.provider);
    if (customer === provider) return 'a customer that is its own provider is one AS of a path';
    const asPath: AsPath = [{ type: AS_SEQUENCE, asns: [provider, customer] }];
    const neighbor = { neighborAs: provider, neighborRole: 'customer' } as const;
    const expected = AUTHORIZED[String(vector.expected.authorization)];
    return onePhase(request, { ...common('hop', asPath), ...neighbor, ...(expected && { expected }) });
  },
  'verify-sequence': stageSteps,
  'hold-routes': stageSteps,
};

/** What the upstream procedure says of a path of two ASes, by what their hop is (draft-28 §5.5 steps 4 to 6). */
const AUTHORIZED: Readonly<Record<string, AspaOutcome>> = {
  'provider+': 'valid',
  'not-provider+': 'invalid',
  'no-attestation': 'unknown',
};

function onePhase(request: Fields, route: StagedRoute): ReturnType<Stage> {
  const entries = entriesOf(request.aspas);
  if (typeof entries === 'string') return entries;
  const phases = [{ entries, vrps: [], routes: [route] }];
  return pathFault(route.asPath) ?? { phases, asks: [{ phase: 0, route: route.name }] };
}
