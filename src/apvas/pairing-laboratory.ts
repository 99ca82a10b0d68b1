import { verifyPlainBatch } from './batch.js';
import { randomCoefficients } from './coefficients.js';
import type { PairingEngine } from './engine.js';
import { createKeyTable, createSigningKey } from './keys.js';
import { type Laboratory, requireSignable } from './laboratory.js';
import { aggregatePathScheme } from './path-scheme.js';
import { type PendingRoute, receiveUpdate, resultOf, verifyRoute } from './receive.js';
import { PUBLIC_KEY_OCTETS, SIGNATURE_OCTETS } from './suite.js';
import type { ApvasResult } from './verdict.js';

/** {@link Laboratory} over an engine that computes pairings: signatures of 48 octets. */
export function pairingLaboratory<P, K, T>(engine: PairingEngine<P, K, T>): Laboratory {
  const table = createKeyTable(engine);
  const laboratory: Laboratory = {
    name: engine.name,
    schemes: ['plain', 'chain'],
    signatureOctets: SIGNATURE_OCTETS,
    publicKeyOctets: PUBLIC_KEY_OCTETS,
    get size() {
      return table.size;
    },
    signingKey: (asn, scalar) => createSigningKey(engine, asn, scalar),
    sign: (scheme, route, keys) => {
      requireSignable(laboratory, scheme, route, keys);
      const [signature] = aggregatePathScheme(engine, scheme).sign(route, keys);
      return signature as Uint8Array;
    },
    admit: (entry) => {
      table.admit(entry);
    },
    verify: (items, random) => {
      const received = items.map(({ update, session }) => receiveUpdate(engine, table, update, session));
      const isPlain = (one: (typeof received)[number]): one is PendingRoute<P, K> =>
        'sigma' in one && one.scheme === 'plain';
      const batch = received.filter(isPlain);
      const { bad } = verifyPlainBatch(engine, batch, randomCoefficients(batch.length, random));
      const failed = new Set(bad.map((index) => batch[index]));
      return received.map((one): ApvasResult => {
        if (!('sigma' in one)) return one;
        return isPlain(one) ? resultOf(one, !failed.has(one)) : verifyRoute(engine, one);
      });
    },
  };
  return laboratory;
}
