import { DecodeError } from '../bytes/index.js';
import type { AggregateRoute } from './aggregate-route.js';
import { strictForm, subjectKeyIdentifier } from './encoding.js';
import { keysOfRoute } from './hops.js';
import { keyTableOf, requireScalar } from './keys.js';
import { type Laboratory, type ReceivedItem, requireSignable } from './laboratory.js';
import { holdsLongPossession, proveLongPossession } from './long-possession.js';
import type { OctetEngine } from './octet-engine.js';
import { longAggregatePathScheme, secretOctets } from './path-scheme.js';
import { notValid, openUpdate, resultOf, unsupported } from './receive.js';
import { LONG_PUBLIC_KEY_OCTETS } from './suite.js';
import type { ApvasResult } from './verdict.js';

/**
 * {@link Laboratory} over an engine that takes octets alone: PLAIN with signatures of 96 octets and keys of 48, verified one by
 * one, because such an engine has no coefficients.
 */
export function octetLaboratory<K>(engine: OctetEngine<K>): Laboratory {
  const scheme = longAggregatePathScheme(engine);
  const table = keyTableOf<K>({
    decode: (publicKey) => {
      const key = strictForm(publicKey, LONG_PUBLIC_KEY_OCTETS) ? engine.decodeKey(publicKey) : undefined;
      if (key !== undefined) return key;
      throw new DecodeError('key-encoding', 'not a point of G1 other than the identity', {
        field: 'public-key',
      });
    },
    proves: ({ publicKey, pop }) => holdsLongPossession(publicKey, pop),
  });
  const verify = ({ update, session }: ReceivedItem): ApvasResult => {
    const opened = openUpdate(update, session, engine.signatureOctets);
    if ('verdict' in opened) return opened;
    const { segments, block } = opened.path;
    if (block.scheme !== 'plain') return unsupported(segments.length);
    const route: AggregateRoute = { ...opened.destination, segments, skis: block.skis };
    const keys = keysOfRoute(table, route);
    if (keys === undefined) return notValid('router-key-missing', block, segments.length);
    if (!strictForm(block.signature, engine.signatureOctets)) {
      return notValid('signature-encoding', block, segments.length);
    }
    const verifiers = keys.map(({ publicKey, prepared }) => ({ publicKey, key: prepared }));
    return resultOf({ scheme: 'plain', route }, scheme.verify(route, verifiers, [block.signature]));
  };
  const laboratory: Laboratory = {
    name: engine.name,
    schemes: ['plain'],
    signatureOctets: engine.signatureOctets,
    publicKeyOctets: LONG_PUBLIC_KEY_OCTETS,
    get size() {
      return table.size;
    },
    signingKey: (asn, scalar) => {
      requireScalar(scalar);
      const secret = secretOctets(scalar);
      const publicKey = engine.publicKey(secret);
      const pop = proveLongPossession(publicKey, secret);
      return { asn, ski: subjectKeyIdentifier(publicKey), publicKey, pop, scalar };
    },
    sign: (wanted, route, keys) => {
      requireSignable(laboratory, wanted, route, keys);
      const [signature] = scheme.sign(
        route,
        keys.map(({ scalar }) => secretOctets(scalar)),
      );
      return signature as Uint8Array;
    },
    admit: (entry) => {
      table.admit(entry);
    },
    verify: (items) => items.map(verify),
  };
  return laboratory;
}
