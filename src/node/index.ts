export { decompress } from './decompress.js';
export { openInput } from './input-open.js';
export { type InputSummary, readRoutes } from './input-routes.js';
export { createOpensslEngine } from './openssl-engine.js';
export { generateRsaSigner } from './rsa-signer.js';
export { connectRtr, type RtrConnection, type RtrEndpoint } from './rtr-connect.js';
export { fetchRtr } from './rtr-fetch.js';
export { listenRtr, type RtrListenOptions, type RtrServer, type RtrServerEvent } from './rtr-listen.js';
