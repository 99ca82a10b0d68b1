/**
 * A model of what protecting routes costs a router with many peers: octets, memory and CPU, out of unit costs that were measured
 * and of assumptions that can be changed. The experiments (NON-STANDARD) stand in it beside BGPsec, ASPA and origin validation.
 *
 * @packageDocumentation
 */

export {
  type Assumptions,
  DEFAULT_ASSUMPTIONS,
  DESCRIBED_ASSUMPTIONS,
  type DescribedAssumption,
} from './assumptions.js';
export { MODEL_LEAVES_OUT } from './left-out.js';
export {
  type Band,
  distinctShare,
  type Load,
  type MemoryCost,
  meanCost,
  meanHops,
  type Protection,
  type ProtectionFamily,
  protectionName,
  type RouterViewRow,
  routerView,
  type UnitCost,
  type UpdateOctets,
  type Verified,
} from './router-view.js';
export type { StudyCosts } from './study-costs.js';
