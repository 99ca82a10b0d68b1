import { type Asn, makePrefix } from '../../inet/index.js';
import type { Scenario } from '../scenario.js';
import { writeLinks } from '../topologies/as-rel.js';
import type { Topology } from '../topology.js';
import { createGround } from './ground.js';
import { rolesOf } from './roles.js';
import { type AttackName, type CurveSettings, checkSettings, type Mechanism } from './settings.js';
import { beginCell } from './trial.js';

/** A point of a study: which trial, under which attack and mechanism, at which share of adopters. */
export interface TrialPoint {
  readonly trial: number;
  readonly attack: AttackName;
  readonly mechanism: Mechanism;
  readonly share: number;
}

/** A trial as a scenario. */
export interface TrialScenario {
  readonly scenario: Scenario;
  readonly adopters: readonly Asn[];
}

/**
 * The scenario of one point of a study, whole: what `simulate` says of it is what the trial counted, but for `leak6`, where
 * the attacker is the victim and what counts is who follows the more-specific.
 *
 * @throws {RangeError} as `createCurveStudy` and its `run`.
 */
export function drawTrial(
  topology: Topology,
  clique: readonly Asn[],
  settings: CurveSettings,
  { trial, attack: name, mechanism, share }: TrialPoint,
): TrialScenario {
  const one: CurveSettings = { ...settings, attacks: [name], mechanisms: [mechanism], adopt: [share] };
  checkSettings(one);
  const ground = createGround(topology, clique);
  const { attack, stale } = beginCell(ground, one, trial);
  const { asns } = topology;
  const where = (marks: Uint8Array): Asn[] => [...asns].filter((_, at) => marks[at] === 1);
  const adopters = where(ground.adopts);
  const parts = attack.parts(mechanism);
  const [attacker, victim] = [attack.attacker, attack.victim].map((at) => asns[at] as Asn);
  const octets = Uint8Array.of(192, 0, 2, 1);
  const late = [...asns].filter((_, at) => ground.verifies[at] === 1 && stale(at));
  const scenario: Scenario = {
    ...parts,
    links: writeLinks(topology),
    ases: [...asns],
    clique,
    ...rolesOf(ground, mechanism.policies),
    attackers: [attacker as Asn],
    victims: [victim as Asn],
    target: makePrefix(1, octets, 32),
    ...(late.length > 0 && { views: [{ ases: late, roas: [] }] }),
  };
  return { scenario, adopters };
}
