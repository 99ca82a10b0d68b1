import type { Fields } from '../../../../src/conformance/vector.js';
import type { Citation } from '../../citation.js';
import type { Payloads } from '../mutants/pdu.js';
import { pdu, type RtrCase } from './cases.js';
import {
  A,
  after,
  aspa,
  B,
  CLOSE,
  CONNECT,
  EXPIRE,
  end,
  gives,
  HELD,
  KEY,
  key,
  NOTHING,
  notify,
  RESET,
  RESET_1,
  report,
  response,
  SERIAL,
  SESSION,
  SYNCHRONIZED,
  sent,
  serialQuery,
  session,
  vrp,
} from './world.js';

const KEPT = after('pending', HELD);
const OLD_OR_NONE: readonly (readonly [Fields, string])[] = [
  [after('pending', NOTHING), 'the text does not oblige a router to keep its data meanwhile'],
];
/** An Error Report of the cache after a complete response. */
function reported(
  errorCode: number,
  title: string,
  requirement: Citation,
  data: Payloads,
  sections: readonly string[] = ['§12'],
): RtrCase {
  const steps = [gives(response(), vrp(A), key(KEY), aspa([64501]), end()), gives(report(errorCode))];
  return session(`error-report-${errorCode}`, title, sections, requirement, steps, after('closed', data));
}

/** docs/decisions/conformance.md D-vectors-rtr-fatal-old-versions. */
const KEEPS_OR_FLUSHES = 'RFC 8210 §12 has the session dropped and says nothing of the data';
export const REPORTS: readonly RtrCase[] = [
  reported(0, 'Corrupt Data is fatal', '8210bis-26:12:fatal-flush', NOTHING),
  reported(1, 'Internal Error is fatal', '8210bis-26:12:fatal-flush', NOTHING),
  reported(3, 'Invalid Request is fatal', '8210bis-26:12:fatal-flush', NOTHING),
  reported(7, 'Duplicate Announcement Received is fatal', '8210bis-26:12:fatal-flush', NOTHING),
  reported(9, 'ASPA Provider List Error is fatal', '8210bis-26:12:fatal-flush', NOTHING),
  reported(11, 'Ordering Error is fatal', '8210bis-26:12:fatal-flush', NOTHING),
  reported(
    12,
    'Cache Restart is not fatal: the data stay until they expire',
    '!8210bis-26:12:fatal-flush',
    HELD,
    ['§8.5', '§12'],
  ),
  reported(13, 'Cache Shutdown is fatal', '8210bis-26:12:fatal-flush', NOTHING, ['§8.6', '§12']),
  reported(
    200,
    'An error code that does not exist: the report is invalid',
    '8210bis-26:12:invalid-code',
    NOTHING,
    ['§5.11', '§12'],
  ),
  session(
    'error-report-broken',
    'A broken Error Report is not answered',
    ['§5.11'],
    '!8210bis-26:5.11:no-answer-router',
    [gives(response(), vrp(A), end()), gives(pdu(2, 10, 0, '000000c800000000'))],
    after('closed', NOTHING),
    { flags: ['should'], or: [[after('closed', { vrps: [A] }), 'the flush is a SHOULD']] },
  ),
  session(
    'error-report-broken-length',
    'An Error Report of 12 octets is not answered',
    ['§5.11'],
    '!8210bis-26:5.11:no-answer-router',
    [gives(response(), vrp(A), end()), gives(pdu(2, 10, 0, '00000000'))],
    after('closed', NOTHING),
    { flags: ['should'], or: [[after('closed', { vrps: [A] }), 'the flush is a SHOULD']] },
  ),
  session(
    'fatal-version-1',
    'A fatal error in version 1 ends the session',
    ['RFC 8210 §12'],
    '8210bis-26:12:fatal-drops',
    [gives(response(1), vrp(A, true, 1), end(SERIAL, 1)), gives(report(0, 1))],
    after('closed', { vrps: [A] }),
    { input: { version: 1 }, flags: ['project-choice'], or: [[after('closed', NOTHING), KEEPS_OR_FLUSHES]] },
  ),
  session(
    'restart-resumed',
    'After Cache Restart the session is taken up again',
    ['§8.5'],
    '8210bis-26:8.5:restart-retry',
    [...SYNCHRONIZED.slice(0, 1), gives(report(12)), CONNECT, gives(response(), vrp(B), end(11))],
    after('synchronized', { ...HELD, vrps: [A, B] }),
  ),
  session(
    'restart-expired',
    'After Cache Restart the data go when they expire',
    ['§8.5'],
    '8210bis-26:8.5:restart-expire',
    [...SYNCHRONIZED.slice(0, 1), gives(report(12)), EXPIRE],
    after('closed', NOTHING),
  ),
];

