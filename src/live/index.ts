export { createLiveRoutes } from './live-routes.js';
export type {
  LiveMemory,
  LiveRoutes,
  LiveRoutesOptions,
  SessionRoutes,
  VerdictCount,
} from './live-routes-types.js';
export { createLiveTables, type LiveChange, type LiveSource, type LiveTables } from './live-tables.js';
export type { ChangedRoute, LiveSession, ReceivedRoute, RouteName } from './route-types.js';
export type { RouteVerdicts } from './verdicts.js';
