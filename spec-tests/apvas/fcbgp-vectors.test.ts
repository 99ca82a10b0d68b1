import {
  decodeFcPath,
  encodeFcPath,
  fcOctets,
  signFcSegment,
  verifyFcRoute,
  verifyFcRouteAsync,
} from 'pathsec/apvas';
import { BgpError } from 'pathsec/bgp';
import { createNobleEngine, routerPrivateKey, suite1 } from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import { native } from '../bgpsec/world.js';
import { fcSessionOf, fcVectors, vectorFcKeys } from './fcbgp-world.js';

const noble = createNobleEngine();

describe('the vectors of FC-BGP, made by another reading of the draft', () => {
  it('are all here', () => {
    expect([fcVectors.keys.length, fcVectors.routes.length, fcVectors.refused.length]).toEqual([5, 36, 8]);
  });

  it.each(fcVectors.keys)('have the key of AS $asn', ({ secret, spki, ski }) => {
    const key = routerPrivateKey(fromHex(secret));
    expect([toHex(key.spki), toHex(key.ski)]).toEqual([spki, ski]);
  });

  it.each(fcVectors.routes)('$title: $verdict, $reason', async (vector) => {
    const value = fromHex(vector.attribute);
    const path = decodeFcPath(value);
    expect(encodeFcPath(path)).toEqual(value);
    const signed = parsePrefix(vector.signedPrefix ?? vector.prefix);
    expect(path.segments.map((segment) => toHex(fcOctets(segment, signed)))).toEqual(vector.octets);
    const route = {
      path,
      prefix: parsePrefix(vector.prefix),
      asPath: [{ type: 2 as const, asns: vector.asPath }],
    };
    const session = fcSessionOf(vector);
    const keys = vectorFcKeys();
    const { gaps = [], leak, verdict, reason } = vector;
    for (const engine of [noble, native]) {
      const verifier = { keys, suites: suite1(engine) };
      const result = verifyFcRoute(route, session, verifier);
      expect(result).toMatchObject({ standard: false, verdict, reason });
      if (verdict === 'valid') expect(result.gaps).toEqual(gaps);
      expect(result.leak).toBe(leak);
      const together = await verifyFcRouteAsync(route, session, verifier);
      expect([together.verdict, together.reason, together.leak]).toEqual([verdict, reason, leak]);
    }
  });

  it('have the signatures that RFC 6979 gives', () => {
    let signatures = 0;
    for (const { attribute, prefix, signedPrefix, reason } of fcVectors.routes) {
      if (reason === 'signature-mismatch' && signedPrefix === undefined) continue;
      for (const segment of decodeFcPath(fromHex(attribute)).segments) {
        const secret = fcVectors.keys.find(({ asn }) => asn === segment.asn)?.secret ?? '';
        const { asn, algorithm } = segment;
        const speaker = { asn, key: routerPrivateKey(fromHex(secret)), engine: noble, algorithm };
        expect(signFcSegment(speaker, segment, parsePrefix(signedPrefix ?? prefix))).toEqual(segment);
        signatures++;
      }
    }
    expect(signatures).toBe(59);
  });

  it.each(fcVectors.refused)('refuse $title: $code', ({ attribute, code, offset }) => {
    const octets = fromHex(attribute);
    let error: unknown;
    try {
      decodeFcPath(octets);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(BgpError);
    expect(error).toMatchObject({ code, offset, treatment: 'treat-as-withdraw', fault: { attribute: 255 } });
  });
});
