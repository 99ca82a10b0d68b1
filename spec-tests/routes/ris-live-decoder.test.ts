import { formatAsPath } from 'pathsec/bgp';
import { formatAddress, formatPrefix } from 'pathsec/inet';
import { createRisLiveDecoder, type RisLiveMessage } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { risState, risUpdate, risWithdrawal } from './ris-lines.js';

const shown = (message: RisLiveMessage): unknown =>
  message.kind !== 'peer'
    ? message
    : [
        message.host,
        message.type,
        ...message.elements.map((one) => {
          const who = `${one.kind} ${formatAddress(one.peer.address)} ${one.peerAs} ${one.time}.${one.microseconds}`;
          if (one.kind === 'state') return `${who} ${one.oldState}>${one.newState}`;
          const path = one.kind === 'route' ? ` ${formatAsPath(one.asPath)}` : '';
          return `${who} ${formatPrefix(one.prefix)}${path}`;
        }),
        ...message.problems.map(({ code, number }) => `${code} ${number}`),
      ];
const PREFIXES = ['198.51.100.0/24', '203.0.113.0/24'];

describe('a decoder of RIS Live', () => {
  it.each([false, true])('gives the routes of a message with their collector (raw: %s)', (raw) => {
    const { decode } = createRisLiveDecoder();
    const message = decode(risUpdate('64496 64497', PREFIXES, { host: 'rrc21', raw }));
    expect(shown(message)).toEqual([
      'rrc21.ripe.net',
      'UPDATE',
      'route 192.0.2.1 64496 1700000000.250000 198.51.100.0/24 64496 64497',
      'route 192.0.2.1 64496 1700000000.250000 203.0.113.0/24 64496 64497',
    ]);
    // What was decoded stays as it is.
    decode(risUpdate('1', ['10.0.0.0/8'], { raw }));
    expect(JSON.stringify(shown(message))).toContain('203.0.113.0/24 64496 64497');
  });

  it('gives withdrawals, states of sessions, and what the service says itself', () => {
    const { decode } = createRisLiveDecoder();
    expect(shown(decode(risWithdrawal(PREFIXES)))).toHaveLength(4);
    expect(shown(decode(risState('connected')))).toContain('state 192.0.2.1 64496 1700000000.250000 5>6');
    expect(shown(decode(risState('down')))).toContain('state 192.0.2.1 64496 1700000000.250000 6>1');
    expect(shown(decode('{"type":"ris_subscribe_ok","data":{}}'))).toEqual({ kind: 'subscribed' });
    expect(shown(decode('{"type":"pong"}'))).toEqual({ kind: 'other', type: 'pong' });
    expect(shown(decode('{}'))).toEqual({ kind: 'other', type: '' });
    for (const [data, message] of [
      ['{"message":"too slow"}', 'too slow'],
      ['"too slow"', 'too slow'],
      ['null', 'no reason given'],
      ['{"message":7}', 'no reason given'],
    ]) {
      expect(shown(decode(`{"type":"ris_error","data":${data}}`))).toEqual({ kind: 'error', message });
    }
  });

  it('tells what of a message cannot be read, beside the rest', () => {
    const { decode } = createRisLiveDecoder();
    decode('{}');
    expect(shown(decode(risUpdate('64496', ['198.51.100.0/33', '203.0.113.0/24'])))).toEqual([
      'rrc00.ripe.net',
      'UPDATE',
      'route 192.0.2.1 64496 1700000000.250000 203.0.113.0/24 64496',
      'prefix-length 2',
    ]);
    for (const text of ['', '{', '[]', 'null', '"x"', '{"data":{"peer_asn":"x"}}']) {
      expect(() => decode(text)).toThrowError(expect.objectContaining({ name: 'DecodeError' }));
    }
  });
});
