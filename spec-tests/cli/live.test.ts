import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeBmp } from 'pathsec/bmp';
import { concatOctets } from 'pathsec/bytes';
import { describe, expect, it, onTestFinished } from 'vitest';
import { announce, monitor, peerUp } from '../bmp/samples.js';
import { freePort } from '../interop/daemon.js';
import { risServer } from '../node/ris-server.js';
import { risState, risUpdate, risWithdrawal } from '../routes/ris-lines.js';
import { END_OF_RIB } from '../speaker/peer.js';
import { CUSTOMER_ROUTE, peer, ROLES } from './bgp-peer.js';
import { jsonLines, run, temporaryFile } from './run.js';
import { type Line, start, until } from './running.js';

const roa = (prefix: string, asn: number) => JSON.stringify({ roas: [{ prefix, maxLength: 24, asn }] });
const A = ['198.51.100.0/24'];
const NONE = { localRole: null, neighborRole: null };
const risPeer = (source: string) => ({ address: '192.0.2.1', as: 64496, id: null, source });
const without = (lines: readonly Line[]) => lines.map(({ time: _, ...others }) => others);
const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

/** Octets sent to a port of this machine as soon as something listens. */
async function sendTo(port: number, octets: Uint8Array): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const met = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    if (met) return void socket.write(octets);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('pathsec live', () => {
  it('judges what BGP, BMP, RIS Live and files tell, together, and again when payloads change', async () => {
    const [bgpPort, bmpPort] = [await freePort(), await freePort()];
    const rpki = temporaryFile('rpki.json', roa('10.0.0.0/8', 64497));
    const config = { localAs: 64500, listen: `127.0.0.1:${bgpPort}`, peers: [{ localRole: 'provider' }] };
    const bgp = temporaryFile('bgp.json', JSON.stringify(config));
    const routes = temporaryFile('routes', '203.0.113.0/24|64501 64502|64501\n64501 64502\n');
    const ris = await risServer(({ send }) => send(risUpdate('64496 64498', A, { raw: true })));
    const running = start([
      'live',
      routes,
      '--bgp',
      bgp,
      '--bmp',
      `127.0.0.1:${bmpPort}`,
      '--ris',
      ris.url,
      '--rpki',
      rpki,
    ]);
    const { heard } = await peer({ port: bgpPort }, [CUSTOMER_ROUTE, END_OF_RIB], { role: 'customer' });
    await sendTo(bmpPort, concatOctets([peerUp(), monitor(announce('64496 64499'))].map(encodeBmp)));
    await running.until({ type: 'route' }, 4);
    writeFileSync(rpki, roa('198.51.100.0/24', 64499));
    await running.until({ type: 'change', prefix: '198.51.100.0/24', rov: 'valid' });
    await running.until({ type: 'change', prefix: '198.51.100.0/24', rov: 'invalid' });
    const { code, lines, stderr } = await running.stop();
    expect(code).toBe(0);
    expect(stderr).toContain(`bgp: listening on 127.0.0.1:${bgpPort}\n`);
    expect(stderr).toContain(`bmp: listening on 127.0.0.1:${bmpPort}\n`);
    expect(stderr).toContain(`${routes}: routes read: 1`);
    await until(() => heard.includes('6/2'));
    const both = (upstream: string, downstream: string) => ({
      aspa: null,
      aspaBoth: { upstream, downstream },
    });
    const shown = without(lines.filter(({ type }) => type === 'route')).sort((a, b) =>
      String(a.path).localeCompare(String(b.path)),
    );
    const unknown = { ...NONE, rov: 'not-found', ...both('unknown', 'valid') };
    const route = (source: object, prefix: string, path: string) => ({
      type: 'route',
      peer: source,
      prefix,
      path,
    });
    const monitored = { address: '192.0.2.1', as: 64496, id: '192.0.2.1', router: '127.0.0.1' };
    const spoken = { address: '127.0.0.1', as: 64499, id: '192.0.2.1' };
    const ofFile = { address: '', as: 64501, id: null, source: routes };
    expect(shown).toEqual([
      { ...route(risPeer('rrc00.ripe.net'), '198.51.100.0/24', '64496 64498'), ...unknown },
      { ...route(monitored, '198.51.100.0/24', '64496 64499'), ...unknown },
      { ...route(spoken, '192.0.2.0/24', '64499 64496'), ...ROLES, rov: 'not-found', aspa: 'unknown' },
      { ...route(ofFile, '203.0.113.0/24', '64501 64502'), ...unknown },
    ]);
    const fault = lines.find(({ type }) => type === 'fault');
    expect(fault).toMatchObject({ code: 'no-prefix', treatment: 'skipped', peer: null });
    expect(lines.at(-1)).toMatchObject({ type: 'end', counts: { sessions: 5, routes: 4, faults: 1 } });
  });

  it('forgets the routes of RIS Live when it is interrupted, and tells of the gap', async () => {
    const ris = await risServer(({ number, send, socket }) => {
      if (number === 1) {
        send(
          'no JSON',
          '{"type":"ris_error","data":{"message":"no"}}',
          risUpdate('64496', A),
          risWithdrawal(A),
        );
        send(risUpdate('64496', A, { host: 'rrc01' }), risState('down'), risUpdate('64496', ['10.0.0.0/40']));
        socket.close(1001, 'restart');
      } else send(risUpdate('64496', A));
    });
    const running = start(['live', '--ris', ris.url, '--ris-filter', '{"host":"rrc00"}', '--json']);
    await running.until({ type: 'session', peer: risPeer('rrc00.ripe.net'), state: 'established' }, 2);
    const { code, lines } = await running.stop();
    expect(code).toBe(0);
    const service = { address: `127.0.0.1:${ris.port}`, as: null, id: null, source: `127.0.0.1:${ris.port}` };
    const up = { type: 'session', state: 'established' };
    const down = { type: 'session', state: 'down' };
    const route = { type: 'route', prefix: '198.51.100.0/24', path: '64496', ...NONE };
    expect(without(lines)).toEqual([
      { ...up, peer: service },
      expect.objectContaining({ type: 'fault', peer: service, code: 'json-syntax', treatment: 'skipped' }),
      expect.objectContaining({ type: 'fault', peer: service, code: 'ris-error', message: 'no' }),
      { ...up, peer: risPeer('rrc00.ripe.net'), ...NONE },
      { ...route, peer: risPeer('rrc00.ripe.net') },
      { type: 'withdraw', peer: risPeer('rrc00.ripe.net'), prefix: '198.51.100.0/24' },
      { ...up, peer: risPeer('rrc01.ripe.net'), ...NONE },
      { ...route, peer: risPeer('rrc01.ripe.net') },
      { ...down, peer: risPeer('rrc00.ripe.net'), reason: 'rrc00.ripe.net says so' },
      expect.objectContaining({ type: 'fault', code: 'prefix-length', treatment: 'skipped' }),
      { ...down, peer: risPeer('rrc01.ripe.net'), reason: 'RIS Live was interrupted' },
      { ...down, peer: service, reason: 'restart' },
      { ...up, peer: service },
      expect.objectContaining({ type: 'fault', peer: service, code: 'ris-gap', treatment: 'routes-dropped' }),
      { ...up, peer: risPeer('rrc00.ripe.net'), ...NONE },
      { ...route, peer: risPeer('rrc00.ripe.net') },
      { type: 'end', peer: null, counts: { sessions: 5, routes: 3, withdrawals: 1, changes: 0, faults: 4 } },
    ]);
    const gap = lines.find(({ code: one }) => one === 'ris-gap');
    expect(Number(gap?.from) <= Number(gap?.to)).toBe(true);
    expect(ris.connections[0]?.received).toMatchObject([{ data: { host: 'rrc00' } }]);
  });

  it('tells of a service that is not there, and of the gap at the end', async () => {
    const port = await freePort();
    const running = start(['live', '--ris', `ws://127.0.0.1:${port}/`]);
    await running.until({ type: 'session', state: 'idle' });
    const { code, lines } = await running.stop();
    expect(code).toBe(0);
    expect(lines.slice(-2)).toMatchObject([{ type: 'fault', code: 'ris-gap' }, { type: 'end' }]);
  });

  it('says which file is damaged or none of routes, keeps the others, and ends with exit code 2', async () => {
    const cut = temporaryFile('cut', '{"type":"ris_message","data"');
    const good = temporaryFile('good', '203.0.113.0/24|64501|64501\nnonsense|x|y\n');
    const running = start(['live', cut, good, '--json', '--max-routes', '5']);
    await running.until({ type: 'route' });
    await until(() => running.lines().some(({ code }) => code === 'prefix-syntax'));
    const { code, lines } = await running.stop();
    expect(code).toBe(2);
    expect(lines.filter(({ type }) => type === 'fault')).toMatchObject([
      { peer: null, treatment: 'skipped', code: 'json-syntax' },
      { peer: null, treatment: 'refused', message: expect.stringContaining(cut) },
      {
        peer: null,
        treatment: 'skipped',
        code: 'prefix-syntax',
        message: expect.stringContaining(good),
        offset: 27,
      },
    ]);
  });

  it('does not compare paths with an AS that is recorded of nobody (docs/decisions/audit.md D-audit-unknown-peer)', async () => {
    const lines = ['64501', '64502', '23456', '0'].map(
      (peerAs, i) => `10.0.${i}.0/24|64501 64502|${peerAs}\n`,
    );
    const file = temporaryFile('routes', lines.join(''));
    const running = start(['live', file, '--rpki', temporaryFile('rpki.json', roa('10.0.0.0/8', 64502))]);
    await running.until({ type: 'route' }, 4);
    const { lines: told } = await running.stop();
    const outcomes = told.filter(({ type }) => type === 'route').map(({ aspaBoth }) => aspaBoth);
    const [own, other] = [
      { upstream: 'unknown', downstream: 'valid' },
      { upstream: 'invalid', downstream: 'invalid' },
    ];
    expect(outcomes).toEqual([own, other, own, own]);
  });

  it('ends the peer of a file that has too many routes', async () => {
    const file = temporaryFile('routes', ['1', '2', '3'].map((i) => `10.0.${i}.0/24|64501|64501\n`).join(''));
    const running = start(['live', file, '--max-routes', '2']);
    await running.until({ type: 'session', state: 'down', reason: 'too many routes' });
    expect((await running.stop()).lines).toContainEqual(expect.objectContaining({ code: 'max-routes' }));
  });

  it.each([
    ['nothing to follow', []],
    ['no-such-file', ['no-such-file']],
    ['is no ws:// or wss:// URL', ['--ris', 'https://ris-live.ripe.net/']],
    [
      'hst: unknown member; did you mean host? (unknown-member)',
      ['--ris', 'ws://127.0.0.1:9/', '--ris-filter', '{"hst":"rrc00"}'],
    ],
    ['host: must be a text', ['--ris', 'ws://127.0.0.1:9/', '--ris-filter', '{"host":1}']],
    [
      'moreSpecific: must be true or false',
      ['--ris', 'ws://127.0.0.1:9/', '--ris-filter', '{"moreSpecific":"no"}'],
    ],
    ['prefix: must be a text', ['--ris', 'ws://127.0.0.1:9/', '--ris-filter', '{"prefix":["1.0.0.0/8",2]}']],
    [
      'type: one of UPDATE, OPEN, NOTIFICATION, KEEPALIVE, RIS_PEER_STATE; did you mean UPDATE?',
      ['--ris', 'ws://127.0.0.1:9/', '--ris-filter', '{"type":"UPDAT"}'],
    ],
    ['peer: must be an address', ['--ris', 'ws://127.0.0.1:9/', '--ris-filter', '{"peer":"rrc00"}']],
    [
      'prefix: "1.0.0.0/33" is none',
      ['--ris', 'ws://127.0.0.1:9/', '--ris-filter', '{"prefix":"1.0.0.0/33"}'],
    ],
    ['--max-sessions needs --bmp', ['--ris', 'ws://127.0.0.1:9/', '--max-sessions', '1']],
    [
      '--max-sessions-per-address needs --bmp',
      ['--ris', 'ws://127.0.0.1:9/', '--max-sessions-per-address', '1'],
    ],
    ['Not JSON', ['--ris', 'ws://127.0.0.1:9/', '--ris-filter', 'rrc00']],
    ['A JSON object', ['--ris', 'ws://127.0.0.1:9/', '--ris-filter', '[]']],
    ['--ris-filter needs --ris', ['--bmp', '127.0.0.1:0', '--ris-filter', '{}']],
    ['is not HOST:PORT', ['--bmp', 'here']],
    ['no-such-config', ['--bgp', 'no-such-config']],
    ['unknown option', ['--rsi', 'ws://127.0.0.1:9/']],
  ])('is refused: %s', async (message, argv) => {
    const { code, stdout, stderr } = await run(['live', ...argv]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('tells once of a file that cannot be read, and goes on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pathsec-live-'));
    onTestFinished(() => rmdirSync(folder));
    const running = start(['live', folder]);
    await running.until({ type: 'fault' });
    const { code, lines } = await running.stop();
    expect(code).toBe(2);
    const faults = lines.filter(({ type }) => type === 'fault');
    expect(faults).toEqual([
      expect.objectContaining({ code: 'input-unreadable', treatment: 'refused', peer: null }),
    ]);
  });

  it.each([
    [['live', '--bmp', '127.0.0.1:0', '--rpki', '-']],
    [['bgp', 'listen', '--local-as', '64500', '--port', '0', '--rpki', '-']],
    [['bgp', 'connect', '127.0.0.1:1', '--local-as', '64500', '--rpki', '-']],
    [['bmp', 'listen', '--port', '0', '--rpki', '-']],
  ])('%j ends with 0 on a signal that comes while it begins', async (argv) => {
    const before = process.listenerCount('SIGINT');
    const never = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };
    const running = start(argv, Number.POSITIVE_INFINITY, never);
    await until(() => process.listenerCount('SIGINT') > before);
    const { code, lines, stderr } = await running.stop();
    expect([code, stderr]).toEqual([0, '']);
    expect(lines).toEqual([expect.objectContaining({ type: 'end' })]);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('refuses a configuration with a member that nobody knows, and an address that is taken', async () => {
    const bgp = temporaryFile('bgp.json', JSON.stringify({ localAs: 1, peers: [{ asn: 2 }] }));
    expect(await run(['live', '--bgp', bgp])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('peers[0].asn'),
    });
    const ris = await risServer(() => {});
    const { code, stderr } = await run(['live', '--ris', ris.url, '--bmp', `127.0.0.1:${ris.port}`]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('EADDRINUSE')]);
  });

  it('reads standard input as it comes, and ends on SIGTERM though nobody closes it', async () => {
    const child = spawn(process.execPath, [BIN, 'live', '-', '--json']);
    onTestFinished(() => void child.kill('SIGKILL'));
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stdin.write(`${risUpdate('64496', A)}\n`);
    await until(() => stdout.includes('"route"'));
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(0);
    expect(jsonLines(stdout).at(-1)).toMatchObject({ type: 'end', counts: { routes: 1 } });
  });
});
