import type { Asn } from '../../inet/index.js';
import type { PolicyName, Scenario } from '../../simulate/index.js';

/** A mechanism that an AS can deploy: the policy of the scenario file, and its name for people. */
export const MECHANISMS: readonly (readonly [policy: PolicyName, title: string])[] = [
  ['rov', 'ROV'],
  ['aspa', 'ASPA (with ROV)'],
  ['bgpsec', 'BGPsec, after length'],
  ['otc', 'Only to Customer'],
  ['pathEnd', 'Path-end (with ROV)'],
  ['edgeFilter', 'Edge filter'],
  ['peerlockLite', 'Peerlock-lite'],
  ['rovpp1', 'ROV++ v1'],
  ['asra', 'ASRA B (with ASPA)'],
  ['asraA', 'ASRA A (with ASPA)'],
  ['bgpsec2', 'BGPsec, before length'],
  ['bgpsec1', 'BGPsec, before all'],
  ['bgpsecStrict', 'BGPsec, strict'],
  ['peerRov', 'ROV towards peers'],
  ['firstAs', 'First AS'],
];

/** What an AS does. */
export function deployedAt({ policies }: Scenario, asn: Asn): readonly PolicyName[] {
  return policies.find((one) => one.asn === asn)?.names ?? [];
}

/** The scenario with an AS that does other things. */
export function deployAt(scenario: Scenario, asn: Asn, names: readonly PolicyName[]): Scenario {
  const others = scenario.policies.filter((one) => one.asn !== asn);
  const policies = names.length === 0 ? others : [...others, { asn, names }];
  return { ...scenario, policies: policies.sort((a, b) => a.asn - b.asn) };
}

/** The ASes that take part when all do: not the attackers, and not those that leak. docs/decisions/site.md D-incident-all */
export function adoptersOf({ attackers, leaks }: Scenario, asns: Iterable<Asn>): readonly Asn[] {
  const bad = new Set([...attackers, ...leaks.map(({ asn }) => asn)]);
  return [...asns].filter((asn) => !bad.has(asn));
}

/** The scenario in which they all do one thing and nothing else, or nothing at all; the others do nothing. */
export function deployAtAll(
  scenario: Scenario,
  asns: Iterable<Asn>,
  policy: PolicyName | undefined,
): Scenario {
  const adopters = policy === undefined ? [] : adoptersOf(scenario, asns);
  return { ...scenario, policies: adopters.map((asn) => ({ asn, names: policy ? [policy] : [] })) };
}
