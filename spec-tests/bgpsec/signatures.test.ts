import { type BgpsecPath, CONFED_SEGMENT_FLAG, encodeBgpsecPath } from 'pathsec/bgp';
import {
  addSegment,
  type BgpsecSession,
  createRouterKeys,
  originSegment,
  suite1,
  verdictOfUpdate,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { fromHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import {
  good,
  LOCAL,
  ORIGIN_AS,
  outcome,
  PEER,
  reach,
  session,
  signed,
  update,
  verifier,
} from './receive-world.js';
import {
  announced,
  EXPERIMENTAL,
  keyOf,
  messageOf,
  native,
  origin,
  pathOf,
  signer,
  twoSuites,
  verifierOf,
} from './world.js';

describe('8205 5.2: signatures', () => {
  it('router-key-missing: lookup is by AS and SKI together (trap 4)', () => {
    requirement(
      '!rfc8205:3.2:ski-20-octets',
      '!rfc8205:4.2:as-number-of-certificate',
      '!rfc8205:4.2:ski-of-certificate',
      '!rfc8205:5.2:step-2-key-lookup',
      'rfc8205:5.2:step-2-no-key',
    );
    const elsewhere = createRouterKeys();
    for (const asn of [ORIGIN_AS, PEER]) {
      elsewhere.announce({ asn: asn + 1, ski: keyOf(asn).ski, spki: keyOf(asn).spki });
    }
    const by = { keys: elsewhere, suites: suite1(native) };
    expect(outcome(messageOf(good), session, by)).toEqual(['not-valid', 'router-key-missing']);
  });
  it('router-key-unusable', () => {
    const keys = createRouterKeys([{ asn: PEER, ski: keyOf(PEER).ski, spki: Uint8Array.of(1, 2, 3) }]);
    const by = { keys, suites: suite1(native) };
    expect(outcome(messageOf(good), session, by)).toEqual(['not-valid', 'router-key-unusable']);
    // A key of another size has no SKI that could be told right from wrong (D-bgpsec-ski-not-sha1).
    expect(verifyUpdate(messageOf(good), session, by).notes).toEqual([]);
  });
  it('signature-encoding and signature-mismatch', () => {
    requirement('!rfc8205:5.1:two-states', '!rfc8205:5.2:step-4-verify');
    const withSignature = (signature: Uint8Array): Uint8Array => {
      const [block] = good.blocks;
      const [, older] = block?.signatures ?? [];
      if (older === undefined) throw new Error('two hops');
      return messageOf({
        segments: good.segments,
        blocks: [{ suite: 1, signatures: [{ ski: keyOf(PEER).ski, signature }, older] }],
      });
    };
    expect(outcome(withSignature(new Uint8Array(0)))).toEqual(['not-valid', 'signature-encoding']);
    expect(outcome(withSignature(fromHex('3006020101020101')))).toEqual(['not-valid', 'signature-mismatch']);
  });
  it('all keys of an (AS, SKI) are tried (D-bgpsec-keys-of-one-ski)', () => {
    requirement('rfc8205:5.2:step-2-key-lookup');
    const keys = createRouterKeys([
      { asn: PEER, ski: keyOf(PEER).ski, spki: keyOf(64501).spki },
      { asn: PEER, ski: keyOf(PEER).ski, spki: keyOf(PEER).spki },
      { asn: ORIGIN_AS, ski: keyOf(ORIGIN_AS).ski, spki: keyOf(ORIGIN_AS).spki },
    ]);
    const result = verifyUpdate(messageOf(good), session, { keys, suites: suite1(native) });
    expect([result.verdict, result.notes]).toEqual(['valid', ['ski-not-sha1']]);
    expect(result.blocks[0]?.signatures.map(({ keys: found }) => found)).toEqual([2, 1]);
  });
  it('unassigned flag bits are covered, kept and noted', () => {
    requirement(
      '!rfc8205:3.1:unassigned-flags-sent-zero',
      'rfc8205:3.1:unassigned-flags-ignored',
      'rfc8205:3.1:flags-covered',
    );
    const path = originSegment({ pCount: 1, flags: 0x7f, asn: PEER }, LOCAL, announced, signer);
    const result = verifyUpdate(messageOf(path), session, verifier);
    expect([result.verdict, result.notes]).toEqual(['valid', ['flags-unassigned-set']]);
  });
  it('the Partial bit is noted (D-bgpsec-partial-bit), and so is one AS twice in a row', () => {
    requirement('rfc8205:4.2:no-consecutive-segments');
    const path = pathOf([PEER, PEER], LOCAL);
    const message = update([reach(), origin, { ...signed(encodeBgpsecPath(path)), flags: 0xb0 }]);
    const result = verifyUpdate(message, session, verifier);
    expect([result.verdict, result.notes]).toEqual(['valid', ['partial-bit-set', 'same-as-consecutive']]);
  });
  it('reports the first failure, from the newest, and stops there unless told otherwise', () => {
    requirement(
      'rfc8205:5.2:newest-first',
      'rfc8205:5.2:step-2-no-key',
      '!rfc8205:5.2:block-valid',
      '!rfc8205:8.1:validate-completely',
    );
    const by = verifierOf([PEER]);
    const message = messageOf(pathOf([ORIGIN_AS, 64501, PEER], LOCAL));
    const brief = verifyUpdate(message, session, by).blocks[0];
    expect([brief?.verified, brief?.failure?.hop, brief?.failure?.index]).toEqual([1, 2, 1]);
    expect(brief?.signatures.map(({ state }) => state)).toEqual(['valid', 'not-valid', 'not-evaluated']);
    const full = verifyUpdate(message, session, by, { exhaustive: true }).blocks[0];
    expect(full?.signatures.map(({ state }) => state)).toEqual(['valid', 'not-valid', 'not-valid']);
    expect(full?.failure?.hop).toBe(2);
  });
});

describe('two Signature_Blocks', () => {
  const path = pathOf([ORIGIN_AS, PEER], LOCAL, [1, EXPERIMENTAL]);
  const both = { keys: verifier.keys, suites: twoSuites };
  /** `path` with the newest signature of a block made invalid. */
  const spoiled = (...which: number[]): BgpsecPath => ({
    segments: path.segments,
    blocks: path.blocks.map((block, b) =>
      which.includes(b)
        ? {
            suite: block.suite,
            signatures: block.signatures.map((one, i) =>
              i === 0 ? { ...one, signature: fromHex('3006020101020101') } : one,
            ),
          }
        : block,
    ),
  });
  const states = (message: BgpsecPath, by = both, exhaustive = false) => {
    const { verdict, blocks, notes } = verifyUpdate(messageOf(message), session, by, { exhaustive });
    expect(verdictOfUpdate(messageOf(message), session, by)).toBe(verdict);
    return [verdict, ...blocks.map(({ state }) => state), ...notes];
  };

  it('the first Valid one decides, the second stays unevaluated', () => {
    requirement('rfc8205:5.2:block-valid', 'rfc8205:5.2:update-valid', 'rfc8205:7.3:stop-after-valid-block');
    expect(states(path)).toEqual(['valid', 'valid', 'not-evaluated']);
    expect(states(path, both, true)).toEqual(['valid', 'valid', 'valid']);
  });
  it('one Valid block is enough', () => {
    requirement('!rfc8205:5.2:update-valid');
    expect(states(spoiled(0))).toEqual(['valid', 'not-valid', 'valid', 'block-failed-beside-valid']);
    expect(states(spoiled(1))).toEqual(['valid', 'valid', 'not-evaluated']);
    expect(states(spoiled(0, 1))).toEqual(['not-valid', 'not-valid', 'not-valid']);
  });
  it('a block of an unsupported suite is not considered', () => {
    requirement(
      'rfc8205:5.2:check-3-whole-blocks',
      'rfc8205:5.2:unsupported-block-not-considered',
      '!rfc8205:5.2:no-supported-block-is-unsigned',
    );
    expect(states(path, verifier)).toEqual(['valid', 'valid', 'unsupported']);
    expect(states(spoiled(0), verifier)).toEqual(['not-valid', 'not-valid', 'unsupported']);
  });
  it('none supported: unsigned, with the rebuilt path (trap 16)', () => {
    requirement(
      'rfc8205:4.2:no-supported-block-unsigned',
      'rfc8205:4.4:checks-before-reconstruction',
      '!rfc8205:5.2:unsupported-block-not-considered',
      'rfc8205:5.2:no-supported-block-is-unsigned',
      'rfc8608:2.1:experimental-unsupported',
    );
    const only = pathOf([ORIGIN_AS, PEER], LOCAL, [EXPERIMENTAL]);
    const result = verifyUpdate(messageOf(only), session, verifier);
    expect([result.verdict, result.reason, result.pathLength]).toEqual(['unsigned', 'no-supported-suite', 2]);
    expect(result.blocks).toEqual([]);
    expect(verdictOfUpdate(messageOf(only), session, verifier)).toBe('unsigned');
  });
});

describe('8205 4.3: members whose signatures are not verified', () => {
  const confederation = { identifier: LOCAL, memberAs: 65001, verifyMembers: false };
  const inside: BgpsecSession = { localAs: 65001, peerAs: 65002, kind: 'confed-external', confederation };
  it('skips flagged segments only', () => {
    requirement(
      '!rfc8205:4.3:member-key',
      'rfc8205:4.3:members-not-verified',
      '!rfc8205:4.3:skip-flagged',
      '!rfc8205:7.5:local-rpki-view',
    );
    const path = addSegment(
      pathOf([ORIGIN_AS], 65002),
      { pCount: 1, flags: CONFED_SEGMENT_FLAG, asn: 65002 },
      65001,
      announced,
      signer,
    );
    const by = verifierOf([ORIGIN_AS]);
    const result = verifyUpdate(messageOf(path), inside, by);
    expect(result.blocks[0]?.signatures.map(({ state }) => state)).toEqual(['skipped', 'valid']);
    expect(result.blocks[0]).toMatchObject({ state: 'valid', verified: 1 });
    expect(verdictOfUpdate(messageOf(path), inside, by)).toBe('valid');
    const strict = { ...inside, confederation: { ...confederation, verifyMembers: true } };
    expect(outcome(messageOf(path), strict, by)).toEqual(['not-valid', 'router-key-missing']);
    expect(outcome(messageOf(path), inside, verifierOf([]))).toEqual(['not-valid', 'router-key-missing']);
  });
});
