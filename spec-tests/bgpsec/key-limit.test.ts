import {
  createRouterKeys,
  createSegmentCache,
  isValidRoute,
  MAX_KEYS_PER_SIGNATURE,
  type SignatureEngine,
  suite1,
  type Verifier,
  verifyRoute,
} from 'pathsec/bgpsec';
import { toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { announced, external, keyOf, native, pathOf } from './world.js';

const ASN = 64496;
const route = { path: pathOf([ASN], 64497), announced, session: external(64497, ASN) };
const right = keyOf(ASN);

/** Keys of other ASes under the SKI of the right one, those before it and those behind it by their octets. */
function others(count: number): { readonly before: Uint8Array[]; readonly behind: Uint8Array[] } {
  const before: Uint8Array[] = [];
  const behind: Uint8Array[] = [];
  for (let i = 0; before.length < count || behind.length < count; i++) {
    const { spki } = keyOf(70_000 + i);
    (toHex(spki) < toHex(right.spki) ? before : behind).push(spki);
  }
  return { before: before.slice(0, count), behind: behind.slice(0, count) };
}

/** A verifier with the keys under one SKI, announced in this order, that counts verifications. */
function counting(spkis: readonly Uint8Array[], maxKeys?: number): { verifier: Verifier; tried(): number } {
  let tried = 0;
  const engine: SignatureEngine = {
    ...native,
    verify: (...args) => {
      tried++;
      return native.verify(...args);
    },
  };
  const keys = createRouterKeys(spkis.map((spki) => ({ asn: ASN, ski: right.ski, spki })));
  return {
    verifier: { keys, suites: suite1(engine), ...(maxKeys === undefined ? {} : { maxKeys }) },
    tried: () => tried,
  };
}

/** Verdict and reason of the literal reading, verdict of the fast one. */
function judge(verifier: Verifier): unknown[] {
  const { verdict, reason, blocks } = verifyRoute(route, verifier);
  const fast = isValidRoute(route, verifier);
  const cached = isValidRoute(route, verifier, { cache: createSegmentCache(10) });
  expect([fast, cached]).toEqual([verdict === 'valid', verdict === 'valid']);
  return [verdict, reason, blocks[0]?.signatures[0]?.keys];
}

describe('router keys tried per signature (docs/decisions/bgpsec.md D-bgpsec-key-limit)', () => {
  const { before, behind } = others(20);

  it('are 16, the first by their octets; more than that and none fits: key-limit', () => {
    expect(MAX_KEYS_PER_SIGNATURE).toBe(16);
    const sixteen = counting([...before.slice(0, 15), right.spki]);
    expect(judge(sixteen.verifier)).toEqual(['valid', 'ok', 16]);
    const seventeen = counting([right.spki, ...before.slice(0, 16)]);
    expect(judge(seventeen.verifier)).toEqual(['not-valid', 'key-limit', 17]);
    expect(seventeen.tried()).toBe(3 * 16);
    const { source } = verifyRoute(route, seventeen.verifier);
    expect(source).toBe('docs/decisions/bgpsec.md#d-bgpsec-key-limit');
  });

  it('do not depend on the order of their arrival', () => {
    for (const spkis of [
      [right.spki, ...behind],
      [...behind, right.spki],
      behind.toSpliced(7, 0, right.spki),
    ]) {
      expect(judge(counting(spkis).verifier)).toEqual(['valid', 'ok', 21]);
    }
  });

  it('are as many as the verifier says', () => {
    const all = [...before, right.spki, ...behind];
    expect(judge(counting(all, Number.POSITIVE_INFINITY).verifier)).toEqual(['valid', 'ok', 41]);
    expect(judge(counting(all, 21).verifier)).toEqual(['valid', 'ok', 41]);
    expect(judge(counting(all, 20).verifier)).toEqual(['not-valid', 'key-limit', 41]);
    expect(judge(counting(before, 20).verifier)).toEqual(['not-valid', 'signature-mismatch', 20]);
    for (const wrong of [0, -1, Number.NaN]) {
      expect(() => verifyRoute(route, counting(all, wrong).verifier)).toThrow(/maxKeys .* is not at least 1/);
    }
  });

  it('a remembered tail counts only while its key is among those tried', () => {
    const { verifier } = counting([right.spki, ...behind]);
    const cache = createSegmentCache(10);
    expect(isValidRoute(route, verifier, { cache })).toBe(true);
    for (const spki of before) verifier.keys.announce({ asn: ASN, ski: right.ski, spki });
    expect([isValidRoute(route, verifier, { cache }), verifyRoute(route, verifier).reason]).toEqual([
      false,
      'key-limit',
    ]);
  });
});

describe('many keys of one AS and SKI', () => {
  it('are held once each, ascending, and leave one by one', () => {
    const spkis = Array.from({ length: 20_000 }, (_, i) =>
      Uint8Array.of(1, (i * 7919) >> 16, (i * 7919) >> 8, i * 7919),
    );
    const keys = createRouterKeys(spkis.map((spki) => ({ asn: ASN, ski: right.ski, spki })));
    expect(keys.announce({ asn: ASN, ski: right.ski, spki: Uint8Array.of(1, 0, 0, 0) })).toBe(false);
    const names = keys.lookup(ASN, right.ski).map(toHex);
    expect(names).toEqual([...new Set(spkis.map(toHex))].sort());
    for (const spki of spkis) keys.withdraw({ asn: ASN, ski: right.ski, spki });
    expect([keys.size, keys.lookup(ASN, right.ski)]).toEqual([0, []]);
  });

  it('ranges of one certificate: only those that contain the AS are looked at', () => {
    const ranges = Array.from({ length: 20_000 }, (_, i) => ({ min: 10 * i + 1, max: 10 * i + 5 }));
    const keys = createRouterKeys(ranges.map((range) => ({ ...range, ski: right.ski, spki: right.spki })));
    const found = ranges.map(({ min }) => [
      keys.lookup(min + 4, right.ski).length,
      keys.lookup(min + 5, right.ski).length,
    ]);
    expect(new Set(found.map(String))).toEqual(new Set(['1,0']));
  });
});
