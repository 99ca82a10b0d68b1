import type { Fields } from '../../../../src/conformance/vector.js';
import type { Payloads } from '../mutants/pdu.js';
import { pdu, type RtrCase } from './cases.js';
import {
  A,
  after,
  aspa,
  B,
  CUSTOMER,
  end,
  gives,
  HELD,
  KEY,
  key,
  NOTHING,
  notify,
  POLL,
  response,
  SERIAL,
  SYNCHRONIZED,
  session,
  TWIN,
  vrp,
} from './world.js';

/** What a fatal error leaves: the data of the cache are flushed. */
const failed = (errorCode: number): Fields => after('closed', NOTHING, errorCode);
const other = (errorCode: number): readonly [Fields, string] => [
  failed(errorCode),
  'the text names no code for it',
];
const ignored = (data: Payloads, why: string): readonly [Fields, string] => [
  after('synchronized', data),
  why,
];
const SHOULD_7 = 'a router SHOULD raise error 7; taking the record as held already does no harm';

/** A fault in the answer to a Serial Query after {@link SYNCHRONIZED}. */
function fault(
  name: string,
  title: string,
  sections: readonly string[],
  errorCode: number,
  pdus: readonly string[],
  or: readonly (readonly [Fields, string])[] = [],
  flags: readonly string[] = [],
): RtrCase {
  const steps = [...SYNCHRONIZED, gives(response(), ...pdus, end(11))];
  const more = or.length > 0 ? { flags: flags.length > 0 ? flags : ['project-choice'], or } : { flags };
  return session(name, title, sections, steps, failed(errorCode), more);
}

const noMax = { ...A, maxLength: 26 };

