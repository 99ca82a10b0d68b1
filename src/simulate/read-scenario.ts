import { DecodeError } from '../bytes/index.js';
import { type Asn, makePrefix, type Prefix, parseAddress, parseAsn } from '../inet/index.js';
import type { Vrp } from '../payload/index.js';
import {
  isPresent,
  type Members,
  member,
  optional,
  type Place,
  readAnyAsn,
  readAsn,
  readFields,
  readFlag,
  readList,
  readMembers,
  readNumber,
  readPrefix,
} from '../questions/index.js';
import { SCENARIO_POLICY_NAMES } from './policies.js';
import { oneOf, readRelation } from './read-words.js';
import { type AsList, type Leak, RELATIONS, type Receivers, type Scenario, type Seed } from './scenario.js';
import type { Link } from './topology.js';

const MEMBERS = [
  'links',
  'ases',
  'clique',
  'policies',
  'roas',
  'aspas',
  'asras',
  'pathEnd',
  'silent',
  'bgpsecRouters',
  'seeds',
  'leaks',
  'attackers',
  'victims',
  'target',
] as const;
const SEED_MEMBERS = ['asn', 'prefix', 'path', 'to', 'pathTo', 'prepend', 'signed'];
const LEAK_MEMBERS = ['asn', 'prefix', 'from', 'to', 'reoriginate'];
/** More than any router takes; a path is written out as often as it stands in a RIB. */
const MAX_PREPEND = 1000;

/**
 * Reads a scenario from parsed JSON: the file of `pathsec simulate scenario`, whose members docs/simulate.md lists. What
 * ASes are named is not looked at here; a topology knows which there are.
 *
 * @throws {DecodeError} `unknown-member`, `request-member`, `asn-syntax`, `asn-range`, and what a prefix or an address can
 * be accused of; the field is the path of the member, `seeds[1].prefix`.
 */
export function readScenario(value: unknown): Scenario {
  const fields = readFields({ path: '', value }, MEMBERS);
  const list = <T>(name: (typeof MEMBERS)[number], read: (place: Place) => T): readonly T[] =>
    optional(member(fields, name), (place) => readList(place, read), []);
  const seeds = list('seeds', readSeed);
  const roas = list('roas', readRoa);
  const aspas = readLists(member(fields, 'aspas')).map(({ asn, list: providers }) => ({
    customer: asn,
    providers,
  }));
  return {
    links: list('links', readLink),
    ases: list('ases', readAsn),
    clique: list('clique', readAsn),
    policies: readByAs(member(fields, 'policies'), (place) =>
      readList(place, (name) => oneOf(name, SCENARIO_POLICY_NAMES)),
    ).map(({ asn, value: names }) => ({ asn, names })),
    roas,
    aspas,
    asras: readLists(member(fields, 'asras')),
    pathEnd: readLists(member(fields, 'pathEnd')),
    silent: list('silent', readAsn),
    bgpsecRouters: list('bgpsecRouters', readAsn),
    seeds,
    leaks: list('leaks', readLeak),
    attackers: list('attackers', readAsn),
    victims: list('victims', readAsn),
    target: optional(member(fields, 'target'), readTarget, defaultTarget(seeds, roas)),
  };
}

/** A link as JSON, `[a, b, -1 or 0]`. @throws {DecodeError} `request-member` and as `readAsn`. */
export function readLink(place: Place): Link {
  const { path, value } = place;
  if (!Array.isArray(value) || value.length !== 3) {
    throw new DecodeError('request-member', 'must be [AS, AS, -1 or 0]', { field: path });
  }
  const [a, b, kind] = [0, 1, 2].map((i): Place => ({ path: `${path}[${i}]`, value: value[i] }));
  return [readAsn(a as Place), readAsn(b as Place), readNumber(kind as Place, -1, 0) === 0 ? 0 : -1];
}

