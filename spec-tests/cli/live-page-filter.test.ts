import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BgpEvent } from '../../src/cli/bgp/events.js';
import { readFilter } from '../../src/cli/live/page-filter.js';

const peer = { address: '192.0.2.1', as: 64496, id: null, source: 'rib.mrt' };
const roles = { localRole: null, neighborRole: null };
const both = { upstream: 'invalid', downstream: 'unknown' } as const;
const about = { ...roles, time: 1, peer, prefix: '198.51.100.0/24', path: '64496 {64497,64498}' };
const route: BgpEvent = { type: 'route', ...about, rov: 'valid', aspa: null, aspaBoth: both };
const change: BgpEvent = {
  ...{ type: 'change', ...about, rov: 'not-found', aspa: 'valid', cause: 'payload' },
  was: { rov: 'invalid', aspa: 'invalid', bgpsec: 'valid' },
};
const withdraw: BgpEvent = { type: 'withdraw', time: 1, peer, prefix: '2001:db8::/48' };
const session: BgpEvent = {
  type: 'session',
  time: 1,
  peer: { ...peer, as: null, router: '192.0.2.9' },
  state: 'idle',
};
const fault: BgpEvent = { type: 'fault', time: 1, peer: null, code: 'x', treatment: 'y', message: 'z' };
const ALL = { route, change, withdraw, session, fault };

describe('the filter of a page', () => {
  it.each([
    ['', ['route', 'change', 'withdraw', 'session', 'fault']],
    ['type=&rov=', ['route', 'change', 'withdraw', 'session', 'fault']],
    ['type=route', ['route']],
    ['type=withdraw,fault', ['withdraw', 'fault']],
    ['peer=192.0.2.1', ['route', 'change', 'withdraw', 'session']],
    ['peer=AS64496', ['route', 'change', 'withdraw']],
    ['peer=64496', ['route', 'change', 'withdraw']],
    ['peer=rib.mrt', ['route', 'change', 'withdraw', 'session']],
    ['peer=192.0.2.9', ['session']],
    ['peer=nobody', []],
    ['prefix=198.51.100.0/24', ['route', 'change']],
    ['prefix=198.51.0.0/16', ['route', 'change']],
    ['prefix=198.51.100.0/25', []],
    ['prefix=2001:db8::/32', ['withdraw']],
    ['as=64498', ['route', 'change']],
    ['as=6449', []],
    ['rov=valid', ['route']],
    ['rov=invalid', ['change']],
    ['rov=valid,not-found', ['route', 'change']],
    ['aspa=invalid', ['route', 'change']],
    ['aspa=unknown', ['route']],
    ['bgpsec=valid', ['change']],
    ['rov=valid&aspa=valid', []],
    ['type=withdraw&rov=valid', []],
    // Verdicts of one moment, not one of now and one of before.
    ['rov=invalid&aspa=valid', []],
  ])('%j', (query, wanted) => {
    const filter = readFilter(new URLSearchParams(query));
    expect(Object.entries(ALL).flatMap(([name, event]) => (filter(event) ? [name] : []))).toEqual(wanted);
  });

  it.each([
    ['rovv=valid', 'unknown-member', 'rovv'],
    ['__proto__=x', 'unknown-member', '__proto__'],
    ['rov=valid&rov=invalid', 'member-twice', 'rov'],
    ['rov=Valid', 'request-member', 'rov'],
    ['rov=valid,', 'request-member', 'rov'],
    ['type=routes', 'request-member', 'type'],
    ['aspa=not-found', 'request-member', 'aspa'],
    ['prefix=198.51.100.1/24', 'prefix-host-bits', 'prefix'],
    ['prefix=198.51.100.0', 'prefix-syntax', 'prefix'],
    ['as=x', 'asn-syntax', 'as'],
    ['as=4294967296', 'asn-range', 'as'],
    [`peer=${'x'.repeat(257)}`, 'request-member', 'peer'],
  ])('refuses %j', (query, code, field) => {
    expect(() => readFilter(new URLSearchParams(query))).toThrow(
      expect.objectContaining({ name: 'DecodeError', code, field }),
    );
  });

  it('takes or refuses any query, and never breaks on an event', () => {
    const name = fc.constantFrom('type', 'peer', 'prefix', 'as', 'rov', 'aspa', 'bgpsec', 'x');
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('valid', 'route', '10.0.0.0/8', '64496', 'invalid,valid'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 4 }), (members) => {
        const query = new URLSearchParams(members);
        let filter: ReturnType<typeof readFilter>;
        try {
          filter = readFilter(query);
        } catch (error) {
          expect(error).toMatchObject({ name: 'DecodeError' });
          return;
        }
        for (const event of Object.values(ALL)) expect(typeof filter(event)).toBe('boolean');
      }),
    );
  });
});
