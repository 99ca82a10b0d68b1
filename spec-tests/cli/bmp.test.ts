import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { roleCapability } from 'pathsec/bgp';
import { type BmpMessage, encodeBmp, makePeerHeader } from 'pathsec/bmp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { announce, announce6, INITIATION, monitor, PEER, PEER6, peerUp, withdraw } from '../bmp/samples.js';
import { freePort } from '../interop/daemon.js';
import { update } from '../routes/fixtures.js';
import { temporaryFile } from './run.js';
import { start } from './running.js';

const roa = (asn: number) => JSON.stringify({ roas: [{ prefix: '198.51.100.0/24', maxLength: 24, asn }] });
const down: BmpMessage = {
  kind: 'peer-down',
  peer: makePeerHeader(PEER),
  reason: 4,
  data: new Uint8Array(0),
};

/** A router that is connected to the station on `port` as soon as that listens. */
async function router(port: number): Promise<{ send(...messages: BmpMessage[]): void; socket: Socket }> {
  const attempt = (): Promise<Socket> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket));
      socket.on('error', () => {
        socket.destroy();
        setTimeout(() => resolve(attempt()), 20);
      });
    });
  const socket = await attempt();
  onTestFinished(() => void socket.destroy());
  return { socket, send: (...messages) => void socket.write(Buffer.concat(messages.map(encodeBmp))) };
}

async function station(...options: string[]) {
  const port = await freePort();
  const running = start(['bmp', 'listen', '--port', String(port), '--json', ...options]);
  return { running, connected: await router(port), port };
}

const peer = { address: '192.0.2.1', as: 64496, id: '192.0.2.1', router: '127.0.0.1' };

describe('pathsec bmp listen', () => {
  it('prints sessions, routes with verdicts, withdrawals and ends, and what a change of payloads changes', async () => {
    const rpki = temporaryFile('rpki.json', roa(64497));
    const { running, connected } = await station('--rpki', rpki);
    connected.send(
      INITIATION,
      peerUp(PEER, [roleCapability('provider')], [roleCapability('customer')]),
      peerUp(PEER6),
      monitor(announce('64496 64497')),
      monitor(announce6, PEER6),
      monitor(update({})),
    );
    await running.until({ type: 'end', family: '1/1' });
    writeFileSync(rpki, roa(1));
    await running.until({ type: 'change' });
    connected.send(monitor(withdraw), down);
    await running.until({ type: 'session', state: 'down' });
    const { code, lines, stderr } = await running.stop();
    expect(code).toBe(0);
    expect(stderr).toContain('router 127.0.0.1: it is "router"');
    const peer6 = { ...peer, address: '2001:db8::1', as: 4_200_000_001 };
    const roles = { localRole: 'provider', neighborRole: 'customer' };
    const none = { localRole: null, neighborRole: null };
    expect(lines.map(({ time, ...others }) => others)).toEqual([
      { type: 'session', peer, state: 'established', ...roles },
      { type: 'session', peer: peer6, state: 'established', ...none },
      {
        type: 'route',
        peer,
        prefix: '198.51.100.0/24',
        path: '64496 64497',
        ...roles,
        rov: 'valid',
        aspa: 'unknown',
      },
      {
        ...{ type: 'route', peer: peer6, prefix: '2001:db8::/32', path: '4200000001 64497', ...none },
        ...{ rov: 'not-found', aspa: null, aspaBoth: { upstream: 'unknown', downstream: 'valid' } },
      },
      { type: 'end', peer, family: '1/1' },
      {
        ...{ type: 'change', peer, prefix: '198.51.100.0/24', path: '64496 64497', ...roles },
        ...{ rov: 'invalid', aspa: 'unknown', was: { rov: 'valid', aspa: 'unknown' }, cause: 'payload' },
      },
      { type: 'withdraw', peer, prefix: '198.51.100.0/24' },
      { type: 'session', peer, state: 'down', reason: 'the peer closed the session without NOTIFICATION' },
      expect.objectContaining({ type: 'session', peer: peer6, state: 'down' }),
      {
        ...{ type: 'end', peer: null },
        counts: { sessions: 2, routes: 2, withdrawals: 1, changes: 1, faults: 0 },
      },
    ]);
  });

  it('tells of peers without Peer Up, of other RIBs once, of damage, and goes on', async () => {
    const { running, connected } = await station();
    const broken = announce('64496').slice();
    broken[0] = 0;
    const post = monitor(announce('1'), { ...PEER, rib: 'adj-rib-in-post' });
    connected.send(
      monitor(broken),
      post,
      post,
      monitor(announce('64496', false, 2)),
      monitor(announce('64496')),
    );
    await running.until({ type: 'route' });
    connected.socket.end(Uint8Array.of(9, 9, 9, 9, 9, 9));
    await running.until({ type: 'fault', code: 'bmp-version' });
    await running.until({ type: 'session', state: 'down' });
    const { lines } = await running.stop();
    const told = lines.map(({ type, state, code, treatment, reason }) =>
      [type, state, code, treatment, reason].filter(Boolean).join(' '),
    );
    expect(told).toEqual([
      'session established no Peer Up has come',
      'fault marker session-reset',
      'fault bmp-rib skipped',
      'fault as-path-overrun treat-as-withdraw',
      'route',
      'fault bmp-version skipped',
      'session down what comes is no BMP',
      'end',
    ]);
  });

  it('says once that a router puts its own AS in front (docs/decisions/bmp.md D-bmp-own-as)', async () => {
    const { running, connected } = await station();
    connected.send(peerUp(), monitor(announce('64511 64496')), monitor(announce('64511 64496 1')));
    await running.until({ type: 'route' }, 2);
    const { lines } = await running.stop();
    expect(lines.filter(({ type }) => type === 'fault')).toEqual([
      expect.objectContaining({ code: 'bmp-own-as', treatment: 'kept', peer }),
    ]);
  });

  it('turns routers away beyond its limits, and one with too many routes', async () => {
    const { running, connected, port } = await station('--max-sessions', '1', '--max-routes', '1');
    connected.send(peerUp());
    await running.until({ type: 'session', state: 'established' });
    await router(port);
    await running.until({ type: 'fault', code: 'sessions' });
    connected.send(monitor(announce('64496')), monitor(announce6));
    await running.until({ type: 'fault', code: 'max-routes' });
    await running.until({ type: 'session', state: 'down' });
    expect((await running.stop()).code).toBe(0);
  });
});
