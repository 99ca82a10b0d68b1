import { decodeUpdate, inspectUpdate, type SessionOptions, strongestTreatment } from 'pathsec/bgp';
import { DecodeError } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { AS_PATH, attribute, hex, MP_REACH, NEXT_HOP, NLRI, ORIGIN, updateOf } from './wire-support.js';

const BASE = [ORIGIN, AS_PATH, NEXT_HOP];

describe('several faults, and what depends on the session', () => {
  it('several faults: all are listed, the strongest treatment counts, §3 h', () => {
    const octets = updateOf(
      [attribute(0x40, 1, '03'), AS_PATH, NEXT_HOP, attribute(0x40, 6, '00'), attribute(0x40, 1, '00')],
      { nlri: NLRI },
    );
    const update = decodeUpdate(octets);
    expect(update.faults.map(({ code, treatment }) => [code, treatment])).toEqual([
      ['origin-value', 'treat-as-withdraw'],
      ['atomic-aggregate-length', 'attribute-discard'],
      ['attribute-repeated', 'attribute-discard'],
    ]);
    expect(update.treatment).toBe('treat-as-withdraw');
    expect(update.values.origin).toBeUndefined();
    expect(strongestTreatment([])).toBeUndefined();
  });

  it('a session reset is thrown with the first fault that asks for it', () => {
    const octets = updateOf([attribute(0x40, 1, '03'), MP_REACH, MP_REACH], { nlri: '18c000' });
    expect(inspectUpdate(octets).treatment).toBe('session-reset');
    expect(() => decodeUpdate(octets)).toThrow(expect.objectContaining({ code: 'nlri-overrun' }));
  });

  it('attribute-discard alone does not reset a session without reachable routes, §5.2', () => {
    const update = decodeUpdate(updateOf([attribute(0x40, 6, '00')], { withdrawn: NLRI }));
    expect(update.treatment).toBe('attribute-discard');
  });

  it('a discarded attribute leaves no value, and the first of repeated ones counts', () => {
    const update = decodeUpdate(
      updateOf([...BASE, attribute(0x40, 5, '00000064'), attribute(0x40, 1, '02')], { nlri: NLRI }),
      { peer: 'external' },
    );
    expect(update.values.localPref).toBeUndefined();
    expect(update.values.origin).toBe('igp');
    expect(update.faults.map(({ code }) => code)).toEqual(['local-pref-external', 'attribute-repeated']);
  });

  it('NEXT_HOP beside MP_REACH_NLRI alone is ignored, RFC 4760 §3', () => {
    for (const value of ['00000000', 'c00002', 'c0000201']) {
      const update = decodeUpdate(updateOf([MP_REACH, ORIGIN, AS_PATH, attribute(0x40, 3, value)]));
      expect(update.faults).toEqual([]);
      expect(update.values.nextHop).toBeUndefined();
    }
    const withRoutes = decodeUpdate(
      updateOf([MP_REACH, ORIGIN, AS_PATH, attribute(0x40, 3, '00000000')], { nlri: NLRI }),
    );
    expect(withRoutes.faults.map(({ code }) => code)).toEqual(['next-hop-address']);
  });

  it('own routes of internal BGPsec peers have neither path attribute, RFC 8205 §4.1', () => {
    requirement('rfc8205:4.1:own-route-to-bgpsec-ibgp', '!rfc8205:4.4:absent-is-empty');
    const own = updateOf([MP_REACH, ORIGIN]);
    const codes = (session: SessionOptions): string[] =>
      decodeUpdate(own, session).faults.map(({ code }) => code);
    expect(codes({ peer: 'internal', bgpsecReceived: true })).toEqual([]);
    expect(codes({ peer: 'internal' })).toEqual(['as-path-missing']);
    expect(codes({ peer: 'external', bgpsecReceived: true })).toEqual(['as-path-missing']);
    expect(codes({ peer: 'confed-external', bgpsecReceived: true })).toEqual(['as-path-missing']);
  });

  it('confederation segments pass on sessions inside the confederation', () => {
    const octets = updateOf([ORIGIN, attribute(0x40, 2, '0301 0000fde9'), NEXT_HOP], { nlri: NLRI });
    for (const peer of ['confed-external', 'internal'] as const) {
      expect(decodeUpdate(octets, { peer }).faults).toEqual([]);
    }
    expect(decodeUpdate(octets).faults).toEqual([]);
  });

  it('a message that is no UPDATE, or none at all', () => {
    const keepalive = hex(`${'ff'.repeat(16)} 0013 04`);
    expect(() => decodeUpdate(keepalive)).toThrow(expect.objectContaining({ code: 'message-kind' }));
    expect(() => decodeUpdate(new Uint8Array(0))).toThrow(DecodeError);
    const long = updateOf([...BASE, attribute(0xc0, 99, '00'.repeat(4096))], { nlri: NLRI });
    expect(decodeUpdate(long).faults).toEqual([]);
    expect(() => decodeUpdate(long, { extendedMessages: false })).toThrow(
      expect.objectContaining({ code: 'message-length' }),
    );
  });
});
