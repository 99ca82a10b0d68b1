import type { Asn } from '../../inet/index.js';
import type { PolicyName } from '../policies.js';
import type { AsList, Scenario } from '../scenario.js';
import type { Neighbors } from '../topology.js';
import { PUBLISHES_ASPA, PUBLISHES_ASRA } from '../world.js';
import type { Ground } from './ground.js';

/** The members of a scenario that say who publishes and who verifies. */
export type Roles = Pick<Scenario, 'policies' | 'aspas' | 'asras' | 'pathEnd' | 'silent' | 'bgpsecRouters'>;

/**
 * Who publishes and who verifies, in the words of a scenario: policies verify and publish; who verifies alone is silent, and
 * speaks no BGPsec; of who publishes alone the true objects are given (docs/decisions/simulate.md D-curves-roles).
 */
export function rolesOf({ publishes, topology, verifies }: Ground, policies: readonly PolicyName[]): Roles {
  const { asns, customers, peers, providers } = topology;
  const where = (holds: (at: number) => boolean): number[] => [...asns.keys()].filter(holds);
  const asnOf = (at: number): Asn => asns[at] as Asn;
  const publishers = where((at) => publishes[at] === 1 && verifies[at] === 0);
  const listed = (at: number, ...lists: readonly Neighbors[]): Asn[] =>
    lists.flatMap(({ offsets, targets }) =>
      [...targets.subarray(offsets[at] as number, offsets[at + 1] as number)].map(asnOf),
    );
  const neighbours = (at: number): AsList => ({
    asn: asnOf(at),
    list: listed(at, providers, peers, customers),
  });
  const published = <T>(those: readonly PolicyName[], make: (at: number) => T): T[] =>
    policies.some((name) => those.includes(name)) ? publishers.map(make) : [];
  return {
    policies: where((at) => verifies[at] === 1).map((at) => ({
      asn: asnOf(at),
      names: publishes[at] === 1 ? policies : withoutBgpsec(policies),
    })),
    aspas: published(PUBLISHES_ASPA, (at) => {
      const list = listed(at, providers);
      return { customer: asnOf(at), providers: list.length > 0 ? list : [0] };
    }),
    asras: published(PUBLISHES_ASRA, neighbours),
    pathEnd: published(['pathEnd'], neighbours),
    silent: where((at) => publishes[at] === 0 && verifies[at] === 1).map(asnOf),
    bgpsecRouters: policies.some(isBgpsec) ? publishers.map(asnOf) : [],
  };
}

const isBgpsec = (name: PolicyName): boolean => name.startsWith('bgpsec');

/** The policies without those of BGPsec, of which origin validation is left. */
function withoutBgpsec(policies: readonly PolicyName[]): readonly PolicyName[] {
  return [...new Set(policies.map((name) => (isBgpsec(name) ? 'rov' : name)))];
}
