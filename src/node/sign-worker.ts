import { parentPort, workerData } from 'node:worker_threads';
import { type RouterPrivateKey, routerPrivateKey } from '../bgpsec/index.js';
import type { Asn } from '../inet/index.js';
import { madeRouterKey } from './made-router-key.js';
import { createOpensslEngine } from './openssl-engine.js';
import { signRoutes } from './sign-routes.js';
import { packMessages, type SignSetup, type SignWork } from './sign-work.js';

// The program of a thread of `createSigningCrew`: routes in, signed UPDATEs out.

const { keys, seed }: SignSetup = workerData;
const engine = createOpensslEngine({ nonces: 'derived' });
const known = new Map(keys.map(([asn, scalar]) => [asn, routerPrivateKey(scalar)]));

function keyOf(asn: Asn): RouterPrivateKey | undefined {
  let key = known.get(asn);
  if (key === undefined && seed !== undefined) {
    key = madeRouterKey(seed, asn);
    known.set(asn, key);
  }
  return key;
}

parentPort?.on('message', (works: readonly SignWork[]) => {
  const packed = works.map(({ routes, ...whom }) => packMessages(signRoutes(routes, whom, engine, keyOf)));
  parentPort?.postMessage(
    packed,
    packed.map(({ octets }) => octets.buffer),
  );
});
