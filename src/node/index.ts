export { PackageMissing, type PlainEngine } from './apvas-engines.js';
export type { BgpConnection } from './bgp-connection.js';
export { type BgpPeer, type BgpSpeaker, type BgpSpeakerOptions, startBgpSpeaker } from './bgp-speaker.js';
export {
  type BgpsecPool,
  type BgpsecPoolOptions,
  createBgpsecPool,
  type OctetsItem,
  verifyBatch,
} from './bgpsec-pool.js';
export {
  type BmpRouter,
  type BmpStation,
  type BmpStationEvent,
  type BmpStationOptions,
  listenBmp,
} from './bmp-station.js';
export { openInput } from './input-open.js';
export { type InputSummary, readRoutes } from './input-routes.js';
export { loadLaboratory } from './load-laboratory.js';
export { loadPlainVerifier } from './load-plain-verifier.js';
export { createOpensslEngine } from './openssl-engine.js';
export type { ProgramRun, RunProgramOptions } from './program-run.js';
export {
  followRisLive,
  type RisLive,
  type RisLiveEvent,
  type RisLiveFilter,
  type RisLiveGap,
  type RisLiveOptions,
} from './ris-live.js';
export { type RoutesOptions, routes } from './routes.js';
export { generateRsaSigner } from './rsa-signer.js';
export {
  type CapturedRtr,
  type CapturedRtrEvent,
  type CaptureRtrOptions,
  payloadsOfSessions,
  readRtrCapture,
} from './rtr-capture.js';
export { connectRtr, type OnClientEvent, type RtrConnection, type RtrEndpoint } from './rtr-connect.js';
export { fetchRtr } from './rtr-fetch.js';
export { listenRtr } from './rtr-listen.js';
export type { RtrListenOptions, RtrServer, RtrServerEvent } from './rtr-server.js';
export type { SessionEvent, SessionLimit } from './rtr-session-socket.js';
export { runProgram } from './run-program.js';
export { type CurveRun, runCurves } from './simulate-curves.js';
export { nearestCcr, type SpoolCcr } from './spool.js';
export { decompress } from './unpack.js';
export { readVectorFiles } from './vector-files.js';
