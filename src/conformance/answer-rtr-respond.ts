import { readU32, toHex } from '../bytes/index.js';
import type { Payloads } from '../payload/index.js';
import {
  isPresent,
  member,
  type Place,
  readFields,
  readFlag,
  readList,
  readNumber,
  readOctets,
} from '../questions/index.js';
import {
  type CacheOutput,
  createCacheSession,
  createRtrCache,
  decodePdu,
  type RtrCache,
  type RtrVersion,
} from '../rtr/index.js';
import { type Answer, RequestError } from './request.js';
import { inField } from './request-fields.js';
import { readAspa, readDialect, readRouterKey, readTiming, readVersion, readVrp } from './rtr-pdu-fields.js';
import type { Request } from './vector.js';

export const RESPOND_MEMBERS = [
  'queries',
  'highestVersion',
  'lowestVersion',
  'dialect',
  'sessionId',
  'serial',
  'states',
  'timing',
  'known',
] as const;

/**
 * What a cache answers to the octets of a router on one connection (8210bis §5.3 to §5.12, §8, §11.2). `states` are
 * the data of successive serials, the last one current; `known` says that the cache still knows the changes between
 * them.
 */
export function answerRespond(request: Request): Answer {
  const chunks = readList(member(request, 'queries'), (place) => readOctets(place));
  const highest = member(request, 'highestVersion');
  const lowest = member(request, 'lowestVersion');
  const highestVersion = isPresent(highest) ? readVersion(highest) : 2;
  const lowestVersion = isPresent(lowest) ? readVersion(lowest) : 0;
  if (lowestVersion > highestVersion)
    throw new RequestError('lowestVersion', 'must not be above highestVersion');
  const cache = cacheOf(request, versionAsked(chunks, highestVersion));
  const session = createCacheSession(cache, { highestVersion, lowestVersion });
  const reply: Reply = { pdus: [], errorCode: null, errorVersion: null, open: true };
  for (const octets of chunks) {
    if (reply.open) for (const output of session.received(octets, 0)) take(reply, output);
  }
  return { ...reply };
}

interface Reply {
  readonly pdus: string[];
  errorCode: number | null;
  errorVersion: number | null;
  open: boolean;
}

function take(reply: Reply, output: CacheOutput): void {
  if (output.kind === 'disconnect') reply.open = false;
  if (output.kind !== 'send') return;
  const { octets } = output;
  for (let at = 0; at < octets.length; ) {
    const end = at + readU32(octets, at + 4);
    const one = octets.subarray(at, end);
    if (one[1] === 10) {
      const { version, pdu } = decodePdu(one);
      reply.errorVersion = version;
      if (pdu.type === 'error-report') reply.errorCode = pdu.errorCode;
    } else {
      reply.pdus.push(toHex(one));
    }
    at = end;
  }
}

/** The version that the session will have: that of the first query, for pathsec derives its session IDs from it. */
function versionAsked(chunks: readonly Uint8Array[], highest: RtrVersion): RtrVersion {
  const first = chunks.find(({ length }) => length > 0);
  return Math.min(first?.[0] ?? highest, highest) as RtrVersion;
}

function cacheOf(request: Request, version: RtrVersion): RtrCache {
  const sessionId = readNumber(member(request, 'sessionId'), 0, 0xffff);
  const serial = readNumber(member(request, 'serial'));
  const states = readList(member(request, 'states'), readPayloads);
  const timing = member(request, 'timing');
  const known = member(request, 'known');
  const aspaLayout = readDialect(request);
  const intervals = isPresent(timing) ? { timing: readTiming(timing) } : {};
  // Session IDs of pathsec's versions follow each other (docs/decisions/rtr.md D-rtr-session-per-version).
  const base = (sessionId - version) & 0xffff;
  const cache = inField('timing', () =>
    createRtrCache({ sessionId: base, serial, aspaLayout, ...intervals }),
  );
  for (const payloads of states) cache.replace(payloads);
  if (isPresent(known) && !readFlag(known)) cache.forgetHistory();
  return cache;
}

function readPayloads(place: Place): Pick<Payloads, 'vrps' | 'aspas' | 'routerKeys'> {
  const fields = readFields(place, ['vrps', 'aspas', 'routerKeys']);
  const list = <T>(name: string, read: (one: Place) => T): readonly T[] => {
    const at = member(fields, name, place.path);
    return isPresent(at) ? readList(at, read) : [];
  };
  return {
    vrps: list('vrps', (one) => {
      const vrp = readVrp(one);
      const bits = 8 * vrp.prefix.octets.length;
      if (vrp.maxLength < vrp.prefix.length || vrp.maxLength > bits) {
        throw new RequestError(`${one.path}.maxLength`, `must be in ${vrp.prefix.length}..${bits}`);
      }
      return vrp;
    }),
    aspas: list('aspas', (one) => {
      const aspa = readAspa(one);
      if (aspa.customer === 0) throw new RequestError(`${one.path}.customer`, 'must not be 0');
      if (aspa.providers.length === 0) throw new RequestError(`${one.path}.providers`, 'must not be empty');
      return aspa;
    }),
    routerKeys: list('routerKeys', (one) => {
      const key = readRouterKey(one);
      if (key.ski.length !== 20) throw new RequestError(`${one.path}.ski`, 'must be 20 octets');
      if (key.spki.length === 0) throw new RequestError(`${one.path}.spki`, 'must not be empty');
      return key;
    }),
  };
}