export const FAULTS: readonly RtrCase[] = [
  fault(
    'duplicate-vrp',
    'A VRP that is held is announced',
    ['§5.6', '§12'],
    7,
    [vrp(A)],
    [ignored(HELD, SHOULD_7)],
    ['should'],
  ),
  fault(
    'duplicate-vrp-in-response',
    'A VRP is announced twice',
    ['§5.3', '§5.6'],
    7,
    [vrp(B), vrp(B)],
    [ignored({ ...HELD, vrps: [A, B] }, SHOULD_7)],
    ['should'],
  ),
  fault(
    'duplicate-key',
    'A router key that is held is announced',
    ['§5.10', '§12'],
    7,
    [key(KEY)],
    [ignored(HELD, SHOULD_7)],
    ['should'],
  ),
  fault(
    'duplicate-aspa',
    'A customer is announced twice in one response',
    ['§5.3', '§5.12'],
    7,
    [aspa([64502]), aspa([64503])],
    [
      ignored(
        { ...HELD, aspas: [{ customer: CUSTOMER, providers: [64503] }] },
        'read as the replacement of the first',
      ),
    ],
  ),
  session(
    'duplicate-withdrawn',
    'A VRP announced twice does not survive its withdrawal',
    ['§5.6', '§12'],
    [gives(response(), vrp(A), vrp(A), end()), POLL, gives(response(), vrp(A, false), end(11))],
    failed(7),
    { flags: ['should'], or: [ignored(NOTHING, SHOULD_7)] },
  ),
  session(
    'duplicate-key-withdrawn',
    'A router key announced twice does not survive its withdrawal',
    ['§5.10', '§12'],
    [gives(response(), key(KEY), key(KEY), end()), POLL, gives(response(), key(KEY, false), end(11))],
    failed(7),
    { flags: ['should'], or: [ignored(NOTHING, SHOULD_7)] },
  ),
  fault('unknown-vrp', 'A VRP that is not held is withdrawn', ['§12'], 6, [vrp(B, false)]),
  fault('unknown-max-length', 'A VRP is withdrawn with another max length', ['§5.1', '§12'], 6, [
    vrp(noMax, false),
  ]),
  fault('unknown-key', 'A router key that is not held is withdrawn', ['§5.10', '§12'], 6, [key(TWIN, false)]),
  fault('unknown-aspa', 'A customer that is not held is withdrawn', ['§12'], 6, [aspa([], 64499)]),
  fault(
    'withdrawn-twice',
    'A VRP is withdrawn twice',
    ['§5.3', '§12'],
    7,
    [vrp(A, false), vrp(A, false)],
    [other(6), ignored({ ...HELD, vrps: [] }, 'the text says should in lower case')],
  ),
  session(
    'withdrawal-in-reset',
    'The answer to a Reset Query withdraws what it announced',
    ['§5.5'],
    [gives(response(), vrp(A), vrp(A, false), end())],
    failed(0),
    { flags: ['project-choice'], or: [other(6), other(3), ignored(NOTHING, 'the demand is on the cache')] },
  ),
  fault('aspa-empty', 'An ASPA announcement without providers', ['§5.12'], 9, [
    pdu(2, 11, 0x0100, '0000fbf4'),
  ]),
  fault('aspa-as0-mixed', 'AS 0 among other providers', ['§5.12'], 9, [
    pdu(2, 11, 0x0100, '0000fbf4000000000000fbf6'),
  ]),
  fault('aspa-as0-mixed-new', 'AS 0 among other providers of a new customer', ['§5.12'], 9, [
    pdu(2, 11, 0x0100, '0000fbf3000000000000fbf6'),
  ]),
  fault(
    'aspa-withdrawal-providers',
    'An ASPA withdrawal that lists providers is no announcement',
    ['§5.12'],
    9,
    [pdu(2, 11, 0, '0000fbf40000fbf6')],
    [other(0), ignored({ ...HELD, aspas: [] }, 'a withdrawal MUST remove the entry whatever it lists')],
  ),
  fault(
    'aspa-withdrawal-providers-unknown',
    'An ASPA withdrawal that lists providers, of a customer that is not held',
    ['§5.12'],
    9,
    [pdu(2, 11, 0, '0000fbf30000fbf6')],
    [other(0), other(6)],
  ),
  fault(
    'aspa-old-layout',
    'The layout of 8210bis-10 in a session of the current one',
    ['§5.12'],
    9,
    [pdu(2, 11, 0, '010000010000fbf30000fbf6')],
    [other(0), other(6)],
  ),
  fault(
    'aspa-odd-length',
    'An ASPA of 18 octets',
    ['§5.12', '§12'],
    0,
    [pdu(2, 11, 0x0100, '0000fbf30000fbf60000')],
    [other(9)],
  ),
  fault('max-length-below', 'A max length below the prefix length', ['§5.1', '§12'], 0, [
    pdu(2, 4, 0, '01181700c63364000000fbf1'),
  ]),
  fault('max-length-beyond', 'A max length of 33', ['§5.6', '§12'], 0, [
    pdu(2, 4, 0, '01182100c63364000000fbf1'),
  ]),
  fault('length-wrong', 'An IPv4 Prefix of 24 octets', ['§5.6', '§12'], 0, [
    pdu(2, 4, 0, '01181800c63364000000fbf100000000'),
  ]),
  fault('unknown-type', 'A PDU of an unassigned type', ['§12'], 5, [pdu(2, 200, 0)]),
  fault('version-changes', 'A PDU of version 1 in a session of version 2', ['§7', '§12'], 8, [
    vrp(B, true, 1),
  ]),
  session(
    'foreign-response',
    'A Cache Response to a Serial Query names another session ID',
    ['§5.1', '§5.5'],
    [...SYNCHRONIZED, gives(response(2, 8), vrp(B), end(11, 2, 8))],
    failed(0),
  ),
  session(
    'foreign-end',
    'An End of Data names another session ID than its Cache Response',
    ['§5.1', '§5.8'],
    [...SYNCHRONIZED, gives(response(), vrp(B), end(11, 2, 8))],
    failed(0),
  ),
  session(
    'foreign-end-of-reset',
    'The same in the answer to a Reset Query',
    ['§5.1', '§5.8'],
    [gives(response(), vrp(B), end(11, 2, 8))],
    failed(0),
  ),
  session(
    'foreign-notify',
    'A Serial Notify names another session ID',
    ['§5.1', '§5.2'],
    [gives(response(), vrp(A), end()), gives(notify(11, 2, 8))],
    failed(0),
  ),
  session(
    'payload-unasked',
    'A payload PDU outside a response',
    ['§8', '§12'],
    [gives(response(), vrp(A), end()), gives(vrp(B))],
    failed(0),
    { flags: ['project-choice'], or: [other(3)] },
  ),
  session(
    'end-unasked',
    'An End of Data outside a response',
    ['§8', '§12'],
    [gives(response(), vrp(A), end()), gives(end(11))],
    failed(0),
    { flags: ['project-choice'], or: [other(3)] },
  ),
  session(
    'query-from-cache',
    'A Reset Query from the cache',
    ['§5.4', '§12'],
    [gives(response(), vrp(A), end()), gives(pdu(2, 2, 0))],
    failed(0),
    { flags: ['project-choice'], or: [other(3), other(5)] },
  ),
  session(
    'type-in-version-1',
    'An ASPA in version 1',
    ['RFC 8210 §12'],
    [gives(response(1), vrp(A, true, 1), pdu(1, 11, 0x0100, '0000fbf40000fbf6'), end(SERIAL, 1))],
    failed(5),
    { input: { version: 1 } },
  ),
  session(
    'type-in-version-0',
    'A Router Key in version 0',
    ['RFC 6810 §10'],
    [gives(response(0), vrp(A, true, 0), `00${key(KEY).slice(2)}`, end(SERIAL, 0))],
    failed(5),
    { input: { version: 0 } },
  ),
  session(
    'old-layout-agreed',
    'The layout of 8210bis-10 where it is configured: the union of both families',
    ['draft-ietf-sidrops-8210bis-10 §5.12'],
    [
      gives(
        response(),
        pdu(2, 11, 0, '010000010000fbf40000fbf5'),
        pdu(2, 11, 0, '010100020000fbf40000fbf50000fbf6'),
        end(),
      ),
    ],
    after('synchronized', { aspas: [{ customer: CUSTOMER, providers: [64501, 64502] }] }),
    { input: { dialect: '8210bis-10' }, flags: ['dialect'] },
  ),
];
