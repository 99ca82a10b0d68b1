import { decodeUpdate } from 'pathsec/bgp';
import { encodeBmp } from 'pathsec/bmp';
import { concatOctets } from 'pathsec/bytes';
import { formatPrefix } from 'pathsec/inet';
import { describe, expect, it } from 'vitest';
import type { Gathered } from '../../src/site/octets/gathered.js';
import { MAX_FRAMES, readOctetsFile } from '../../src/site/octets/read-file.js';
import { announce, INITIATION, monitor, peerUp } from '../bmp/samples.js';
import { KEEPALIVE, session } from '../routes/captured.js';
import { Connection, pcap, pcapng } from '../unpack/capture-files.js';

const textOctets = (text: string): Uint8Array => new TextEncoder().encode(text);
const messagesOf = ({ frames, octets }: Gathered): Uint8Array[] =>
  frames.map(({ end, start }) => octets.slice(start, end));

describe('a file of octets', () => {
  it('is cut into messages', async () => {
    const stream = concatOctets([KEEPALIVE, announce('64496'), KEEPALIVE]);
    const file = await readOctetsFile(stream);
    expect([file.kind, file.cut, file.frames.length]).toEqual(['bgp', false, 3]);
    expect(messagesOf(file)[1]).toEqual(announce('64496'));
  });

  it('that is a capture has the messages of BGP and BMP in it, each with its packet and ends', async () => {
    const bmp = new Connection({ a: '192.0.2.9:40000', b: '192.0.2.2:11019' }).send(
      'a',
      ...[INITIATION, peerUp(), monitor(announce('64496'))].map(encodeBmp),
    );
    const { packets } = session().send('a', announce('64496 64497'));
    const file = await readOctetsFile(pcap([...packets, ...bmp.packets]));
    expect(file.frames.map(({ kind }) => kind)).toEqual([
      'bgp',
      'bgp',
      'bgp',
      'bgp',
      'bgp',
      'bmp',
      'bmp',
      'bmp',
    ]);
    expect(file.frames[4]?.label).toBe('packet 7, 192.0.2.1:179 to 192.0.2.2:40000');
    expect(messagesOf(file)[4]).toEqual(announce('64496 64497'));
    expect(file.note).toBe('out of 12 packets');
    expect((await readOctetsFile(pcapng(packets))).frames).toHaveLength(5);
    const damaged = concatOctets([pcap(packets), new Uint8Array(16).fill(0xff)]);
    expect((await readOctetsFile(damaged)).note).toContain('nothing is read behind damage');
    await expect(readOctetsFile(pcap([]))).rejects.toThrow(
      'a capture without a message of BGP or BMP in its 0 packets',
    );
  });

  it('that is text has hexadecimal, or routes, of which UPDATEs are made that say the same', async () => {
    const hex = await readOctetsFile(textOctets(Buffer.from(KEEPALIVE).toString('hex')));
    expect([hex.frames.length, hex.note]).toEqual([1, undefined]);
    const line = JSON.stringify({
      type: 'ris_message',
      data: {
        type: 'UPDATE',
        timestamp: 1_700_000_000,
        peer: '192.0.2.9',
        peer_asn: '64510',
        path: [64510, 64505],
        announcements: [{ next_hop: '192.0.2.9', prefixes: ['198.51.100.0/24', '203.0.113.0/24'] }],
        withdrawals: ['192.0.2.0/24'],
      },
    });
    for (const text of [line, `${line}\n${line}\n`]) {
      const file = await readOctetsFile(textOctets(text));
      expect(file.note).toContain('made of routes in text');
      const updates = messagesOf(file).map((message) => decodeUpdate(message, {}));
      expect(updates.slice(0, 3).map(({ nlri }) => nlri.map(({ prefix }) => formatPrefix(prefix)))).toEqual([
        [],
        ['198.51.100.0/24'],
        ['203.0.113.0/24'],
      ]);
      expect(file.frames[1]?.label).toBe('line 1, 198.51.100.0/24');
    }
    await expect(readOctetsFile(textOctets('{"roas": []}'))).rejects.toThrow(
      'text that is no hexadecimal and has no routes',
    );
    await expect(readOctetsFile(textOctets('64496 64497x'))).rejects.toThrow('has no routes');
  });

  it('is no more than a bound, and says so', async () => {
    const many = await readOctetsFile(concatOctets(Array.from({ length: MAX_FRAMES + 1 }, () => KEEPALIVE)));
    expect([many.frames.length, many.cut]).toEqual([MAX_FRAMES, true]);
  });

  it.each([
    ['nothing', new Uint8Array(0), 'an empty file'],
    [
      'another archive',
      textOctets('PK\u0003\u0004 and more'),
      'a ZIP archive, which this page does not read',
    ],
  ])('that is %s is refused', async (_title, octets, said) => {
    await expect(readOctetsFile(octets)).rejects.toThrow(said);
  });
});