function readRoa(place: Place): Vrp {
  const { path, value } = place;
  if (!Array.isArray(value) || value.length !== 3) {
    throw new DecodeError('request-member', 'must be [prefix, maxLength, AS]', { field: path });
  }
  const prefix = readPrefix({ path: `${path}[0]`, value: value[0] });
  const longest = 8 * prefix.octets.length;
  const maxLength = readNumber({ path: `${path}[1]`, value: value[1] }, prefix.length, longest);
  return { prefix, maxLength, asn: readAnyAsn({ path: `${path}[2]`, value: value[2] }) };
}

/** An object whose names are ASNs in plain decimals. */
function readByAs<T>(place: Place, read: (place: Place) => T): { asn: Asn; value: T }[] {
  if (!isPresent(place)) return [];
  const fields = readMembers(place);
  return Object.keys(fields).map((name) => {
    const own = member(fields, name, place.path);
    const asn = parseAsn(name, own.path);
    if (String(asn) !== name || asn === 0) {
      throw new DecodeError('asn-syntax', 'the name must be an ASN in decimals, not 0', { field: own.path });
    }
    return { asn, value: read(own) };
  });
}

function readLists(place: Place): AsList[] {
  return readByAs(place, (one) => readList(one, readAnyAsn)).map(({ asn, value }) => ({ asn, list: value }));
}

function readSeed(place: Place): Seed {
  const fields = readFields(place, SEED_MEMBERS);
  const at = (name: string): Place => member(fields, name, place.path);
  const asn = readAsn(at('asn'));
  return {
    asn,
    prefix: readPrefix(at('prefix')),
    path: optional(at('path'), readPath, [asn]),
    to: optional(at('to'), readReceivers, undefined),
    pathTo: optional(at('pathTo'), readPathTo, {}),
    prepend: optional(at('prepend'), (one) => readNumber(one, 0, MAX_PREPEND), 0),
    signed: optional(at('signed'), readFlag, undefined),
  };
}

function readLeak(place: Place): Leak {
  const fields: Members = readFields(place, LEAK_MEMBERS);
  const at = (name: string): Place => member(fields, name, place.path);
  return {
    asn: readAsn(at('asn')),
    prefix: optional(at('prefix'), readPrefix, undefined),
    from: optional(at('from'), (one) => readList(one, readRelation), undefined),
    to: optional(at('to'), readReceivers, undefined),
    reoriginate: optional(at('reoriginate'), readFlag, false),
  };
}

function readPath(place: Place): readonly Asn[] {
  const path = readList(place, readAnyAsn);
  if (path.length > 0) return path;
  throw new DecodeError('request-member', 'must be a path of one AS at least', { field: place.path });
}

function readPathTo(place: Place): Seed['pathTo'] {
  const fields = readFields(place, RELATIONS);
  const given = RELATIONS.filter((relation) => isPresent(member(fields, relation)));
  return Object.fromEntries(
    given.map((relation) => [relation, readPath(member(fields, relation, place.path))]),
  );
}

function readReceivers(place: Place): Receivers {
  return readList(place, (one) => (typeof one.value === 'string' ? readRelation(one) : readAsn(one)));
}

function readTarget({ path, value }: Place): Prefix {
  if (typeof value === 'string' && !value.includes('/')) return hostOf(parseAddress(value, path));
  return hostOf(readPrefix({ path, value }).octets);
}

/** The address of the longest prefix of seeds and ROAs, of several the first. */
export function defaultTarget(seeds: Scenario['seeds'], roas: Scenario['roas']): Prefix | undefined {
  const longest = [...seeds, ...roas].reduce<Prefix | undefined>(
    (best, { prefix }) => (best && best.length >= prefix.length ? best : prefix),
    undefined,
  );
  return longest && hostOf(longest.octets);
}

function hostOf(octets: Uint8Array): Prefix {
  return makePrefix(octets.length === 4 ? 1 : 2, octets, 8 * octets.length);
}
