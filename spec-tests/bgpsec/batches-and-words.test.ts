import { explainResult, verdictsOfUpdates, verifyUpdate } from 'pathsec/bgpsec';
import { toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { damaged, good, LOCAL, ORIGIN_AS, PEER, reach, session, update, verifier } from './receive-world.js';
import { EXPERIMENTAL, external, messageOf, origin, pathOf, verifierOf } from './world.js';

describe('verdictsOfUpdates', () => {
  const items = [
    { message: messageOf(good), session },
    { message: messageOf(good).subarray(0, 20), session },
    { message: messageOf(good), session: external(64502, PEER) },
    { message: messageOf(pathOf([ORIGIN_AS, PEER], LOCAL, [EXPERIMENTAL])), session },
    { message: damaged(0, 0, 13), session },
  ];
  const expected = ['valid', 'session-reset', 'not-valid', 'unsigned', 'treat-as-withdraw'];

  it.each([1, 2, 64])('keeps the order with %i under way', async (inFlight) => {
    expect(await verdictsOfUpdates(items, verifier, {}, inFlight)).toEqual(expected);
    expect(await verdictsOfUpdates(items, verifier)).toEqual(expected);
    expect(await verdictsOfUpdates([], verifier, {}, inFlight)).toEqual([]);
  });

  it('refuses a number that is none, and passes misuse on', async () => {
    const refusal = (inFlight: number) => verdictsOfUpdates(items, verifier, {}, inFlight).catch(String);
    for (const wrong of [0, -1, 1.5])
      expect(await refusal(wrong)).toMatch(/RangeError: inFlight.*whole number/);
    const misuse = [{ message: messageOf(good), session: external(0, PEER) }];
    expect(await verdictsOfUpdates(misuse, verifier).catch(String)).toMatch(/^RangeError: AS 0/);
  });
});

describe('explainResult', () => {
  it('lays out verdict, path, and for each signature everything it rests on', () => {
    const result = verifyUpdate(messageOf(good), session, verifierOf([PEER]));
    const [newest, oldest] = result.blocks[0]?.signatures ?? [];
    if (newest === undefined || oldest === undefined) throw new Error('two signatures');
    expect(explainResult(result).split('\n')).toEqual([
      'verdict: not-valid (router-key-missing; RFC 8205 5.2 step 2)',
      'prefix: 192.0.2.0/24',
      'AS_PATH: 64499 64496, length 2',
      'Signature_Block 1: suite 1 (SHA-256, ECDSA P-256): not-valid, 1 of 2 verified',
      '  hop 2: AS 64499 to AS 64500: valid',
      `    SKI        ${toHex(newest.ski)}, 1 key under this AS and SKI`,
      `    octets     ${toHex(newest.octets ?? new Uint8Array(0))}`,
      `    digest     ${toHex(newest.digest ?? new Uint8Array(0))}`,
      `    signature  ${toHex(newest.signature)}`,
      '  hop 1: AS 64496 to AS 64499: not-valid (router-key-missing)',
      `    SKI        ${toHex(oldest.ski)}, 0 keys under this AS and SKI`,
      `    octets     ${toHex(oldest.octets ?? new Uint8Array(0))}`,
      `    digest     ${toHex(oldest.digest ?? new Uint8Array(0))}`,
      `    signature  ${toHex(oldest.signature)}`,
    ]);
  });

  it('names the item, the detail, notes, an empty path and a suite it does not know', () => {
    expect(explainResult(verifyUpdate(damaged(0, 0, 13), session, verifier))).toMatch(
      /^verdict: treat-as-withdraw \(secure-path-length; RFC 8205 5\.2\(1\), check 1\)\ndetail: .* at offset \d+: /,
    );
    const internal = { localAs: LOCAL, peerAs: LOCAL, kind: 'internal' } as const;
    const own = explainResult(verifyUpdate(update([reach(), origin]), internal, verifier));
    expect(own).toContain('AS_PATH: (empty), length 0');
    const twice = pathOf([PEER, PEER], LOCAL, [EXPERIMENTAL, 1]);
    const text = explainResult(verifyUpdate(messageOf(twice), session, verifier));
    expect(text).toContain(
      'Signature_Block 1: suite 247 (not known here): unsupported, 0 of 2 verified\n  hop 2: AS 64499 to AS 64500: not-evaluated\n',
    );
    expect(text).toContain('Signature_Block 2: suite 1 (SHA-256, ECDSA P-256): valid, 2 of 2 verified');
    expect(text).toMatch(/\nnote: same-as-consecutive$/);
  });
});
