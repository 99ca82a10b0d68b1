import { connect } from 'node:net';
import { AS_SEQUENCE } from 'pathsec/bgp';
import { parsePrefix } from 'pathsec/inet';
import { encodePdu } from 'pathsec/rtr';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBgpSpeaker } from '../../../src/node/bgp-speaker.js';
import { announcementOf } from '../../../src/node/router/announcement.js';
import { startLab } from '../../../src/node/router/lab.js';
import { freePort } from '../../interop/daemon.js';
import { pdusOf } from '../../rtr/cache-answers.js';

const refused = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve('connected');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
  });

describe('a laboratory that cannot come up', () => {
  it('leaves nothing open: neither its cache nor the neighbours that did listen', async () => {
    const [rtr, bgp] = [await freePort(), await freePort()];
    const starting = startLab({
      rtr: { host: '127.0.0.1', port: rtr },
      listenPort: bgp,
      nextHops: { ipv4: '127.0.0.1', ipv6: '::1' },
      neighbors: [
        { as: 64_500, address: '127.0.0.1' },
        { as: 64_501, address: '192.0.2.1' }, // not of this machine
      ],
      sessionId: 1,
      patience: 1,
    });
    await expect(starting).rejects.toThrow('EADDRNOTAVAIL');
    expect([await refused(rtr), await refused(bgp)]).toEqual(['ECONNREFUSED', 'ECONNREFUSED']);
  });
});

describe('a laboratory whose router tells what it was not asked', () => {
  it('keeps nothing of prefixes that nobody announced to it, and counts them', async () => {
    const port = await freePort();
    const lab = await startLab({
      rtr: { host: '127.0.0.1', port: 0 },
      listenPort: port,
      nextHops: { ipv4: '127.0.0.1', ipv6: '::1' },
      neighbors: [{ as: 64_501, address: '127.0.0.1' }],
      sessionId: 1,
      patience: 60,
    });
    onTestFinished(() => lab.close());
    const [own, foreign] = [parsePrefix('192.0.2.0/24'), parsePrefix('198.51.100.0/24')];
    const asPath = [{ type: AS_SEQUENCE, asns: [64_500] }] as const;
    let said = false;
    const fake = await startBgpSpeaker({
      peers: [{ session: { localAs: 64_500, routerId: 1, connectRetryTime: 1 }, address: '127.0.0.1', port }],
      onReport(connection, _, report) {
        if (report.kind !== 'update' || said) return;
        said = true;
        const nextHop = Uint8Array.of(127, 0, 0, 1);
        for (const prefix of [foreign, foreign, own]) {
          const mark = [64_501, 100, 1] as const;
          connection.send(announcementOf({ prefix, asPath, nextHop, mark }));
        }
      },
    });
    onTestFinished(() => fake.stop());
    await lab.patience.until(() => lab.collector.connection !== undefined);
    await lab.announce(lab.collector, [{ prefix: own, asPath }]);
    await lab.patience.until(() => lab.seen.size > 0);
    expect([...lab.seen.keys()]).toEqual(['192.0.2.0/24']);
    expect(lab.unasked).toBe(2);
  });
});

describe('a laboratory whose cache becomes one of single octets', () => {
  it('gives the router its intervals first: without them a router stays away for minutes', async () => {
    const lab = await startLab({
      rtr: { host: '127.0.0.1', port: 0 },
      listenPort: await freePort(),
      nextHops: { ipv4: '127.0.0.1', ipv6: '::1' },
      neighbors: [{ as: 64_501, address: '127.0.0.1' }],
      sessionId: 1,
      patience: 60,
    });
    onTestFinished(() => lab.close());
    const taken = lab.takeRtr();
    const socket = connect(lab.rtrPort, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const answer: Buffer[] = [];
    socket.on('data', (chunk) => answer.push(chunk)).write(encodePdu({ type: 'reset-query' }, 2));
    await new Promise((done) => socket.on('close', done));
    const intervals = pdusOf(Buffer.concat(answer)).flatMap((pdu) =>
      pdu.type === 'end-of-data' ? [pdu.timing?.retry] : [],
    );
    expect(intervals).toEqual([1]);
    await taken;
  });
});
