import type { Fields } from '../../../../src/conformance/vector.js';
import { pdu, type RtrCase } from './cases.js';
import { SHORT_SPKI } from './keys.js';
import {
  A,
  ALL,
  ALL_HELD,
  ASPA,
  after,
  aspa,
  B,
  CLOSE,
  CUSTOMER,
  end,
  gives,
  KEY,
  key,
  NOTHING,
  notify,
  POLL,
  RESET,
  response,
  SERIAL,
  SIX,
  sent,
  session,
  TWIN,
  vrp,
} from './world.js';

const AT_END = 'a router is RECOMMENDED, not required, to wait for End of Data';
const whole = String(ALL.octets);
const inPieces = (size: number): Fields[] =>
  Array.from({ length: Math.ceil(whole.length / (2 * size)) }, (_, i) =>
    gives(whole.slice(2 * size * i, 2 * size * (i + 1))),
  );
export const START: readonly RtrCase[] = [
  session(
    'first-query',
    'The first query is a Reset Query of the highest version',
    ['§7', '§8.1'],
    '8210bis-26:7:first-query',
    [],
    sent(after('pending', NOTHING), RESET),
  ),
  session(
    'applied-at-end',
    'A response with every type is used once it is complete',
    ['§8.1', '§11.3'],
    '8210bis-26:11.3:at-end',
    [ALL],
    after('synchronized', ALL_HELD),
  ),
  session(
    'before-end',
    'Nothing of a response is used before End of Data',
    ['§11.3'],
    '!8210bis-26:11.3:at-end',
    [gives(response(), vrp(A))],
    after('pending', NOTHING),
    { flags: ['should'], or: [[after('pending', { vrps: [A] }), AT_END]] },
  ),
  session(
    'empty',
    'A response without payloads',
    ['§5.8', '§8.1'],
    '8210bis-26:4:null-answer',
    [gives(response(), end())],
    after('synchronized', NOTHING),
  ),
  session(
    'octet-by-octet',
    'The transport delivers one octet at a time',
    ['§5', '§9'],
    '8210bis-26:8.1:sequence',
    inPieces(1),
    after('synchronized', ALL_HELD),
  ),
  session(
    'pieces-of-seven',
    'The transport cuts inside headers and bodies',
    ['§5', '§9'],
    '8210bis-26:8.1:sequence',
    inPieces(7),
    after('synchronized', ALL_HELD),
  ),
  session(
    'pieces-of-thirty',
    'The transport delivers one and a half PDUs at a time',
    ['§5', '§9'],
    '8210bis-26:8.1:sequence',
    inPieces(30),
    after('synchronized', ALL_HELD),
  ),
  session(
    'version-0',
    'A session of version 0',
    ['RFC 6810 §5.8', 'RFC 6810 §6.1'],
    '8210bis-26:7:lowered-features',
    [gives(response(0), vrp(A, true, 0), vrp(SIX, true, 0), end(SERIAL, 0))],
    after('synchronized', { vrps: [A, SIX] }),
    { input: { version: 0 } },
  ),
  session(
    'version-1',
    'A session of version 1',
    ['RFC 8210 §5.10', 'RFC 8210 §8.1'],
    '8210bis-26:7:lowered-features',
    [gives(response(1), vrp(A, true, 1), key(KEY, true, 1), end(SERIAL, 1))],
    after('synchronized', { vrps: [A], routerKeys: [KEY] }),
    { input: { version: 1 } },
  ),
  session(
    'notify-before-answer',
    'A Serial Notify before the answer is ignored',
    ['§5.2', '§7'],
    '8210bis-26:7:ignore-notify',
    [gives(notify(3, 2, 99)), ALL],
    after('synchronized', ALL_HELD),
  ),
  session(
    'notify-of-other-version',
    'A Serial Notify of another version before the answer is ignored',
    ['§5.2', '§7'],
    '8210bis-26:7:ignore-notify',
    [gives(notify(3, 1, 99)), ALL],
    after('synchronized', ALL_HELD),
  ),
  session(
    'cut-in-the-middle',
    'A first response that breaks off leaves nothing',
    ['§11.3'],
    '!8210bis-26:11.3:at-end',
    [gives(response(), vrp(A)), CLOSE],
    after('closed', NOTHING),
  ),
];

const noMax = { ...A, maxLength: 26 };
const zero = { ...A, asn: 0 };
const otherAs = { ...KEY, asn: 64497 };
const big = { customer: 4200000000, providers: [1, 2147483648, 4294967295] };

