import { pdu, type RtrCase } from './cases.js';
import { ALL, answered, refused, resetQuery, respond, serialQuery } from './respond-world.js';
import { A, cacheReset, end, report, response, SERIAL, vrp } from './world.js';

const whole = resetQuery() + serialQuery(SERIAL);
export const OTHERS: readonly RtrCase[] = [
  respond(
    'no-data',
    'A Reset Query to a cache without data gets error 2, the connection stays',
    ['§8.4', '§12'],
    { states: [], serial: 0, queries: [resetQuery()] },
    refused(2, 2, true),
  ),
  respond(
    'no-data-serial',
    'A Serial Query to a cache without data gets error 2',
    ['§8.4', '§12'],
    { states: [], serial: 0, queries: [serialQuery(3, 1)] },
    refused(2, 1, true),
    [
      [
        { pdus: [cacheReset(1)], errorCode: null, errorVersion: null, open: true },
        'a cache that has lost its state may say so first',
      ],
    ],
  ),
  respond(
    'version-3',
    'A query of version 3 gets error 4 of version 2, the connection stays',
    ['§7'],
    { states: [ALL], queries: [resetQuery(3)] },
    refused(4, 2, true),
  ),
  respond(
    'version-3-then-2',
    'A router that comes down is served',
    ['§7'],
    { states: [{ vrps: [A] }], queries: [resetQuery(3), resetQuery(2)] },
    refused(4, 2, true, response(), vrp(A), end()),
  ),
  respond(
    'only-version-1',
    'A cache of version 1 names it',
    ['§7'],
    { states: [{ vrps: [A] }], queries: [resetQuery(2), resetQuery(1)], more: { highestVersion: 1 } },
    refused(4, 1, true, response(1), vrp(A, true, 1), end(SERIAL, 1)),
  ),
  respond(
    'version-too-low',
    'A query below the lowest version gets error 4 and the end',
    ['§7'],
    { states: [ALL], queries: [resetQuery(0)], more: { lowestVersion: 1 } },
    refused(4, 2, false),
  ),
  respond(
    'version-changes',
    'A query of another version in a session is error 8',
    ['§7', '§12'],
    { states: [{ vrps: [A] }], queries: [resetQuery(1), resetQuery(2)] },
    refused(8, 1, false, response(1), vrp(A, true, 1), end(SERIAL, 1)),
  ),
  respond(
    'not-a-query',
    'A PDU that only caches send is error 3',
    ['§12'],
    { states: [ALL], queries: [cacheReset()] },
    refused(3),
    [
      [refused(0), 'the text names no code for it'],
      [refused(5), 'the text names no code for it'],
    ],
  ),
  respond(
    'unknown-type',
    'A PDU of an unassigned type is error 5',
    ['§12'],
    { states: [ALL], queries: [pdu(2, 99, 0)] },
    refused(5),
  ),
  respond(
    'wrong-length',
    'A Reset Query of 12 octets is error 0',
    ['§5.4', '§12'],
    { states: [ALL], queries: [pdu(2, 2, 0, '00000000')] },
    refused(0),
    [[refused(3), 'an invalid request as well']],
  ),
  respond(
    'reserved',
    'The field called zero of a Reset Query is ignored',
    ['§5'],
    { states: [{ vrps: [A] }], queries: [pdu(2, 2, 0xffff)] },
    answered(response(), vrp(A), end()),
  ),
  respond(
    'error-report',
    'An Error Report of the router is not answered',
    ['§5.11'],
    { states: [ALL], queries: [report(0)] },
    { pdus: [], errorCode: null, errorVersion: null, open: false },
  ),
  respond(
    'cut-queries',
    'Queries come octet by octet',
    ['§9'],
    { states: [{ vrps: [A] }], queries: whole.match(/../g) ?? [] },
    answered(response(), vrp(A), end(), response(), end()),
  ),
  respond(
    'joined-queries',
    'Two queries come at once',
    ['§9'],
    { states: [{ vrps: [A] }], queries: [whole] },
    answered(response(), vrp(A), end(), response(), end()),
  ),
];
