import type { Asn } from '../../inet/index.js';
import { OUTCOMES, type Outcome, type PolicyName, routeOf, type Scenario } from '../../simulate/index.js';
import { deployAtAll, MECHANISMS } from './deploy.js';
import { type Incident, settled } from './read-incident.js';
import { scenarioText } from './scenario-text.js';

/** How many ASes' traffic ends where, attackers and victims not counted. */
export type Counts = Readonly<Record<Outcome, number>>;

/** A way in which it could be: its name, its scenario, and what would come of it. */
export interface WhatIf {
  readonly title: string;
  readonly scenario: Scenario;
  /** A text where nothing comes of it, as where ASes never agree. */
  readonly counts: Counts | string;
  /** It is as the scenario stands. */
  readonly current: boolean;
}

/** The counts of an incident. */
export function countsOf({ outcomes, scenario, simulation }: Incident): Counts {
  const ends = new Set([...scenario.attackers, ...scenario.victims]);
  const counts = { attacker: 0, victim: 0, disconnected: 0, loop: 0 };
  for (const [i, outcome] of outcomes.entries()) {
    if (!ends.has(simulation.topology.asns[i] as Asn)) counts[outcome]++;
  }
  return counts;
}

const VERBS: Readonly<Record<Outcome, readonly [one: string, more: string]>> = {
  attacker: ['reaches the attacker', 'reach the attacker'],
  victim: ['reaches the victim', 'reach the victim'],
  disconnected: ['reaches nobody', 'reach nobody'],
  loop: ['goes round in a circle', 'go round in circles'],
};

/** The counts in words: `3 reach the attacker, 4 reach the victim`. */
export function endsText(counts: Counts): string {
  const said = OUTCOMES.filter((name) => counts[name] > 0).map(
    (name) => `${counts[name]} ${VERBS[name][counts[name] === 1 ? 0 : 1]}`,
  );
  return said.join(', ');
}

/** The counts in a sentence: `Of 7 other ASes 3 reach the attacker, 4 reach the victim.` */
export function sentenceOf(counts: Counts): string {
  const all = OUTCOMES.reduce((sum, name) => sum + counts[name], 0);
  if (all === 0) return 'There is no other AS.';
  return `Of ${all} other ${all === 1 ? 'AS' : 'ASes'} ${endsText(counts)}.`;
}

/** The scenario without leaks, and without what the attackers announce; the target stays. */
export function withoutAttack(scenario: Scenario): Scenario {
  const { attackers, seeds } = scenario;
  return { ...scenario, leaks: [], seeds: seeds.filter(({ asn }) => !attackers.includes(asn)) };
}

/** What comes of the incident without the attack; undefined where it has none. */
export function beforeAttack({ scenario }: Incident): Incident | undefined {
  const before = withoutAttack(scenario);
  if (before.seeds.length === scenario.seeds.length && scenario.leaks.length === 0) return undefined;
  const read = settled(() => before);
  return 'incident' in read ? read.incident : undefined;
}

/** Nothing deployed, and each mechanism at all ASes but the attackers. */
export function whatIfs({ scenario, simulation }: Incident): readonly WhatIf[] {
  const asns = simulation.topology.asns;
  const now = scenarioText(scenario);
  const row = (title: string, policy: PolicyName | undefined): WhatIf => {
    const changed = deployAtAll(scenario, asns, policy);
    const read = settled(() => changed);
    const counts = 'incident' in read ? countsOf(read.incident) : read.problem;
    return { title, scenario: changed, counts, current: scenarioText(changed) === now };
  };
  return [row('Nothing', undefined), ...MECHANISMS.map(([policy, title]) => row(title, policy))];
}

/** Where a leak has nothing to leak: its AS has no route, or none of the kind that it would leak. */
export function idleLeaks({ scenario }: Incident, before: Incident | undefined): readonly string[] {
  if (before === undefined) return [];
  const { prefixes, topology } = before.simulation;
  return scenario.leaks.flatMap(({ asn, from }) => {
    const relations = prefixes.flatMap(
      (one) => routeOf(before.simulation, one, topology.asns.indexOf(asn))?.relation ?? [],
    );
    if (
      relations.some((relation) => relation !== 'origin' && (from === undefined || from.includes(relation)))
    ) {
      return [];
    }
    const kind = from === undefined ? 'anybody' : from.map((one) => `a ${one}`).join(' or ');
    return [`AS${asn} leaks nothing: it has no route from ${kind}.`];
  });
}