export const VERSIONS: readonly RtrCase[] = [
  session(
    'down-to-1',
    'Error 4 of version 1: the query is sent again in version 1',
    ['§7'],
    '8210bis-26:7:query-again',
    [gives(report(4, 1))],
    sent(after('pending', NOTHING), RESET, RESET_1),
  ),
  session(
    'down-to-1-answered',
    'A session of version 1 after error 4',
    ['§7'],
    '8210bis-26:7:query-again',
    [gives(report(4, 1)), gives(response(1), vrp(A, true, 1), key(KEY, true, 1), end(SERIAL, 1))],
    after('synchronized', { vrps: [A], routerKeys: [KEY] }),
  ),
  session(
    'down-to-0-answered',
    'A session of version 0 after error 4',
    ['§7'],
    '8210bis-26:7:query-again',
    [gives(report(4, 0)), gives(response(0), vrp(A, true, 0), end(SERIAL, 0))],
    after('synchronized', { vrps: [A] }),
  ),
  session(
    'same-version-again',
    'Error 4 in the version of the query: the connection ends',
    ['§7'],
    '8210bis-26:7:failed-again',
    [gives(report(4, 2))],
    after('closed', NOTHING),
  ),
  session(
    'down-and-failed',
    'Error 4 once more in the lower version',
    ['§7'],
    '8210bis-26:7:failed-again',
    [gives(report(4, 1)), gives(report(4, 1))],
    after('closed', NOTHING),
  ),
  session(
    'no-lower-version',
    'Error 4 names a version that the router does not speak',
    ['§7'],
    '8210bis-26:7:failed-again',
    [gives(report(4, 1))],
    after('closed', NOTHING),
    { input: { lowestVersion: 2 } },
  ),
  session(
    'unknown-version',
    'An answer of version 3',
    ['§7'],
    '!8210bis-26:7:unknown-version-router',
    [gives(pdu(3, 3, SESSION))],
    after('closed', NOTHING, 4),
  ),
  session(
    'resumed-in-other-version',
    'A session of another version is not resumed, whatever its session ID',
    ['§5.1'],
    '8210bis-26:5.1:session-per-version-router',
    [...SYNCHRONIZED, CLOSE, CONNECT, gives(report(4, 1))],
    sent(KEPT, RESET, serialQuery(2, SERIAL), serialQuery(2, SERIAL), RESET_1),
    {
      or: OLD_OR_NONE.map(
        ([fields, why]) =>
          [sent(fields, RESET, serialQuery(2, SERIAL), serialQuery(2, SERIAL), RESET_1), why] as const,
      ),
      flags: ['project-choice'],
    },
  ),
  session(
    'other-version-replaces',
    'The data of the lower version replace those of the higher',
    ['§5.1', '§7'],
    '8210bis-26:5.1:session-per-version-router',
    [
      ...SYNCHRONIZED,
      CLOSE,
      CONNECT,
      gives(report(4, 1)),
      gives(response(1), vrp(B, true, 1), end(SERIAL, 1)),
    ],
    after('synchronized', { vrps: [B] }),
  ),
  session(
    'version-changes-1-2',
    'A PDU of version 2 in a session of version 1',
    ['RFC 8210 §7'],
    '!8210bis-26:7:other-version-router',
    [gives(response(1), vrp(A, true, 1), end(SERIAL, 1)), gives(notify(11, 2))],
    after('closed', { vrps: [A] }, 8),
    {
      input: { version: 1 },
      flags: ['project-choice'],
      or: [[after('closed', NOTHING, 8), KEEPS_OR_FLUSHES]],
    },
  ),
];
