import { type Asn, equalPrefix, formatAddress, formatPrefix } from '../inet/index.js';
import { defaultTarget } from './read-scenario.js';
import type { AsList, Leak, Scenario, Seed } from './scenario.js';

/**
 * The JSON of a scenario file (docs/simulate.md), which `readScenario` reads as the same scenario; what is as it would be
 * without being said is left out.
 *
 * @throws {RangeError} for what no file can say: views, and the policy `aspaEgress`.
 */
export function writeScenario(scenario: Scenario): Readonly<Record<string, unknown>> {
  const { policies, roas, seeds, target, views = [] } = scenario;
  if (views.length > 0) throw new RangeError('a scenario file has no words for views');
  if (policies.some(({ names }) => names.includes('aspaEgress'))) {
    throw new RangeError('a scenario file has no word for aspaEgress');
  }
  const usual = defaultTarget(seeds, roas);
  const asked = target !== undefined && !(usual && equalPrefix(usual, target));
  const members: Readonly<Record<string, unknown>> = {
    links: scenario.links,
    ases: scenario.ases,
    clique: scenario.clique,
    roas: roas.map(({ asn, maxLength, prefix }) => [formatPrefix(prefix), maxLength, asn]),
    aspas: byAs(scenario.aspas.map(({ customer, providers }) => [customer, providers])),
    asras: listsByAs(scenario.asras),
    pathEnd: listsByAs(scenario.pathEnd),
    policies: byAs(policies.map(({ asn, names }) => [asn, names])),
    silent: scenario.silent,
    bgpsecRouters: scenario.bgpsecRouters,
    seeds: seeds.map(seedMembers),
    leaks: scenario.leaks.map(leakMembers),
    victims: scenario.victims,
    attackers: scenario.attackers,
    target: asked ? formatAddress(target.octets) : undefined,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => !isNothing(value)));
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}

function byAs(entries: readonly (readonly [asn: Asn, value: unknown])[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(entries);
}

function listsByAs(lists: readonly AsList[]): Readonly<Record<string, unknown>> {
  return byAs(lists.map(({ asn, list }) => [asn, list]));
}

function seedMembers({ asn, path, pathTo, prefix, prepend, signed, to }: Seed): object {
  const usual = path.length === 1 && path[0] === asn;
  return {
    asn,
    prefix: formatPrefix(prefix),
    ...(!usual && { path }),
    ...(to && { to }),
    ...(Object.keys(pathTo).length > 0 && { pathTo }),
    ...(prepend > 0 && { prepend }),
    ...(signed !== undefined && { signed }),
  };
}

function leakMembers({ asn, from, prefix, reoriginate, to }: Leak): object {
  return {
    asn,
    ...(prefix && { prefix: formatPrefix(prefix) }),
    ...(from && { from }),
    ...(to && { to }),
    ...(reoriginate && { reoriginate }),
  };
}
