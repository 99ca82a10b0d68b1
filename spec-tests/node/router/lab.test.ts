import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startLab } from '../../../src/node/router/lab.js';
import { freePort } from '../../interop/daemon.js';

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
