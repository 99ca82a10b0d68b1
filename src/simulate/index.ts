/**
 * Routes of a whole internet, by simulation: what a hijack or a leak reaches, and which mechanism keeps it from whom. Routes
 * are chosen by relation, length and lowest AS; every AS does what its policies say.
 *
 * @packageDocumentation
 */

export { type AnsweredRoute, type ScenarioAnswer, scenarioAnswer } from './answer.js';
export {
  CURVE_COLUMNS,
  type CurveRow,
  type CurveStudy,
  createCurveStudy,
  curveCsv,
  curveRows,
} from './curves/curves.js';
export {
  type AdoptionOrder,
  type AttackName,
  type CurveSettings,
  type Mechanism,
  ORDERS,
  PLAIN_ATTACKS,
  readAttack,
  readMechanism,
} from './curves/settings.js';
export type { Summary } from './curves/statistics.js';
export { CURVE_GROUPS, CURVE_OUTCOMES, type CurveGroup, type CurveOutcome } from './curves/tally.js';
export { drawTrial, type TrialPoint, type TrialScenario } from './curves/trial-scenario.js';
export { type Explanation, explainRoute, type Offer } from './explain.js';
export { nextHopOf, OUTCOMES, type Outcome, outcomesOf } from './outcomes.js';
export { POLICY_NAMES, type PolicyName, SCENARIO_POLICY_NAMES } from './policies.js';
export type { Criterion } from './prefer.js';
export type { PrefixRoutes } from './prefix-routes.js';
export { publishedAspas } from './published.js';
export { readScenario } from './read-scenario.js';
export type { Reason } from './receive.js';
export { type RibRoute, ribs, routeOf } from './rib.js';
export type { AsList, AsPolicies, Leak, Receivers, Relation, RovView, Scenario, Seed } from './scenario.js';
export { explainChoice, explainOffer } from './sentences.js';
export { type Simulation, simulate } from './simulate.js';
export { type NamedTopology, writeAsRelationships, writeLinks } from './topologies/as-rel.js';
export { describeTopology, type MostOf, type TopologyFigures } from './topologies/describe.js';
export { type GeneratedTopology, type GeneratorSettings, generateTopology } from './topologies/generate.js';
export { providerCircles } from './topologies/provider-circles.js';
export { readTopology } from './topologies/read-topology.js';
export { TIERS, type Tier, tiersOf } from './topologies/tiers.js';
export { createTopology, indexOfAs, type Link, type Neighbors, type Topology } from './topology.js';
export { MAX_DRAWN, trafficGraph } from './traffic-graph.js';
export { writeScenario } from './write-scenario.js';
