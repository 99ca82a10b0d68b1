import { describe, expect, it } from 'vitest';
import { freePort } from '../interop/daemon.js';
import { END_OF_RIB, notification, rawMessage, update4, update6 } from '../speaker/peer.js';
import { CUSTOMER_ROUTE, listen, PEER, peer, ROLES, rpki, shape } from './bgp-peer.js';
import { run, temporaryFile } from './run.js';
import { start, until } from './running.js';

describe('pathsec bgp listen', () => {
  it('prints sessions, routes with verdicts, withdrawals and faults, and ends sessions with Cease', async () => {
    const damaged = { flags: 0xc0, code: 8, value: new Uint8Array(3) };
    const command = await listen('--local-as', '64500', '--role', 'provider', '--rpki', rpki());
    const messages = [
      CUSTOMER_ROUTE,
      update6(['2001:db8::/32']),
      update4([], ['192.0.2.0/24', '198.51.100.0/24']),
      update4(['203.0.113.0/24'], [], [damaged]),
      END_OF_RIB,
      rawMessage(5, [0, 1, 0, 128]),
    ];
    const other = await peer(command, messages, { role: 'customer', holdTime: 30 });
    await command.until({ type: 'fault', code: 'route-refresh-family' });
    const { code, lines } = await command.stop();
    await until(() => other.heard.includes('6/2'));
    expect(code).toBe(0);
    expect(lines.map(shape).filter(({ type }) => type !== 'session')).toEqual([
      {
        type: 'route',
        peer: PEER,
        prefix: '192.0.2.0/24',
        path: '64499 64496',
        ...ROLES,
        rov: 'valid',
        aspa: 'valid',
      },
      {
        type: 'route',
        peer: PEER,
        prefix: '2001:db8::/32',
        path: '64499',
        ...ROLES,
        rov: 'not-found',
        aspa: 'valid',
      },
      { type: 'withdraw', peer: PEER, prefix: '192.0.2.0/24' },
      expect.objectContaining({
        ...{ type: 'fault', code: 'communities-length', treatment: 'treat-as-withdraw' },
        offset: expect.any(Number),
      }),
      { type: 'end', peer: PEER, family: '1/1' },
      expect.objectContaining({ type: 'fault', code: 'route-refresh-family' }),
      { type: 'end', peer: null, counts: { sessions: 1, routes: 2, withdrawals: 1, changes: 0, faults: 2 } },
    ]);
    expect(lines.map(shape).filter(({ type }) => type === 'session')).toEqual([
      { type: 'session', peer: { ...PEER, as: null, id: null }, state: 'open-sent' },
      { type: 'session', peer: PEER, state: 'open-confirm' },
      { type: 'session', peer: PEER, state: 'established', holdTime: 30, families: ['1/1', '2/1'], ...ROLES },
      { type: 'session', peer: PEER, state: 'down', reason: 'stopped' },
    ]);
    expect(lines.every(({ time }) => typeof time === 'number')).toBe(true);
  });

  it('without a role tells both procedures; without payloads no verdict', async () => {
    const judged = await listen('--local-as', '64500', '--rpki', rpki());
    await peer(judged, [CUSTOMER_ROUTE]);
    await judged.until({ type: 'route' });
    expect((await judged.stop()).lines.find(({ type }) => type === 'route')).toMatchObject({
      ...{ localRole: null, neighborRole: null, rov: 'valid', aspa: null },
      aspaBoth: { upstream: 'valid', downstream: 'valid' },
    });
    const plain = await listen('--local-as', '64500');
    await peer(plain, [CUSTOMER_ROUTE]);
    await plain.until({ type: 'route' });
    expect(Object.keys((await plain.stop()).lines.find(({ type }) => type === 'route') ?? {})).toEqual([
      ...['type', 'time', 'peer', 'prefix', 'path', 'localRole', 'neighborRole'],
    ]);
  });

  it.each([
    [['--role', 'provider', '--strict-role'], '2/11', /\(role-missing\)$/],
    [['--peer-as', '64498'], '2/2', /\(peer-as\)$/],
  ])('with %j refuses a peer, and says why', async (argv, numbers, reason) => {
    const command = await listen('--local-as', '64500', ...argv);
    const { heard } = await peer(command, []);
    await until(() => heard.includes(numbers));
    const { lines } = await command.stop();
    expect(lines.find(({ state }) => state === 'idle')?.reason).toMatch(reason);
  });

  it('ends a session that holds more routes than --max-routes', async () => {
    const command = await listen('--local-as', '64500', '--max-routes', '2');
    const { heard } = await peer(command, [update4(['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'])]);
    await until(() => heard.includes('6/1'));
    const { lines } = await command.stop();
    expect(lines.find(({ type }) => type === 'fault')).toMatchObject({
      ...{ code: 'max-routes', treatment: 'session-reset' },
    });
  });

  it('ends the session that brings the routes of all above --max-routes-total', async () => {
    const command = await listen('--local-as', '64500', '--max-routes-total', '3');
    await peer(command, [update4(['10.0.0.0/24', '10.0.1.0/24'])]);
    await command.until({ type: 'route', prefix: '10.0.1.0/24' });
    const other = await peer(command, [update4(['10.0.0.0/24', '10.0.3.0/24'])], { routerId: 2 });
    await until(() => other.heard.includes('6/8'));
    await other.stop();
    const third = await peer(command, [update4(['10.0.4.0/24'])], { routerId: 3 });
    await command.until({ type: 'route', prefix: '10.0.4.0/24' });
    const { lines } = await command.stop();
    expect(third.heard).toEqual(['6/2']);
    expect(lines.find(({ type }) => type === 'fault')).toMatchObject({
      ...{ code: 'max-routes-total', treatment: 'session-reset' },
      message: 'more than 3 routes of all sessions (--max-routes-total)',
    });
  });

  it('tells of connections that it turns away', async () => {
    const file = temporaryFile(
      'peers.json',
      JSON.stringify({ localAs: 1, peers: [{ address: '127.0.0.9' }] }),
    );
    const command = await listen('--config', file);
    await peer(command, []);
    await command.until({ type: 'fault', code: 'unknown-peer', treatment: 'refused' });
    await command.stop();
  });

  it('prints text when asked', async () => {
    const command = await listen('--local-as', '64500', '--text', '--role', 'provider', '--rpki', rpki());
    await peer(command, [CUSTOMER_ROUTE, END_OF_RIB, notification(6, 4)], { role: 'customer' });
    await until(() => command.printed().includes('down'));
    const { stdout } = await command.stop();
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      '127.0.0.1  open-sent',
      '127.0.0.1 AS64499  open-confirm',
      '127.0.0.1 AS64499  established  family 1/1, family 2/1, the neighbour is our customer',
      '127.0.0.1 AS64499  + 192.0.2.0/24  64499 64496  rov valid  aspa valid',
      '127.0.0.1 AS64499  end of the table of family 1/1',
      '127.0.0.1 AS64499  down  the peer says Cease / Administrative Reset (6/4)',
    ]);
    expect(stdout).toMatch(/[0-9]+ sessions, [0-9]+ routes, 0 withdrawals, 0 changes, 0 faults\n$/);
  });
});

