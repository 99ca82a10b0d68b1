import fc from 'fast-check';
import { ATTR_MP_REACH_NLRI, encodeUpdateMessage, pathAttribute } from 'pathsec/bgp';
import {
  addSegment,
  answerUpdate,
  explainResult,
  type UpdateAnswer,
  type Verifier,
  verifyUpdate,
} from 'pathsec/bgpsec';
import { DecodeError, toHex } from 'pathsec/bytes';
import { readUpdateQuestion } from 'pathsec/questions';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { announced, external, keyOf, messageOf, pathOf, signer, verifierOf } from './world.js';

const LOCAL = 64500;

/** What `bgpsec verify --batch` answers to a question. */
function answerRequest(question: unknown, by: Verifier, explain = false): UpdateAnswer {
  return answerUpdate(readUpdateQuestion(question), by, explain);
}

const verifier = verifierOf([64496, 64499, 65002]);
const hex = toHex(messageOf(pathOf([64496, 64499], LOCAL)));
const request = { id: 'a', message: hex, localAs: LOCAL, peerAs: 64499 };

describe('requests of a batch', () => {
  it('valid, with the evidence in short', () => {
    requirement('rfc8205:5.2:step-1-numbering', 'rfc8205:5.2:target-newest');
    const answer = answerRequest(request, verifier);
    expect(answer).toEqual({
      outcome: 'valid',
      reason: 'ok',
      source: 'RFC 8205 5.2',
      prefix: '192.0.2.0/24',
      asPath: '64499 64496',
      blocks: [
        {
          suite: 1,
          state: 'valid',
          verified: 2,
          signatures: [
            {
              hop: 2,
              signerAs: 64499,
              targetAs: LOCAL,
              ski: toHex(keyOf(64499).ski),
              keyFound: true,
              state: 'valid',
            },
            {
              hop: 1,
              signerAs: 64496,
              targetAs: 64499,
              ski: toHex(keyOf(64496).ski),
              keyFound: true,
              state: 'valid',
            },
          ],
        },
      ],
    });
  });

  it('the other outcomes', () => {
    requirement('rfc8205:5.1:egress-validation', '!rfc8205:5.2:error-checks-of-rfc4271');
    const outcome = (more: object) => {
      const { outcome: found, check, reason } = answerRequest({ ...request, ...more }, verifier);
      return check === undefined ? [found, reason] : [found, reason, check];
    };
    expect(outcome({ localAs: 'AS64501' })).toEqual(['not-valid', 'signature-mismatch']);
    expect(outcome({ peerAs: 1 })).toEqual(['treat-as-withdraw', 'peer-as-mismatch', 2]);
    expect(outcome({ attributeType: 30 })).toEqual(['valid', 'ok']);
    expect(outcome({ ibgp: true })).toEqual(['valid', 'ok']);
    expect(outcome({ message: `${hex.slice(0, 36)}02ffff${hex.slice(42)}` })[0]).toBe('session-reset');
    expect(outcome({ message: toHex(messageOf(pathOf([64496], LOCAL), [])) })).toEqual([
      'treat-as-withdraw',
      'origin-missing',
    ]);
  });

  it('confederation, pCount 0 and the member signatures', () => {
    requirement('rfc8205:4.3:members-not-verified', 'rfc8205:4.3:skip-flagged');
    const path = addSegment(
      pathOf([64496], 65002),
      { pCount: 0, flags: 0x80, asn: 65002 },
      65001,
      announced,
      signer,
    );
    const inside = {
      message: toHex(messageOf(path)),
      localAs: 65001,
      peerAs: 65002,
      confederation: { id: LOCAL, members: [65001, 65002] },
    };
    const reason = (more: object, by = verifier) => answerRequest({ ...inside, ...more }, by).reason;
    expect(reason({})).toBe('pcount-zero');
    expect(reason({ allowPcountZero: true })).toBe('ok');
    expect(reason({ allowPcountZero: true }, verifierOf([64496]))).toBe('router-key-missing');
    expect(reason({ allowPcountZero: true, verifyMembers: false }, verifierOf([64496]))).toBe('ok');
    expect(reason({ confederation: undefined })).toBe('confed-flag-unexpected');
    // From outside, the confederation plays no part but for its loop check.
    const outside = {
      message: hex,
      localAs: LOCAL,
      peerAs: 64499,
      confederation: { id: LOCAL, members: [65001] },
    };
    expect(answerRequest(outside, verifier).outcome).toBe('valid');
    expect(answerRequest({ ...outside, confederation: { id: 64496, members: [] } }, verifier).reason).toBe(
      'as-loop',
    );
  });

  it('messages above 4096 octets are accepted unless the request says otherwise', () => {
    const filler = pathAttribute(200, new Uint8Array(5000));
    const message = toHex(messageOf(pathOf([64496], LOCAL), [pathAttribute(1, Uint8Array.of(0)), filler]));
    const long = { message, localAs: LOCAL, peerAs: 64496 };
    expect(answerRequest(long, verifier).outcome).toBe('valid');
    const strict = answerRequest({ ...long, extendedMessages: false }, verifier);
    expect([strict.outcome, strict.reason]).toEqual(['session-reset', 'message-length']);
  });

  it.each([
    ['request', null],
    ['request', []],
    ['request', 'text'],
    ['request-member', {}],
    ['request-member', { ...request, message: 5 }],
    ['hex-syntax', { ...request, message: 'xy' }],
    ['hex-length', { ...request, message: 'abc' }],
    ['truncated', { ...request, message: 'ff' }],
    ['asn-syntax', { ...request, localAs: undefined }],
    ['asn-range', { ...request, localAs: 0 }],
    ['asn-range', { ...request, peerAs: 2 ** 32 }],
    ['request-member', { ...request, ibgp: 'yes' }],
    ['request-member', { ...request, attributeType: 34 }],
    ['request-member', { ...request, confederation: 5 }],
    ['request-member', { ...request, confederation: { id: 1, members: 5 } }],
    ['message-kind', { ...request, message: `${'ff'.repeat(16)}001304` }],
  ])('%s is an error of the request: %j', (code, value) => {
    expect(() => answerRequest(value, verifier)).toThrow(
      expect.objectContaining({ name: 'DecodeError', code }),
    );
  });
});

