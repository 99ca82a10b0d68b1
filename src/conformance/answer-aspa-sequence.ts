import { type AspaTable, type VerificationInput, verifyAsPath } from '../aspa/index.js';
import {
  isPresent,
  type Members,
  member,
  type Place,
  readAsn,
  readFields,
  readList,
  readPathQuestion,
} from '../questions/index.js';
import { readAspa, readTable } from './aspa-fields.js';
import { type Answer, RequestError } from './request.js';
import type { Request } from './vector.js';

/** What a step is told of the table, and what it answers. */
interface Run {
  table: AspaTable;
  readonly request: Request;
  readonly routes: Map<string, VerificationInput>;
  readonly outcomes: string[];
}

type Step = (run: Run, place: Place) => void;

/** Changes of the table: RTR announcements and withdrawals (8210bis §5.12), or all of it anew. */
const TABLE_STEPS: Readonly<Record<string, Step>> = {
  announce(run, place) {
    run.table.announce(readAspa(place));
  },
  withdraw(run, place) {
    run.table.withdraw(readAsn(member(readFields(place, ['customer']), 'customer', place.path)));
  },
  load(run, place) {
    run.table = readTable(run.request, place);
  },
};

const VERIFY_STEPS: Readonly<Record<string, Step>> = {
  verify(run, place) {
    run.outcomes.push(verifyAsPath(run.table, readPathQuestion(place.value, { path: place.path })).outcome);
  },
};

/** Routes that stay in the Adj-RIB-In under a name, with the outcome that the table of the moment gives them. */
const ROUTE_STEPS: Readonly<Record<string, Step>> = {
  hold(run, place) {
    const question = readPathQuestion(place.value, { path: place.path, besides: ['route'] });
    run.routes.set(readName(routeOf(place)), question);
  },
  copy(run, place) {
    const fields = readFields(place, ['route', 'as']);
    const route = heldRoute(run, member(fields, 'route', place.path));
    run.routes.set(readName(member(fields, 'as', place.path)), route);
  },
  outcome(run, place) {
    const route = heldRoute(run, member(readFields(place, ['route']), 'route', place.path));
    run.outcomes.push(verifyAsPath(run.table, route).outcome);
  },
};

/** Operation `verify-sequence`: paths verified between changes of the table. */
export function answerSequence(request: Request): Answer {
  return runSteps(request, { ...TABLE_STEPS, ...VERIFY_STEPS });
}

/** Operation `hold-routes`: a changed table changes the outcome of routes already received (draft-28 §5.7, RFC 9324 §4). */
export function answerHeldRoutes(request: Request): Answer {
  return runSteps(request, { ...TABLE_STEPS, ...ROUTE_STEPS });
}

function runSteps(request: Request, known: Readonly<Record<string, Step>>): Answer {
  const table = readTable(request, member(request, 'aspas'));
  const run: Run = { table, request, routes: new Map(), outcomes: [] };
  readList(member(request, 'steps'), (place) => {
    const fields = readStep(place, known);
    const [name = ''] = Object.keys(fields);
    known[name]?.(run, member(fields, name, place.path));
  });
  return { outcomes: run.outcomes };
}

/** A step is an object with one member, whose name says what to do. */
function readStep(place: Place, known: Readonly<Record<string, Step>>): Members {
  const names = Object.keys(known);
  const fields = readFields(place, names);
  if (Object.keys(fields).length !== 1) {
    throw new RequestError(place.path, `must have one member of ${names.join(', ')}`);
  }
  return fields;
}

function routeOf({ path, value }: Place): Place {
  return member(value as Members, 'route', path);
}

function heldRoute({ routes }: Run, place: Place): VerificationInput {
  const route = routes.get(readName(place));
  if (route === undefined) throw new RequestError(place.path, 'must be the name of a route that is held');
  return route;
}

function readName(place: Place): string {
  if (!isPresent(place) || typeof place.value !== 'string') {
    throw new RequestError(place.path, 'must be the name of a route');
  }
  return place.value;
}
