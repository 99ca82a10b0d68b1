export {
  createLiveRoutes,
  type LiveMemory,
  type LiveRoutes,
  type LiveRoutesOptions,
  type SessionRoutes,
  type VerdictCount,
} from './live-routes.js';
export { createLiveTables, type LiveChange, type LiveSource, type LiveTables } from './live-tables.js';
export type { ChangedRoute, LiveSession, ReceivedRoute, RouteName } from './route-types.js';
export type { RouteVerdicts } from './verdicts.js';
