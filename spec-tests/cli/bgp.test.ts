import { readFileSync, writeFileSync } from 'node:fs';
import { fromHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { listenRtr, startBgpSpeaker } from 'pathsec/node';
import { createRtrCache } from 'pathsec/rtr';
import type { SpeakerOptions } from 'pathsec/speaker';
import { describe, expect, it, onTestFinished } from 'vitest';
import { messageOf, pathOf } from '../bgpsec/world.js';
import { freePort } from '../interop/daemon.js';
import { END_OF_RIB, notification, rawMessage, update4, update6 } from '../speaker/peer.js';
import { keys, UPDATE } from './bgpsec-world.js';
import { aspaFile, run, temporaryFile } from './run.js';
import { type Line, type Running, start, until } from './running.js';

/** A peer that sends `messages` each time its session comes up, and keeps what NOTIFICATIONs it got. */
async function peer(
  where: { readonly port: number } | { readonly listen: number },
  messages: readonly Uint8Array[],
  options: Partial<SpeakerOptions> = {},
): Promise<{
  readonly heard: string[];
  stop(text?: string): Promise<void>;
}> {
  const session = { localAs: 64499, routerId: 0xc0000201, idleHold: [0.05, 0.2] as const, ...options };
  const heard: string[] = [];
  const speaker = await startBgpSpeaker({
    peers: ['port' in where ? { session, address: '127.0.0.1', port: where.port } : { session }],
    ...('listen' in where && { listen: { host: '127.0.0.1', port: where.listen } }),
    onReport(connection, _, report) {
      if (report.kind === 'notification-received') {
        heard.push(`${report.notification.code}/${report.notification.subcode}`);
      }
      if (report.kind !== 'state' || report.state !== 'Established') return;
      for (const message of messages) connection.send(message);
    },
  });
  onTestFinished(() => speaker.stop());
  return { heard, stop: (text) => speaker.stop(text) };
}

/** `bgp listen` on a free port. */
async function listen(...argv: readonly string[]): Promise<Running & { readonly port: number }> {
  const port = await freePort();
  return { ...start(['bgp', 'listen', '--port', String(port), ...argv]), port };
}

const shape = ({ time: _, ...others }: Line): Line => others;
const PEER = { address: '127.0.0.1', as: 64499, id: '192.0.2.1' };
const rpki = (): string =>
  aspaFile({ 64496: [64499] }, [{ asn: 64496, prefix: '192.0.2.0/24', maxLength: 24 }]);

const ROLES = { localRole: 'provider', neighborRole: 'customer' };
const CUSTOMER_ROUTE = update4(['192.0.2.0/24'], [], [], [64499, 64496]);

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

describe('changes of payloads', () => {
  const routes = [
    CUSTOMER_ROUTE,
    update4(['198.51.100.0/24'], [], [], [64499, 64497]),
    update4(['203.0.113.0/24'], [], [], [64499]),
    END_OF_RIB,
  ];
  const vrp = (prefix: string, asn: number) => {
    const parsed = parsePrefix(prefix);
    return { prefix: parsed, maxLength: parsed.length, asn };
  };

  it('tell of each route whose verdict is another one, and of no other', async () => {
    const cache = createRtrCache({ sessionId: 1 });
    const aspas = [{ customer: 64497, providers: [64499] }];
    cache.replace({ vrps: [vrp('192.0.2.0/24', 64496)], aspas, routerKeys: [] });
    const server = await listenRtr(cache, { host: '127.0.0.1', port: 0, notifySeconds: 0 });
    onTestFinished(() => server.close());
    const source = `127.0.0.1:${server.port}`;
    const command = await listen('--local-as', '64500', '--role', 'provider', '--rpki', source);
    await peer(command, routes, { role: 'customer' });
    // The cache may be asked before or after the routes have come.
    await command.until({ type: 'end', family: '1/1' });
    await until(() =>
      ['route', 'change'].some((type) =>
        command.lines().some((line) => line.type === type && line.rov === 'valid'),
      ),
    );
    const before = command.lines().length;
    cache.change({ vrps: [vrp('203.0.112.0/23', 64499)], aspas: [{ customer: 64496, providers: [1] }] }, {});
    server.notify();
    await command.until({ type: 'change', prefix: '203.0.113.0/24' });
    const { lines } = await command.stop();
    expect(
      lines
        .slice(before)
        .filter(({ type }) => type === 'change')
        .map(shape),
    ).toEqual([
      {
        ...{ type: 'change', peer: PEER, prefix: '192.0.2.0/24', path: '64499 64496', ...ROLES },
        ...{ rov: 'valid', aspa: 'invalid', was: { rov: 'valid', aspa: 'unknown' }, cause: 'payload' },
      },
      {
        ...{ type: 'change', peer: PEER, prefix: '203.0.113.0/24', path: '64499', ...ROLES },
        ...{ rov: 'invalid', aspa: 'valid', was: { rov: 'not-found', aspa: 'valid' }, cause: 'payload' },
      },
    ]);
  });

  it('a file that changes is read again; a bad one is a fault and changes nothing', async () => {
    const text = (asn: number): string =>
      JSON.stringify({ roas: [{ asn, prefix: '192.0.2.0/24', maxLength: 24 }] });
    const file = temporaryFile('rpki.json', text(64496));
    const command = await listen('--local-as', '64500', '--rpki', file);
    await peer(command, routes);
    await command.until({ type: 'end', family: '1/1' });
    writeFileSync(file, 'neither JSON nor anything else\n');
    await command.until({ type: 'fault', peer: null, code: 'payloads', treatment: 'kept' });
    writeFileSync(file, text(1));
    await command.until({ type: 'change' });
    const { lines, stderr } = await command.stop();
    expect(lines.filter(({ type }) => type === 'change')).toMatchObject([
      { prefix: '192.0.2.0/24', rov: 'invalid', was: { rov: 'valid' }, cause: 'payload' },
    ]);
    expect(stderr).toContain('kept the old data');
  });
});

describe('signed routes (--bgpsec)', () => {
  const signer: Partial<SpeakerOptions> = { bgpsec: ['send'] };

  it('are verified, and again when keys change; the cause is the key', async () => {
    const file = keys(64496, 64499);
    const command = await listen('--local-as', '64500', '--bgpsec', '--rpki', file);
    await peer(command, [fromHex(UPDATE)], signer);
    await command.until({ type: 'route', path: '64499 64496', rov: 'not-found', bgpsec: 'valid' });
    writeFileSync(file, readFileSync(keys(64499)));
    await command.until({ type: 'change', bgpsec: 'not-valid', cause: 'key' });
    const { lines } = await command.stop();
    expect(lines.filter(({ type }) => type === 'change')).toMatchObject([{ was: { bgpsec: 'valid' } }]);
  });

  it('that break RFC 8205 §5.2 are withdrawn, with a fault', async () => {
    const command = await listen('--local-as', '64500', '--bgpsec', '--rpki', keys(64496, 64499));
    await peer(command, [fromHex(UPDATE), messageOf(pathOf([64496, 64498], 64500))], signer);
    await command.until({ type: 'fault', code: 'bgpsec-path', treatment: 'treat-as-withdraw' });
    await command.until({ type: 'withdraw' });
    await command.stop();
  });

  it('are withdrawn where they were not negotiated', async () => {
    const command = await listen('--local-as', '64500');
    await peer(command, [fromHex(UPDATE)], signer);
    await command.until({ type: 'fault', code: 'bgpsec-not-negotiated', treatment: 'treat-as-withdraw' });
    expect((await command.stop()).lines.filter(({ type }) => type === 'route')).toEqual([]);
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

describe('--config', () => {
  const config = (value: unknown): string => temporaryFile('peers.json', JSON.stringify(value));

  it('has several peers, one of whom is connected to', async () => {
    const port = await freePort();
    const listenPort = await freePort();
    const file = config({
      localAs: 64500,
      routerId: '192.0.2.9',
      listen: `127.0.0.1:${listenPort}`,
      peers: [
        { as: 64499, address: '127.0.0.1', port, localRole: 'customer', hold: 9 },
        { as: 64498, localRole: 'peer', strictRole: true, families: ['1/1'], addPath: true, bgpsec: true },
      ],
    });
    const command = start(['bgp', 'listen', '--config', file]);
    await peer({ listen: port }, [], { role: 'provider' });
    await command.until({
      state: 'established',
      holdTime: 9,
      localRole: 'customer',
      neighborRole: 'provider',
    });
    await command.stop();
  });

  it.each<[unknown, RegExp]>([
    [
      { localAs: 1, peers: [{ asn: 2 }] },
      /peers\[0\]\.asn.*did you mean as\?.*\(unknown-member\)|unknown member.*did you mean as\?/,
    ],
    [{ localAs: 1, peer: [] }, /unknown member; did you mean peers\?/],
    [{ localAs: 1, peers: [] }, /must be a list of peers \(config-syntax\)/],
    [{ localAs: 'x', peers: [{}] }, /\(asn-syntax\)/],
    [{ localAs: 1, routerId: 0, peers: [{}] }, /BGP Identifier/],
    [{ localAs: 1, listen: 'here', peers: [{}] }, /must be HOST:PORT/],
    [{ localAs: 1, peers: [{ localRole: 'customers' }] }, /did you mean customer\?/],
    [{ localAs: 1, peers: [{ families: ['1/2'] }] }, /unicast of IPv4 and IPv6/],
    [{ localAs: 1, peers: [{ hold: 70000 }] }, /whole number up to 65535/],
    [{ localAs: 1, peers: [{ strictRole: 'yes' }] }, /true or false/],
    [{ localAs: 1, peers: [{ address: '' }] }, /must be a text/],
    [{ localAs: 1, peers: [3] }, /must be an object/],
    [{ localAs: 1, peers: [{ hold: 2 }] }, /holdTime/],
    [{ localAs: 1, peers: [{}, {}] }, /two peers without an address/],
  ])('%j is refused', async (value, message) => {
    const { code, stderr } = await run(['bgp', 'listen', '--for', '0', '--config', config(value)]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it('is refused where it is no JSON, or beside an option that it says itself', async () => {
    const bad = await run(['bgp', 'listen', '--config', temporaryFile('x', '{')]);
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('not JSON')]);
    const file = config({ localAs: 1, peers: [{}] });
    const both = await run(['bgp', 'listen', '--config', file, '--peer-as', '2']);
    expect([both.code, both.stderr]).toEqual([
      2,
      expect.stringContaining('--peer-as does not go with --config'),
    ]);
  });
});

describe('wrong use ends with 2', () => {
  it.each<[readonly string[], string]>([
    [['listen'], 'give --local-as'],
    [['connect', 'nowhere', '--local-as', '1'], 'nowhere is not HOST:PORT'],
    [['connect', '127.0.0.1:1'], 'give --local-as'],
    [['listen', '--local-as', '1', '--role', 'boss'], 'One of provider'],
    [['listen', '--local-as', '1', '--hold', '2'], '0, or whole seconds'],
    [['listen', '--local-as', '1', '--port', '70000'], 'A port'],
    [['listen', '--local-as', '1', '--families', '1/128'], 'unicast'],
    [['listen', '--local-as', '1', '--router-id', '0.0.0.0'], 'BGP Identifier'],
    [['listen', '--local-as', '1', '--max-routes', '0'], 'A whole number'],
    [['listen', '--local-as', '1', '--listen', 'x'], 'is not HOST:PORT'],
    [['listen', '--local-as', '1', '--listen', '127.0.0.1:0', '--port', '1'], 'not both'],
    [['listen', '--local-as', '1', '--rpki', '/nowhere', '--port', '0'], 'ENOENT'],
  ])('%j', async (argv, message) => {
    const { code, stdout, stderr } = await run(['bgp', ...argv, '--for', '0']);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
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
});
