import { readFileSync } from 'node:fs';
import { concatOctets } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { type CapturedRtr, type CaptureRtrOptions, payloadsOfSessions, readRtrCapture } from 'pathsec/node';
import { encodePdu, type Pdu } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { lines } from '../rtr/harness.js';
import { describeShared, shared } from '../support.js';
import { Connection, pcap, pcapng } from '../unpack/capture-files.js';

const octets = (...pdus: readonly Pdu[]): Uint8Array => concatOctets(pdus.map((pdu) => encodePdu(pdu, 1)));
const vrp = (prefix: string): Pdu => ({
  type: 'ipv4-prefix',
  announce: true,
  vrp: { prefix: parsePrefix(prefix), maxLength: 24, asn: 64496 },
});
const answer = (...prefixes: readonly string[]): Uint8Array =>
  octets({ type: 'cache-response', sessionId: 5 }, ...prefixes.map(vrp), {
    type: 'end-of-data',
    sessionId: 5,
    serial: 1,
    timing: { refresh: 3600, retry: 600, expire: 7200 },
  });
const RESET = octets({ type: 'reset-query' });

async function* once(file: Uint8Array, step = file.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += step) yield file.subarray(at, at + step);
}

async function read(file: Uint8Array, options: CaptureRtrOptions = {}, step?: number) {
  const events: string[] = [];
  const sessions = await readRtrCapture(once(file, step), {
    ...options,
    onEvent: (_session, event) =>
      events.push(`#${event.number} ${event.kind === 'fault' ? event.code : event.kind}`),
  });
  return { sessions, events };
}
const held = (sessions: readonly CapturedRtr[]): string[] => lines(payloadsOfSessions(sessions));

describe('the sessions of RTR in a capture', () => {
  const one = () => new Connection().send('b', RESET).send('a', answer('192.0.2.0/24'));

  it('have the payloads of their caches, united', async () => {
    const other = new Connection({ a: '[2001:db8::1]:323', b: '[2001:db8::2]:40000' }).send('b', RESET);
    other.send('a', answer('192.0.2.0/24', '198.51.100.0/24'));
    const noise = new Connection({ a: '192.0.2.9:80' }).send('b', new TextEncoder().encode('GET / HTTP/1.1'));
    const file = pcap([...one().packets, ...noise.packets, ...other.packets]);
    const { sessions, events } = await read(file);
    expect(sessions.map(({ cache, router }) => `${router} > ${cache}`)).toEqual([
      '192.0.2.2:40000 > 192.0.2.1:179',
      '[2001:db8::2]:40000 > [2001:db8::1]:323',
    ]);
    expect(held(sessions)).toHaveLength(2);
    expect(events).toEqual(['#4 update', '#11 update']);
    expect((await read(file, {}, 11)).events).toEqual(events);
    expect(held((await read(pcapng(one().packets))).sessions)).toHaveLength(1);
  });

  it('are put in order, and told where packets are missing', async () => {
    const whole = answer('192.0.2.0/24', '198.51.100.0/24');
    const late = new Connection().send('b', RESET);
    const first = late.next('a', whole.subarray(0, 20));
    late.send('a', whole.subarray(20));
    expect(held((await read(pcap([...late.packets, first]))).sessions)).toHaveLength(2);
    const { sessions, events } = await read(pcap(late.packets));
    expect(events).toEqual(['#4 rtr-unseen-octets']);
    expect(held(sessions)).toEqual([]);
    expect(sessions[0]?.transcript.complete).toBe(false);
  });

  it('that began before are found by a packet that begins with a PDU', async () => {
    const middle = new Connection({ syn: false }).send('a', answer('192.0.2.0/24').subarray(5));
    middle.send('a', octets({ type: 'serial-notify', sessionId: 5, serial: 2 }));
    middle.send('b', RESET).send('a', answer('198.51.100.0/24'));
    const { sessions } = await read(pcap(middle.packets));
    expect(held(sessions)).toHaveLength(1);
    const never = new Connection({ syn: false });
    for (let i = 0; i < 64; i++) never.send('a', Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9));
    expect((await read(pcap(never.send('b', RESET).packets))).sessions).toEqual([]);
  });

  it('stay within limits', async () => {
    const packets = Array.from({ length: 1_025 }, (_, i) =>
      new Connection({ b: `192.0.2.2:${1_000 + i}` }).send('b', RESET),
    ).flatMap((connection) => connection.packets);
    await expect(read(pcap(packets))).rejects.toMatchObject({ code: 'rtr-sessions' });
  });

  it('end with the file, which may be damaged', async () => {
    const file = pcap(one().packets);
    await expect(read(file.subarray(0, file.length - 1))).rejects.toMatchObject({ code: 'record-truncated' });
    await expect(read(new Uint8Array(50))).rejects.toMatchObject({ code: 'capture-format' });
  });
});

describeShared('captured sessions of StayRTR 0.5.1', () => {
  const capture = (name: string) => new Uint8Array(readFileSync(shared(`data/captures/${name}`)));

  it('give the payloads that it was fed', async () => {
    for (const [name, vrps, keys] of [
      ['rtr-v0.pcap', 2, 0],
      ['rtr-v1.pcap', 2, 1],
    ] as const) {
      const { sessions, events } = await read(capture(name));
      const union = payloadsOfSessions(sessions);
      expect([name, union.vrps.size, union.routerKeys.size]).toEqual([name, vrps, keys]);
      expect(events).toHaveLength(1);
    }
  });

  it('give ASPAs in the layout that is named, and none in the other', async () => {
    const file = capture('rtr-v2-draft8210bis10-stayrtr0.5.1.pcap');
    const old = await read(file, { aspaLayout: '8210bis-10' });
    expect(payloadsOfSessions(old.sessions).aspas.size).toBe(2);
    const { sessions, events } = await read(file);
    expect(events[0]).toContain('rtr-aspa-old-layout');
    expect(sessions[0]?.transcript.complete).toBe(false);
  });
});