describe('explanations', () => {
  it('show every octet another implementation needs', () => {
    const { explanation } = answerRequest(request, verifier, true);
    const lines = (explanation ?? '').split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'verdict: valid (ok; RFC 8205 5.2)',
      'prefix: 192.0.2.0/24',
      'AS_PATH: 64499 64496, length 2',
      'Signature_Block 1: suite 1 (SHA-256, ECDSA P-256): valid, 2 of 2 verified',
    ]);
    expect(lines).toContain('  hop 1: AS 64496 to AS 64499: valid');
    expect(lines).toContain('    octets     0000fbf301000000fbf00100010118c00002');
  });
  it('of refused UPDATEs name the item', () => {
    const result = verifyUpdate(messageOf(pathOf([64496, 64499], LOCAL)), external(LOCAL, 1), verifier);
    expect(explainResult(result)).toBe(
      'verdict: treat-as-withdraw (peer-as-mismatch; RFC 8205 5.2(2), check 2)',
    );
  });
});

describe('hostile input', () => {
  it('any octets give an outcome or one of the documented errors', () => {
    const valid = messageOf(pathOf([64496, 64499], LOCAL));
    const damaged = fc
      .tuple(fc.nat({ max: valid.length - 1 }), fc.uint8Array({ minLength: 1, maxLength: 4 }))
      .map(([at, octets]) => {
        const message = valid.slice();
        message.set(octets.subarray(0, message.length - at), at);
        return message;
      });
    const codes = new Set<string>();
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), damaged), (message) => {
        try {
          codes.add(answerRequest({ ...request, message: toHex(message) }, verifier, true).outcome);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
          codes.add(error instanceof DecodeError ? error.code : '');
        }
      }),
      { numRuns: 400 },
    );
    for (const code of ['not-valid', 'treat-as-withdraw', 'session-reset', 'truncated'])
      expect(codes).toContain(code);
  });

  it('a message full of segments stops at the first signature, however many there are', () => {
    requirement('rfc8205:7.3:stop-at-bad-signature', 'rfc8205:8.3:cheap-checks-first');
    const hops = 2300;
    const one = { ski: keyOf(1).ski, signature: new Uint8Array(0) };
    const path = {
      segments: Array.from({ length: hops }, () => ({ pCount: 255, flags: 0, asn: 64499 })),
      blocks: [{ suite: 1, signatures: Array.from({ length: hops }, () => one) }],
    };
    const message = messageOf(path);
    const result = verifyUpdate(message, external(LOCAL, 64499), verifier);
    expect([result.verdict, result.reason, result.pathLength]).toEqual([
      'not-valid',
      'router-key-missing',
      255 * hops,
    ]);
    expect(result.blocks[0]?.signatures.filter(({ octets }) => octets).length).toBe(1);
    // The empty MP_REACH_NLRI of a message without any room is no way around.
    const empty = encodeUpdateMessage(
      {
        kind: 'update',
        withdrawnField: new Uint8Array(0),
        attributes: [pathAttribute(ATTR_MP_REACH_NLRI, new Uint8Array(3))],
        nlriField: new Uint8Array(0),
      },
      true,
    );
    expect(answerRequest({ ...request, message: toHex(empty) }, verifier).outcome).toBe('session-reset');
  });
});
