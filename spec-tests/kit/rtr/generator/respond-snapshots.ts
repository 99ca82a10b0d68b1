import type { RtrCase } from './cases.js';
import { SPKI } from './keys.js';
import { ALL, answered, as, DESCENDING, MIXED, resetQuery, respond } from './respond-world.js';
import {
  A,
  aspa,
  CUSTOMER,
  end,
  KEY,
  key,
  octets,
  response,
  SERIAL,
  SESSION,
  SIX,
  TWIN,
  vrp,
} from './world.js';

const key2 = (ski: string, spki: string, asn: number) => ({ ski: ski.repeat(20), spki, asn });

const KEYS = [
  key2('22', SPKI.first, 1),
  key2('11', SPKI.third, 1),
  key2('11', SPKI.second, 5),
  key2('11', SPKI.second, 2),
  key2('11', SPKI.first, 9),
];
const KEYS_SORTED = [4, 3, 2, 1, 0].map((i) => KEYS[i] ?? KEY);

export const SNAPSHOTS: readonly RtrCase[] = [
  respond(
    'empty',
    'A Reset Query when there are no payloads',
    ['§5.4', '§5.8'],
    { states: [{}], queries: [resetQuery()] },
    answered(response(), end()),
  ),
  respond(
    'version-2',
    'A Reset Query of version 2',
    ['§5.4', '§5.5'],
    { states: [ALL], queries: [resetQuery()] },
    answered(response(), vrp(A), key(KEY), aspa([64501]), end()),
  ),
  respond(
    'version-1',
    'Version 1 has no ASPA',
    ['RFC 8210 §5', '§7'],
    { states: [{ ...ALL, vrps: [] }], queries: [resetQuery(1)] },
    answered(response(1), key(KEY, true, 1), end(SERIAL, 1)),
  ),
  respond(
    'version-0',
    'Version 0 has neither Router Key nor ASPA, and no intervals',
    ['RFC 6810 §5', '§7'],
    { states: [ALL], queries: [resetQuery(0)] },
    answered(response(0), vrp(A, true, 0), end(SERIAL, 0)),
  ),
  respond(
    'timing',
    'End of Data carries the intervals of the cache',
    ['§5.8', '§6'],
    { states: [ALL], queries: [resetQuery()], more: { timing: { refresh: 60, retry: 30, expire: 600 } } },
    answered(
      response(),
      vrp(A),
      key(KEY),
      aspa([64501]),
      octets({
        type: 'end-of-data',
        sessionId: SESSION,
        serial: SERIAL,
        refresh: 60,
        retry: 30,
        expire: 600,
      }),
    ),
  ),
  respond(
    'order-of-prefixes',
    'Prefixes are announced by address, max length, length and AS, all descending',
    ['§11.2', '§11.2.1'],
    { states: [{ vrps: MIXED }], queries: [resetQuery()] },
    answered(response(), ...DESCENDING.map((one) => vrp(one)), end()),
  ),
  respond(
    'order-of-keys',
    'Router keys go by SKI, key and AS, ascending',
    ['§11.2.2'],
    { states: [{ routerKeys: KEYS }], queries: [resetQuery()] },
    answered(response(), ...KEYS_SORTED.map((one) => key(one)), end()),
  ),
  respond(
    'order-of-types',
    'Types go by number: IPv4, IPv6, Router Key, ASPA',
    ['§11.2'],
    {
      states: [{ aspas: [as(64501, 1), as(64500, 1)], routerKeys: [KEY], vrps: [SIX, A] }],
      queries: [resetQuery()],
    },
    answered(response(), vrp(A), vrp(SIX), key(KEY), aspa([1], 64500), aspa([1], 64501), end()),
  ),
  respond(
    'order-of-customers',
    'Customers go as unsigned numbers, ascending',
    ['§11.2.3'],
    { states: [{ aspas: [as(4200000000, 1), as(2147483648, 1), as(5, 1)] }], queries: [resetQuery()] },
    answered(response(), aspa([1], 5), aspa([1], 2147483648), aspa([1], 4200000000), end()),
  ),
  respond(
    'duplicates',
    'A VRP and a key that stand twice are sent once',
    ['§5.6', '§5.10'],
    { states: [{ vrps: [A, A], routerKeys: [KEY, KEY] }], queries: [resetQuery()] },
    answered(response(), vrp(A), key(KEY), end()),
  ),
  respond(
    'keys-apart',
    'Two keys with one SKI are two records',
    ['§5.10'],
    { states: [{ routerKeys: [TWIN, KEY] }], queries: [resetQuery()] },
    answered(response(), key(KEY), key(TWIN), end()),
  ),
  respond(
    'max-lengths-apart',
    'Two VRPs that differ in max length are two records',
    ['§5.6'],
    { states: [{ vrps: [A, { ...A, maxLength: 25 }] }], queries: [resetQuery()] },
    answered(response(), vrp({ ...A, maxLength: 25 }), vrp(A), end()),
  ),
  respond(
    'aspa-union',
    'Several ASPA objects of a customer become one PDU, sorted',
    ['§5.12', 'draft-ietf-sidrops-aspa-profile-29 §5.2'],
    {
      states: [{ aspas: [as(CUSTOMER, 64503, 64501), as(CUSTOMER, 64502, 64501)] }],
      queries: [resetQuery()],
    },
    answered(response(), aspa([64501, 64502, 64503]), end()),
  ),
  respond(
    'aspa-unsorted',
    'Providers are sent in ascending order',
    ['§5.12'],
    { states: [{ aspas: [as(CUSTOMER, 4200000000, 2147483648, 7)] }], queries: [resetQuery()] },
    answered(response(), aspa([7, 2147483648, 4200000000]), end()),
  ),
  respond(
    'aspa-as0-dropped',
    'AS 0 of one object is dropped beside the providers of another',
    ['§5.12', 'draft-ietf-sidrops-aspa-profile-29 §5.2'],
    { states: [{ aspas: [as(CUSTOMER, 0), as(CUSTOMER, 64501)] }], queries: [resetQuery()] },
    answered(response(), aspa([64501]), end()),
  ),
  respond(
    'aspa-as0-in-one-list',
    'AS 0 among other providers in the data is never passed on',
    ['§5.12'],
    { states: [{ aspas: [as(CUSTOMER, 0, 64501, 64502)] }], queries: [resetQuery()] },
    answered(response(), aspa([64501, 64502]), end()),
  ),
  respond(
    'aspa-as0-alone',
    'AS 0 in every object of a customer is sent',
    ['§5.12', 'draft-ietf-sidrops-aspa-profile-29 §5.2'],
    { states: [{ aspas: [as(CUSTOMER, 0), as(CUSTOMER, 0)] }], queries: [resetQuery()] },
    answered(response(), aspa([0]), end()),
  ),
];
