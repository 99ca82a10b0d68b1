import { type BgpRole, createAspaTable, verifyAsPath } from '../../aspa/index.js';
import { AS_SEQUENCE, AS_SET, type AsPathSegment } from '../../bgp/index.js';
import type { Asn } from '../../inet/index.js';
import type { Fields, VectorCase, VectorFile, VectorGroup } from '../vector.js';
import { type Chance, createChance, type Random } from './chance.js';
import { caseId, madeFile } from './made-file.js';
import { drawAsns, drawWorld, type RandomWorld } from './random-ases.js';

/** What random cases are made of. */
export interface RandomRouteOptions {
  /** Number of routes, 1 to 100,000. */
  readonly count: number;
  readonly random: Random;
  /** ASes that must be in no path: that of the router, and those of its other sessions. */
  readonly avoid: readonly Asn[];
  readonly families: readonly ('ipv4-unicast' | 'ipv6-unicast')[];
}

/** Most routes of one table, each with a verdict of its own. */
const ROUTES_PER_TABLE = 1000;
const NEIGHBORS = 8;
const LONGEST = 12;
/** Roles as often as they stand here. */
const ROLES: readonly BgpRole[] = [
  ...(['customer', 'customer', 'customer', 'customer', 'peer'] as const),
  ...(['provider', 'provider', 'provider', 'provider', 'rs', 'rs-client'] as const),
];

/**
 * Random paths under random tables, with the verdicts of the literal verifier: the same for the same random numbers
 * (docs/decisions/conformance.md D-router-random).
 */
export function randomPathFile({ count, random, avoid, families }: RandomRouteOptions): VectorFile {
  const chance = createChance(random);
  const neighbors = drawAsns(chance, NEIGHBORS, avoid);
  const groups: VectorGroup[] = [];
  for (let done = 0; done < count; done += ROUTES_PER_TABLE) {
    const world = drawWorld(chance, neighbors, avoid);
    const table = createAspaTable(world.aspas);
    const aspas = world.aspas.map(({ customer, providers }) => ({ customer, providers: [...providers] }));
    const cases = Array.from({ length: Math.min(ROUTES_PER_TABLE, count - done) }, (_, i): VectorCase => {
      const neighborRole = chance.oneOf(ROLES) ?? 'customer';
      const asPath = drawPath(chance, world, neighborRole !== 'provider');
      const first = asPath[0]?.asns[0] ?? 0;
      // A route server may leave itself out of the path (draft-28 §5.5 step 2).
      const isLeftOut = neighborRole === 'rs' && chance.percent(50);
      const neighborAs = isLeftOut ? (chance.oneOf(neighbors) ?? first) : first;
      const family = chance.oneOf(families) ?? 'ipv4-unicast';
      const { outcome, section } = verifyAsPath(table, { asPath, neighborAs, neighborRole });
      const segments = asPath.map(segmentJson);
      return {
        id: caseId('aspa', 'random', done + i + 1),
        title: `random path ${done + i + 1}`,
        sections: [`draft-ietf-sidrops-aspa-verification-28 §${section}`],
        flags: [],
        input: { op: 'verify-path', asPath: segments, neighborAs, neighborRole, family },
        expected: { outcome },
      };
    });
    groups.push({ title: `Random table ${groups.length + 1}`, shared: { aspas }, cases });
  }
  return madeFile(
    {
      suite: 'aspa',
      title: 'ASPA: random paths under random tables',
      source: ['draft-ietf-sidrops-aspa-verification-28'],
      notes: {},
    },
    groups,
  );
}

/**
 * A path in wire order from one of the neighbours: mostly up along its providers, perhaps across, and down along customers to
 * the origin, with a wrong AS here and there; else ASes at random. Some ASes are prepended, and few paths end with an AS_SET.
 */
function drawPath(chance: Chance, world: RandomWorld, isUpstream: boolean): readonly AsPathSegment[] {
  const asns = chance.percent(85) ? walk(chance, world, isUpstream) : stray(chance, world);
  const spread = asns.flatMap((asn) => (chance.percent(8) ? Array(chance.between(2, 4)).fill(asn) : [asn]));
  const sequence: AsPathSegment = { type: AS_SEQUENCE, asns: spread };
  if (!chance.percent(1)) return [sequence];
  const members = [chance.oneOf(world.asns), chance.oneOf(world.asns)].filter((asn) => asn !== undefined);
  return [sequence, { type: AS_SET, asns: members }];
}

function walk(chance: Chance, world: RandomWorld, isUpstream: boolean): Asn[] {
  const { asns, customersOf, neighbors, providersOf } = world;
  const path: Asn[] = [];
  const go = (asn: Asn | undefined): void => {
    if (asn === undefined || path.length === LONGEST) return;
    path.push(path.length > 0 && chance.percent(2) ? (chance.oneOf(asns) ?? asn) : asn);
  };
  const follow = (steps: number, of: RandomWorld['providersOf']): void => {
    for (let i = 0; i < steps; i++) go(chance.oneOf(of.get(path.at(-1) ?? 0) ?? []));
  };
  go(chance.oneOf(neighbors));
  // What comes from a customer has not come down before, unless it leaks.
  if (!isUpstream || chance.percent(20)) {
    follow(chance.between(0, 5), providersOf);
    if (chance.percent(40)) go(chance.oneOf(asns));
  }
  follow(chance.between(0, 7), customersOf);
  return path;
}

function stray(chance: Chance, { asns, neighbors }: RandomWorld): Asn[] {
  const rest = Array.from({ length: chance.between(0, LONGEST - 1) }, () => chance.oneOf(asns) ?? 1);
  return [chance.oneOf(neighbors) ?? 1, ...rest];
}

function segmentJson({ type, asns }: AsPathSegment): Fields {
  return { type: type === AS_SET ? 'AS_SET' : 'AS_SEQUENCE', asns: [...asns] };
}
