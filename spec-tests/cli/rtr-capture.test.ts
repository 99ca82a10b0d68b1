import { concatOctets } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { encodePdu, type Pdu } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';
import { Connection, pcap } from '../unpack/capture-files.js';
import { run, temporaryFile } from './run.js';

const octets = (...pdus: readonly Pdu[]): Uint8Array => concatOctets(pdus.map((pdu) => encodePdu(pdu, 1)));
const vrp = (asn: number): Pdu => ({
  type: 'ipv4-prefix',
  announce: true,
  vrp: { prefix: parsePrefix('192.0.2.0/24'), maxLength: 24, asn },
});
const response = (serial: number, ...pdus: readonly Pdu[]): Uint8Array =>
  octets({ type: 'cache-response', sessionId: 5 }, ...pdus, {
    type: 'end-of-data',
    sessionId: 5,
    serial,
    timing: { refresh: 3600, retry: 600, expire: 7200 },
  });
const RESET = octets({ type: 'reset-query' });
const heard = () => new Connection().send('b', RESET).send('a', response(1, vrp(64496)));
/** The verdict on the route of AS 64496 by the payloads of a capture. */
const validate = (capture: string, ...more: string[]) =>
  run(['rov', 'validate', '-p', '192.0.2.0/24', '-a', '64496', '--rpki', capture, ...more]);

describe('a capture as a source of payloads', () => {
  it('decides as the file of its payloads would', async () => {
    const capture = temporaryFile('rtr.pcap', pcap(heard().packets));
    const { code, stdout, stderr } = await validate(capture);
    expect([code, stdout, stderr]).toEqual([0, expect.stringContaining('valid'), '']);
    const dump = await run(['rtr', 'dump', capture]);
    expect(dump).toMatchObject({ code: 0, stdout: 'vrp 192.0.2.0/24-24 AS64496\n', stderr: '' });
    const same = temporaryFile('a.json', '{"roas":[{"prefix":"192.0.2.0/24","maxLength":24,"asn":64496}]}');
    expect((await run(['rtr', 'diff', capture, same, '--exit-code'])).code).toBe(0);
  });

  it('tells what was not heard, and is fatal then with --strict', async () => {
    const connection = heard().send('b', octets({ type: 'serial-query', sessionId: 5, serial: 1 }));
    connection.next('a', response(2).subarray(0, 8));
    connection.send('a', response(2, vrp(64497)).subarray(8));
    const capture = temporaryFile('rtr.pcap', pcap(connection.packets));
    const { code, stderr } = await validate(capture);
    expect(code).toBe(0);
    expect(stderr).toContain(
      '192.0.2.2:40000 at 192.0.2.1:179, packet 6: octets of the cache were not heard (rtr-unseen-octets)',
    );
    expect(stderr).toContain('what came after its last whole response was not heard');
    const strict = await validate(capture, '--strict');
    expect(strict).toMatchObject({ code: 2, stderr: expect.stringContaining('1 faults in sessions of RTR') });
  });

  it.each([
    [
      'without RTR',
      new Connection().send('b', new TextEncoder().encode('GET / HTTP/1.1')),
      'without a session of RTR',
    ],
    ['that begins within a session', new Connection().send('a', response(1)), 'shows a whole database'],
  ])('%s is refused', async (_name, { packets }, why) => {
    const capture = temporaryFile('rtr.pcap', pcap(packets));
    const { code, stderr } = await run(['rtr', 'dump', capture]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
  });

  it('that ends within a packet is refused', async () => {
    const file = pcap(heard().packets);
    const { code, stderr } = await run([
      'rtr',
      'dump',
      temporaryFile('x.pcap', file.subarray(0, file.length - 1)),
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('record-truncated')]);
  });

  it('is no cache that cannot be reached', async () => {
    const { code, stderr } = await run(['rtr', 'dump', 'no-such-file']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('no-such-file is not HOST:PORT')]);
  });
});

describeShared('captured sessions of StayRTR 0.5.1', () => {
  it('are printed, ASPAs in the layout that is named', async () => {
    const file = shared('data/captures/rtr-v2-draft8210bis10-stayrtr0.5.1.pcap');
    const { code, stdout } = await run(['rtr', 'dump', file, '--aspa-layout', '8210bis-10']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('aspa AS64496 AS64498 AS64499')]);
    const current = await run(['rtr', 'dump', file]);
    expect(current).toMatchObject({ code: 2, stderr: expect.stringContaining('rtr-aspa-old-layout') });
  });
});
