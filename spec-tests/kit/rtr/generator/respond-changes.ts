import type { Payloads } from '../mutants/pdu.js';
import type { RtrCase } from './cases.js';
import {
  answered,
  as,
  DESCENDING,
  MIXED,
  refused,
  resetQuery,
  respond,
  serialQuery,
} from './respond-world.js';
import {
  A,
  aspa,
  B,
  CUSTOMER,
  cacheReset,
  end,
  KEY,
  key,
  response,
  SERIAL,
  SIX,
  TWIN,
  vrp,
} from './world.js';

/** Right order of a descending list when it is withdrawn. */
const ascending = <T>(list: readonly T[]): T[] => list.toReversed();

const HISTORY: readonly Payloads[] = [{ vrps: [A, SIX] }, { vrps: [A, B, SIX] }, { vrps: [B] }];
const gone = (one: typeof A): string => vrp(one, false);

export const CHANGES: readonly RtrCase[] = [
  respond(
    'changes',
    'A Serial Query gets the changes since its serial',
    ['§5.3'],
    { states: HISTORY, queries: [serialQuery(8)] },
    answered(response(), vrp(B), gone(A), gone(SIX), end()),
  ),
  respond(
    'changes-later',
    'A later serial gets fewer changes',
    ['§5.3'],
    { states: HISTORY, queries: [serialQuery(9)] },
    answered(response(), gone(A), gone(SIX), end()),
  ),
  respond(
    'no-changes',
    'The present serial gets an empty response',
    ['§5.3'],
    { states: HISTORY, queries: [serialQuery(10)] },
    answered(response(), end()),
  ),
  respond(
    'changes-cancel',
    'What comes and goes again is not mentioned',
    ['§5.3'],
    { states: [{ vrps: [A] }, { vrps: [A, B] }, { vrps: [A] }], queries: [serialQuery(8)] },
    answered(response(), end()),
  ),
  respond(
    'changes-cancel-withdrawal',
    'What goes and comes again is not mentioned',
    ['§5.3'],
    {
      states: [{ vrps: [A], routerKeys: [KEY] }, {}, { vrps: [A], routerKeys: [KEY] }],
      queries: [serialQuery(8)],
    },
    answered(response(), end()),
  ),
  respond(
    'withdrawals-ascending',
    'Announcements come first; withdrawals ascend',
    ['§11.2.1'],
    { states: [{ vrps: MIXED }, { vrps: [B] }], queries: [serialQuery(9)] },
    answered(response(), vrp(B), ...ascending(DESCENDING).map(gone), end()),
  ),
  respond(
    'keys-withdrawn',
    'Router keys announced come before those withdrawn',
    ['§11.2.2'],
    { states: [{ routerKeys: [KEY] }, { routerKeys: [TWIN] }], queries: [serialQuery(9)] },
    answered(response(), key(TWIN), key(KEY, false), end()),
  ),
  respond(
    'aspa-replaced',
    'A changed ASPA is announced once',
    ['§5.12'],
    {
      states: [{ aspas: [as(CUSTOMER, 64501)] }, { aspas: [as(CUSTOMER, 64502, 64503)] }],
      queries: [serialQuery(9)],
    },
    answered(response(), aspa([64502, 64503]), end()),
  ),
  respond(
    'aspa-withdrawn',
    'An ASPA is withdrawn in 12 octets',
    ['§5.12'],
    {
      states: [{ aspas: [as(CUSTOMER, 64501), as(5, 6)] }, { aspas: [as(5, 6)] }],
      queries: [serialQuery(9)],
    },
    answered(response(), aspa([]), end()),
  ),
  respond(
    'aspa-announced-first',
    'ASPAs announced come before those withdrawn',
    ['§11.2.3'],
    { states: [{ aspas: [as(5, 6)] }, { aspas: [as(CUSTOMER, 64501)] }], queries: [serialQuery(9)] },
    answered(response(), aspa([64501]), aspa([], 5), end()),
  ),
  respond(
    'aspa-changes-merged',
    'An ASPA that changes twice is announced once',
    ['§5.3', '§5.12'],
    {
      states: [{ aspas: [as(CUSTOMER, 1)] }, { aspas: [as(CUSTOMER, 2)] }, { aspas: [as(CUSTOMER, 3)] }],
      queries: [serialQuery(8)],
    },
    answered(response(), aspa([3]), end()),
  ),
  respond(
    'aspa-second-object',
    'A second object of a customer changes the union',
    ['§5.12'],
    {
      states: [{ aspas: [as(CUSTOMER, 0)] }, { aspas: [as(CUSTOMER, 0), as(CUSTOMER, 64501)] }],
      queries: [serialQuery(9)],
    },
    answered(response(), aspa([64501]), end()),
  ),
  respond(
    'changes-version-1',
    'A change of ASPAs is nothing in version 1',
    ['RFC 8210 §5', '§7'],
    { states: [{ vrps: [A] }, { vrps: [A], aspas: [as(CUSTOMER, 64501)] }], queries: [serialQuery(9, 1)] },
    answered(response(1), end(SERIAL, 1)),
  ),
  respond(
    'serial-wraps',
    'Changes across serial 0',
    ['§2', 'RFC 1982 §3.2'],
    { states: HISTORY, serial: 4294967295, queries: [serialQuery(4294967295)] },
    answered(response(), vrp(B), gone(A), gone(SIX), end(1)),
  ),
  respond(
    'serial-unknown',
    'A serial that the cache does not know gets Cache Reset',
    ['§5.3', '§5.9'],
    { states: HISTORY, queries: [serialQuery(7)] },
    answered(cacheReset()),
  ),
  respond(
    'serial-ahead',
    'A serial that the cache has not had gets Cache Reset',
    ['§5.3', '§5.9'],
    { states: HISTORY, queries: [serialQuery(11)] },
    answered(cacheReset()),
  ),
  respond(
    'changes-forgotten',
    'A cache without the changes answers Cache Reset',
    ['§5.3', '§8.3'],
    { states: HISTORY, queries: [serialQuery(9)], more: { known: false } },
    answered(cacheReset()),
  ),
  respond(
    'session-unknown',
    'A Serial Query of another session that opens the connection gets Cache Reset',
    ['§5.3'],
    { states: HISTORY, queries: [serialQuery(10, 2, 99)] },
    answered(cacheReset()),
  ),
  respond(
    'session-changed',
    'A Serial Query with another session ID than the one told is error 0',
    ['§5.1', '§5.3'],
    { states: [{ vrps: [A] }], queries: [resetQuery(), serialQuery(10, 2, 99)] },
    refused(0, 2, false, response(), vrp(A), end()),
  ),
  respond(
    'reset-then-serial',
    'A Reset Query and a Serial Query on one connection',
    ['§8.1', '§8.2'],
    { states: [{ vrps: [A] }], queries: [resetQuery(), serialQuery(10)] },
    answered(response(), vrp(A), end(), response(), end()),
  ),
];
