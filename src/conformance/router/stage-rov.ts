import { AS_SEQUENCE, AS_SET, type AsPath } from '../../bgp/index.js';
import { AFI_IPV4, type Asn, distinctAsns, parsePrefix } from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';
import {
  member,
  type OriginQuestion,
  readList,
  readOriginQuestion,
  readPath,
} from '../../questions/index.js';
import { originAs } from '../../rov/index.js';
import { readHeldOrigin, readVrp } from '../answer-rov.js';
import type { Question } from '../requests.js';
import type { Json, Request } from '../vector.js';
import { substituteFor } from './renumber.js';
import type { Phase, StagedCase, StagedRoute, Staging } from './staged.js';
import { pathFault } from './unplayable.js';

/** A case of the suite `rov` as a router can be shown it. */
export function stageRov(question: Question, localAs: Asn): Staging {
  const { op } = question.request;
  const stage = OPERATIONS[op];
  if (stage === undefined) return { question, reason: `no route shows ${op}` };
  const staged = stage(question, localAs);
  return typeof staged === 'string' ? { question, reason: staged } : { question, ...staged };
}

type Stage = (question: Question, localAs: Asn) => Omit<StagedCase, 'question'> | string;

const OPERATIONS: Readonly<Record<string, Stage>> = {
  'validate-origin': ({ request, vector }) =>
    stageValidities([vrpsOf(request.vrps)], readOriginQuestion(request, originAs, { besides: ['vrps'] }), [
      vector.expected.validity,
    ]),
  revalidate: ({ request, vector }) =>
    stageValidities(
      readList(member(request, 'tables'), (place) => readList(place, readVrp)),
      readHeldOrigin(request),
      Array.isArray(vector.expected.validities) ? vector.expected.validities : [],
    ),
  'origin-as': stageOrigin,
};

/** VRPs that were read, by their list: the cases of a group share it. */
const read = new WeakMap<object, readonly Vrp[]>();

function vrpsOf(value: Json | undefined): readonly Vrp[] {
  const known = typeof value === 'object' && value !== null ? read.get(value) : undefined;
  const vrps = known ?? readList({ path: 'vrps', value }, readVrp);
  if (typeof value === 'object' && value !== null) read.set(value, vrps);
  return vrps;
}

/** An AS that no VRP of the kit has, for a set in which the origin is NONE. */
const SET_MEMBER: Asn = 64_555;

/** A route under one table after the other. One whose origin is NONE ends with an AS_SET (RFC 6811 §2). */
function stageValidities(
  tables: readonly (readonly Vrp[])[],
  { origin, prefix }: OriginQuestion,
  validities: readonly (Json | undefined)[],
): Omit<StagedCase, 'question'> | string {
  const asPath: AsPath =
    origin === undefined ? [{ type: AS_SET, asns: [SET_MEMBER] }] : [{ type: AS_SEQUENCE, asns: [origin] }];
  const family = prefix.afi === AFI_IPV4 ? 'ipv4-unicast' : 'ipv6-unicast';
  const phases = tables.map((vrps, i): Phase => {
    const validity = validities[i];
    const expected = validity === 'valid' || validity === 'invalid' ? validity : 'not-found';
    const route: StagedRoute = { name: 'route', asPath, prefix, family, ledByNeighbor: true, expected };
    return { entries: new Map(), vrps, routes: [route] };
  });
  const asks = phases.map((_, phase) => ({ phase, route: 'route' }));
  return pathFault(asPath) ?? { phases, asks };
}

/** Whose routes show an origin: those of 10.64.0.0/10, one /24 for each AS that it might be. */
const ORIGIN_SPACE = 64;

/**
 * The origin of a path is the AS whose VRP makes it valid: the same path is announced once for every AS that an implementation
 * could take for its origin, each with a prefix and a VRP of its own. None is valid where the origin is NONE.
 */
function stageOrigin({ request, vector }: Question, localAs: Asn): Omit<StagedCase, 'question'> | string {
  const received = readPath(member(request, 'asPath'));
  const fault = pathFault(received);
  if (fault !== undefined) return fault;
  // The VRP for the router's own AS is for that alone: in the path another number stands for it.
  const candidates = originCandidates(request);
  const other = candidates.includes(localAs) ? substituteFor(localAs, new Set(candidates)) : localAs;
  if (other === undefined) return 'the AS of the router is in the path';
  const name = (asn: Asn): Asn => (asn === localAs ? other : asn);
  const asPath = received.map(({ type, asns }) => ({ type, asns: asns.map(name) }));
  const { origin } = vector.expected;
  const vrps: Vrp[] = [];
  const routes = candidates.map((asn, i): StagedRoute => {
    const prefix = parsePrefix(`10.${ORIGIN_SPACE}.${i}.0/24`);
    vrps.push({ prefix, maxLength: prefix.length, asn: asn === request.ownAs ? localAs : name(asn) });
    return {
      name: `origin ${asn}`,
      asPath,
      prefix,
      family: 'ipv4-unicast',
      ledByNeighbor: true,
      expected: asn === origin ? 'valid' : 'invalid',
    };
  });
  const asks = routes.map(({ name }) => ({ phase: 0, route: name }));
  return { phases: [{ entries: new Map(), vrps, routes }], asks };
}

/** The ASes that an implementation could take for the origin: those of the path, and its own. */
export function originCandidates(request: Request): readonly Asn[] {
  const asns = readPath(member(request, 'asPath')).flatMap((segment) => [...segment.asns]);
  const { ownAs } = request;
  return distinctAsns(typeof ownAs === 'number' ? [...asns, ownAs] : asns);
}
