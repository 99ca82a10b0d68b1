import fc from 'fast-check';
import { encodeBmp } from 'pathsec/bmp';
import { concatOctets, DecodeError, toHex } from 'pathsec/bytes';
import { formatAddress } from 'pathsec/inet';
import { type CapturedMessage, createCaptureMessages } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { announce, INITIATION, monitor, peerUp, withdraw } from '../bmp/samples.js';
import { Connection, pcap, pcapng } from '../unpack/capture-files.js';
import { KEEPALIVE, open, PATH_A, session } from './captured.js';

/** The messages of a capture that comes in pieces, and how often octets were missing. */
function messagesOf(octets: Uint8Array, chunk = octets.length || 1) {
  const messages: CapturedMessage[] = [];
  const capture = createCaptureMessages((message) => messages.push(message));
  for (let at = 0; at < octets.length; at += chunk) capture.push(octets.subarray(at, at + chunk));
  capture.end();
  return { messages, gaps: capture.gaps, packets: capture.packets };
}

const hexOf = ({ messages }: ReturnType<typeof messagesOf>): string[] =>
  messages.map(({ octets }) => toHex(octets));

describe('the messages of a capture', () => {
  it('are those that were sent, of both sides, with packet and ends', () => {
    const { packets } = session().send('a', announce(PATH_A)).send('b', withdraw);
    const { gaps, messages, packets: count } = messagesOf(pcap(packets));
    expect(messages.map(({ octets }) => toHex(octets))).toEqual(
      [open(64500), open(64496), KEEPALIVE, KEEPALIVE, announce(PATH_A), withdraw].map((one) => toHex(one)),
    );
    const [first] = messages;
    expect([first?.protocol, first?.place.number, first?.from.port, first?.to.port]).toEqual([
      'bgp',
      3,
      40_000,
      179,
    ]);
    expect(messages.map(({ from }) => formatAddress(from.address))).toEqual([
      '192.0.2.2',
      '192.0.2.1',
      '192.0.2.1',
      '192.0.2.2',
      '192.0.2.1',
      '192.0.2.2',
    ]);
    expect([gaps, count]).toEqual([0, packets.length]);
    expect(hexOf(messagesOf(pcapng(packets)))).toHaveLength(6);
  });

  it('stand whole whatever packets they are in, and however the capture comes', () => {
    const sent = [announce(PATH_A), withdraw, KEEPALIVE, announce('64496')];
    const stream = concatOctets(sent);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 400 }),
        (cuts, chunk) => {
          const connection = session();
          const borders = [0, ...cuts.sort((a, b) => a - b), stream.length];
          for (const [i, end] of borders.slice(1).entries()) {
            connection.send('a', stream.subarray(borders[i], end));
          }
          const hex = hexOf(messagesOf(pcap(connection.packets), chunk));
          expect(hex.slice(-sent.length)).toEqual(sent.map((one) => toHex(one)));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('of BMP are those of its stream; nothing is read behind a gap, and what is neither is passed over', () => {
    const sent = [INITIATION, peerUp(), monitor(announce(PATH_A))].map(encodeBmp);
    const bmp = new Connection({ a: '192.0.2.9:40000', b: '192.0.2.2:11019' }).send('a', ...sent);
    const other = new Connection({ a: '192.0.2.7:80', b: '192.0.2.2:50000' }).send(
      'a',
      new TextEncoder().encode('HTTP/1.1 200 OK and so on, which is long enough to tell that it is no BGP'),
    );
    const { messages } = messagesOf(pcap([...other.packets, ...bmp.packets]));
    expect(messages.map(({ octets, protocol }) => [protocol, toHex(octets)])).toEqual(
      sent.map((one) => ['bmp', toHex(one)]),
    );
    const twice = new Connection({ a: '192.0.2.9:40000', b: '192.0.2.2:11019' }).send('a', ...sent, ...sent);
    // The second message of it is missing: behind the two SYNs and the first.
    const cut = messagesOf(pcap(twice.packets.filter((_, i) => i !== 3)));
    expect(hexOf(cut)).toEqual([toHex(sent[0] ?? new Uint8Array(0))]);
    expect(cut.gaps).toBe(1);
  });

  it('before damage are given, and the damage is told', () => {
    const { packets } = session();
    const octets = concatOctets([pcap(packets), new Uint8Array(16).fill(0xff)]);
    const messages: CapturedMessage[] = [];
    const capture = createCaptureMessages((message) => messages.push(message));
    expect(() => capture.push(octets)).toThrow(DecodeError);
    expect(messages).toHaveLength(4);
  });
});
