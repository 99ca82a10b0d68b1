import { type AspaTable, type VerificationInput, verifyAsPath } from '../aspa/index.js';
import { readAspa, readTable, readVerification } from './aspa-fields.js';
import { type Answer, RequestError } from './request.js';
import { isPresent, member, type Place, readAsn, readFields, readList } from './request-fields.js';
import type { Fields, Request } from './vector.js';

/** What a step is told of the table, and what it answers. */
interface Run {
  table: AspaTable;
  readonly request: Request;
  readonly routes: Map<string, VerificationInput>;
  readonly outcomes: string[];
}

type Step = (run: Run, place: Place) => void;

/** Changes of the table: RTR announcements and withdrawals (8210bis-26 §5.12), or all of it anew. */
const TABLE_STEPS: Readonly<Record<string, Step>> = {
  announce(run, place) {
    run.table.announce(readAspa(place));
  },
  withdraw(run, place) {
    run.table.withdraw(readAsn(member(readFields(place), 'customer', place.path)));
  },
  load(run, place) {
    run.table = readTable(run.request, place);
  },
};

const VERIFY_STEPS: Readonly<Record<string, Step>> = {
  verify(run, place) {
    run.outcomes.push(verifyAsPath(run.table, readVerification(readFields(place), place.path)).outcome);
  },
};

/** Routes that stay in the Adj-RIB-In under a name, with the outcome that the table of the moment gives them. */
const ROUTE_STEPS: Readonly<Record<string, Step>> = {
  hold(run, place) {
    const fields = readFields(place);
    run.routes.set(readName(member(fields, 'route', place.path)), readVerification(fields, place.path));
  },
  copy(run, place) {
    const fields = readFields(place);
    const route = heldRoute(run, member(fields, 'route', place.path));
    run.routes.set(readName(member(fields, 'as', place.path)), route);
  },
  outcome(run, place) {
    const route = heldRoute(run, member(readFields(place), 'route', place.path));
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
    const fields = readFields(place);
    const name = nameOf(fields, place, known);
    known[name]?.(run, member(fields, name, place.path));
  });
  return { outcomes: run.outcomes };
}

/** A step is an object with one member, whose name says what to do. */
function nameOf(fields: Fields, { path }: Place, known: Readonly<Record<string, Step>>): string {
  const [name, ...more] = Object.keys(fields);
  if (name === undefined || more.length > 0 || !Object.hasOwn(known, name)) {
    throw new RequestError(path, `must have one member of ${Object.keys(known).join(', ')}`);
  }
  return name;
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