describe('pathsec bgp connect', () => {
  it('connects, and prints what the peer says when it goes', async () => {
    const port = await freePort();
    const argv = [`127.0.0.1:${port}`, '--local-as', '64500', '--local-address', '127.0.0.1'];
    const command = start(['bgp', 'connect', ...argv]);
    const other = await peer({ listen: port }, [update4(['192.0.2.0/24'])]);
    await command.until({ type: 'route', prefix: '192.0.2.0/24', path: '64499' });
    await other.stop('back at noon');
    const reason = 'the peer says Cease / Administrative Shutdown (6/2): "back at noon"';
    await command.until({ type: 'session', state: 'down', reason });
    expect((await command.stop()).code).toBe(0);
  });
});

describe('a reader that goes away', () => {
  it('ends the command quietly', async () => {
    const port = await freePort();
    const argv = ['bgp', 'listen', '--local-as', '64500', '--port', String(port)];
    const done = run(argv, { closeAfter: 10 });
    await peer({ port }, [CUSTOMER_ROUTE]);
    expect(await done).toMatchObject({ code: 0, stderr: expect.not.stringContaining('rror') });
  });

  it('ends it also where that happens before it listens or connects', async () => {
    const routes = temporaryFile('routes', '192.0.2.0/24|64499 64496|64499\n');
    for (const argv of [
      ['live', routes],
      ['bgp', 'connect', '127.0.0.1:1', '--local-as', '64500'],
    ])
      expect(await run(argv, { closeAfter: -1 })).toMatchObject({ code: 0, stdout: '' });
  });
});
