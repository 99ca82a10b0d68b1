import { BgpError, decodeUpdate, encodeUpdateMessage, inspectUpdate } from 'pathsec/bgp';
import { toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { FRAME_ROWS } from './update-frame-rows.js';
import { VALUE_ROWS } from './update-value-rows.js';
import { hex } from './wire-support.js';

const FAULT_ROWS = [...FRAME_ROWS, ...VALUE_ROWS];

describe('faults and their treatment, RFC 7606', () => {
  it.each(FAULT_ROWS)(
    '$name: $code',
    ({ message, session, code, treatment, offset, attribute: type, field }) => {
      requirement(
        '!rfc8205:3:optional-non-transitive',
        'rfc8205:5.2:treat-as-withdraw',
        '!rfc9234:5:attribute-format',
        'rfc9234:5:malformed-treat-as-withdraw',
      );
      const update = inspectUpdate(message, session);
      expect(update.treatment).toBe(treatment);
      const fault = update.faults.find((one) => one.code === code);
      expect(fault).toMatchObject({ code, treatment, offset, field });
      expect(fault?.attribute).toBe(type);
      expect(fault?.notification !== undefined).toBe(treatment === 'session-reset');
      if (treatment === 'session-reset') {
        expect(() => decodeUpdate(message, session)).toThrow(BgpError);
      } else {
        expect(decodeUpdate(message, session)).toEqual(update);
      }
      // Whatever is wrong inside: the fields are kept.
      expect(toHex(encodeUpdateMessage(update.message, true))).toBe(toHex(message));
    },
  );

  it('every row was run', () => {
    expect(FAULT_ROWS).toHaveLength(62);
  });

  it('lengths beyond the message reset the session at once, §3 b', () => {
    for (const text of ['0005 0000', '0000 0001', 'ffff 0000', '0000 ffff']) {
      const octets = hex(`${'ff'.repeat(16)} 0017 02 ${text}`);
      try {
        inspectUpdate(octets);
        expect.unreachable();
      } catch (error) {
        if (!(error instanceof BgpError)) throw error;
        expect(error).toMatchObject({ code: 'update-length', treatment: 'session-reset' });
        expect(error.fault.notification).toMatchObject({ code: 3, subcode: 1 });
      }
    }
    expect.assertions(8);
  });

  it('NOTIFICATIONs, with the attribute as Data where RFC 4271 §6.3 asks for it', () => {
    const of = (code: string): string => {
      const row = FAULT_ROWS.find((one) => one.code === code && one.treatment === 'session-reset');
      if (!row) throw new Error(code);
      const fault = inspectUpdate(row.message, row.session).faults.find((one) => one.code === code);
      const { code: major, subcode, data } = fault?.notification ?? { code: 0, subcode: 0 };
      return `${major}/${subcode} ${toHex(data ?? hex(''))}`;
    };
    expect(of('attribute-repeated')).toBe('3/1 ');
    expect(of('nlri-length')).toBe('3/10 ');
    expect(of('mp-reach-length')).toBe('3/9 800e0400010100');
    expect(of('next-hop-length')).toBe('3/9 800e0e0001010501020304050018c00002');
    expect(of('attribute-flags')).toBe('3/9 c00e0d00010104c00002010018cb0071');
    expect(of('well-known-unrecognized')).toBe('3/2 40630100');
    expect(of('reachable-nlri-missing')).toBe('3/1 ');
  });
});