export const RECORDS: readonly RtrCase[] = [
  session(
    'vrp-as0',
    'A VRP of AS 0 is a record like others',
    ['§5.6'],
    '8210bis-26:5.1:flags',
    [gives(response(), vrp(zero), end())],
    after('synchronized', { vrps: [zero] }),
  ),
  session(
    'aspa-as0',
    'AS 0 as the only provider is a record',
    ['§5.12'],
    '8210bis-26:5.12:zero-router',
    [gives(response(), aspa([0]), end())],
    after('synchronized', { aspas: [{ customer: CUSTOMER, providers: [0] }] }),
  ),
  session(
    'large-as-numbers',
    'AS numbers use all 32 bits',
    ['§5.1'],
    '8210bis-26:5.1:flags',
    [gives(response(), vrp(B), aspa(big.providers, big.customer), end())],
    after('synchronized', { vrps: [B], aspas: [big] }),
  ),
  session(
    'whole-families',
    'Prefix lengths 0, 32 and 128',
    ['§5.6', '§5.7'],
    '8210bis-26:5.1:flags',
    [
      gives(
        response(),
        vrp({ prefix: '0.0.0.0/0', maxLength: 0, asn: 1 }),
        vrp({ prefix: '192.0.2.1/32', maxLength: 32, asn: 1 }),
        vrp({ prefix: '::/0', maxLength: 128, asn: 1 }),
        vrp({ prefix: '2001:db8::1/128', maxLength: 128, asn: 1 }),
        end(),
      ),
    ],
    after('synchronized', {
      vrps: [
        { prefix: '0.0.0.0/0', maxLength: 0, asn: 1 },
        { prefix: '192.0.2.1/32', maxLength: 32, asn: 1 },
        { prefix: '::/0', maxLength: 128, asn: 1 },
        { prefix: '2001:db8::1/128', maxLength: 128, asn: 1 },
      ],
    }),
  ),
  session(
    'host-bits',
    'Bits behind the prefix length do not count, neither held nor withdrawn',
    ['§5.6'],
    '8210bis-26:5.6:host-bits-router',
    [
      gives(response(), pdu(2, 4, 0, '01181800c00002630000fbf0'), end()),
      POLL,
      gives(response(), vrp(A, false), vrp(B), end(11)),
    ],
    after('synchronized', { vrps: [B] }),
  ),
  session(
    'reserved-bits',
    'Reserved bits and fields have no meaning',
    ['§5', '§5.1'],
    '8210bis-26:5:zero-ignored',
    [
      gives(
        response(),
        pdu(2, 4, 0xffff, '811818ffc00002000000fbf0'),
        pdu(2, 11, 0xffff, '0000fbf40000fbf5'),
        end(),
      ),
    ],
    after('synchronized', { vrps: [A], aspas: [ASPA] }),
  ),
  session(
    'max-lengths-apart',
    'Two VRPs that differ in max length alone; one goes',
    ['§5.1', '§5.6'],
    '8210bis-26:5.1:flags',
    [gives(response(), vrp(noMax), vrp(A), end()), POLL, gives(response(), vrp(noMax, false), end(11))],
    after('synchronized', { vrps: [A] }),
  ),
  session(
    'keys-apart',
    'Two router keys that differ in the key alone; one goes',
    ['§5.1', '§5.10'],
    '8210bis-26:5.10:compare-keys',
    [gives(response(), key(KEY), key(TWIN), end()), POLL, gives(response(), key(TWIN, false), end(11))],
    after('synchronized', { routerKeys: [KEY] }),
  ),
  session(
    'key-of-two-ases',
    'One key of two ASes; one goes',
    ['§5.10'],
    '8210bis-26:5.10:compare-keys',
    [gives(response(), key(KEY), key(otherAs), end()), POLL, gives(response(), key(KEY, false), end(11))],
    after('synchronized', { routerKeys: [otherAs] }),
  ),
  session(
    'key-short',
    'A router key of five octets, which is none of P-256, is held as it is, or is corrupt',
    ['§5.10', '§12', 'RFC 8608 §3.1'],
    '8210bis-26:5.10:layout',
    [gives(response(), key({ ...KEY, spki: SHORT_SPKI }), end())],
    after('synchronized', { routerKeys: [{ ...KEY, spki: SHORT_SPKI }] }),
    {
      flags: ['short-key'],
      or: [
        [after('closed', NOTHING, 0), 'a key that RFC 8608 does not allow is Corrupt Data'],
        [after('synchronized', NOTHING), 'a key that no signature can be verified with need not be kept'],
      ],
    },
  ),
  session(
    'own-provider',
    'A customer among its own providers changes nothing',
    ['§5.12', 'draft-ietf-sidrops-aspa-profile-29 §3.3'],
    '8210bis-26:5.12:replace',
    [gives(response(), aspa([CUSTOMER, 64501]), end())],
    after('synchronized', { aspas: [ASPA] }),
    {
      flags: ['project-choice'],
      or: [
        [
          after('synchronized', { aspas: [{ customer: CUSTOMER, providers: [CUSTOMER, 64501] }] }),
          'kept, it has no influence on any verdict',
        ],
        [after('closed', NOTHING, 9), 'the profile forbids it, and error 9 is for incorrect lists'],
      ],
    },
  ),
];
