import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRtr, listenRtr, type RtrListenOptions, type RtrServerEvent } from 'pathsec/node';
import { createPayloadSet } from 'pathsec/payload';
import { type ClientEvent, createRtrCache, createRtrClient, encodePdu, type RtrCache } from 'pathsec/rtr';
import { afterEach, describe, expect, it } from 'vitest';
import { run, temporaryFile } from '../cli/run.js';
import { describeWithProgram } from '../support.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const host = '127.0.0.1';
const RESET = encodePdu({ type: 'reset-query' }, 2);

function filled(): RtrCache {
  const cache = createRtrCache({ sessionId: 1 });
  cache.replace(createPayloadSet());
  return cache;
}

/** A cache whose whole image is more than any socket buffers. */
function vast(): RtrCache {
  const image = new Uint8Array(64_000_000);
  const cache = filled();
  return { ...cache, hasData: true, snapshot: () => image };
}

async function serve(cache: RtrCache, options: Partial<RtrListenOptions>) {
  const events: { session: number; event: RtrServerEvent }[] = [];
  const onEvent = (session: number, event: RtrServerEvent): void => void events.push({ session, event });
  const server = await listenRtr(cache, { host, port: 0, notifySeconds: 0, onEvent, ...options });
  closers.push(() => server.close());
  return {
    server,
    events,
    of: (kind: RtrServerEvent['kind']) =>
      events.filter(({ event }) => event.kind === kind).map(({ event }) => event),
  };
}

/** A raw connection, and whether the server has ended it. */
function dial(port: number, localAddress = host): { socket: Socket; closed: boolean } {
  const socket = connect({ host, port, localAddress });
  const connection = { socket, closed: false };
  socket.on('error', () => {});
  socket.resume(); // what is not read hides the end
  socket.on('close', () => {
    connection.closed = true;
  });
  closers.push(() => socket.destroy());
  return connection;
}

async function until(wanted: () => boolean): Promise<void> {
  while (!wanted()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('limits of the RTR server (docs/decisions/rtr.md D-rtr-server-limits)', () => {
  it('counts connections in all and from each address, and says whom it turned away', async () => {
    const { server, of } = await serve(filled(), { maxSessions: 3, maxSessionsPerAddress: 2 });
    const first = dial(server.port);
    dial(server.port);
    await until(() => server.sessions === 2);
    const third = dial(server.port);
    await until(() => third.closed);
    dial(server.port, '127.0.0.2');
    await until(() => server.sessions === 3);
    const last = dial(server.port, '127.0.0.2');
    await until(() => last.closed);
    expect(of('refused')).toEqual([
      { kind: 'refused', reason: 'sessions-per-address', address: host },
      { kind: 'refused', reason: 'sessions', address: '127.0.0.2' },
    ]);
    // Who leaves makes room.
    first.socket.destroy();
    await until(() => server.sessions === 2);
    dial(server.port);
    await until(() => server.sessions === 3);
    expect(of('refused').length).toBe(2);
  });

  it('gives a connection so long for its first query, and then no limit to wait for changes', async () => {
    const { server, events } = await serve(filled(), { idleSeconds: 3 });
    const asks = dial(server.port);
    asks.socket.write(RESET);
    await until(() => events.some(({ event }) => event.kind === 'query'));
    const silent = dial(server.port);
    const refusedVersion = dial(server.port);
    refusedVersion.socket.write(Uint8Array.of(9, 2, 0, 0, 0, 0, 0, 8));
    await until(() => silent.closed && refusedVersion.closed);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(events.filter(({ event }) => event.kind === 'limit')).toEqual([
      { session: 2, event: { kind: 'limit', limit: 'idle' } },
      { session: 3, event: { kind: 'limit', limit: 'idle' } },
    ]);
    expect(asks.closed).toBe(false);
  });

  it('drops a router that reads its answer, but never to the end', async () => {
    const { server, of } = await serve(vast(), { answerSeconds: 0.5, stallSeconds: 1000 });
    const { socket } = dial(server.port);
    let octets = 0;
    socket.on('data', (chunk) => {
      octets += chunk.length;
      socket.pause();
      setTimeout(() => socket.resume(), 20);
    });
    socket.write(RESET);
    await until(() => of('limit').length > 0);
    expect(of('limit')).toEqual([{ kind: 'limit', limit: 'answer-time' }]);
    expect(octets).toBeLessThan(64_000_000);
    await until(() => server.sessions === 0);
  });

  it('drops a router that reads nothing', async () => {
    const { server, of } = await serve(vast(), { stallSeconds: 0.2 });
    const { socket } = dial(server.port);
    socket.pause();
    socket.write(RESET);
    await until(() => server.sessions === 0 && of('closed').length > 0);
    expect(of('limit')).toEqual([{ kind: 'limit', limit: 'stall' }]);
  });

  it('lets so many queries wait for their answers', async () => {
    const { server, of } = await serve(vast(), { maxWaiting: 4 });
    const { socket } = dial(server.port);
    socket.pause();
    socket.write(Buffer.concat(Array.from({ length: 1_000 }, () => RESET)));
    await until(() => of('closed').length > 0);
    expect(of('limit')).toEqual([{ kind: 'limit', limit: 'queries' }]);
    expect(of('query').length).toBe(5);
    // Answers that are read do not wait.
    const patient = dial(server.port);
    let octets = 0;
    patient.socket.on('data', (chunk) => {
      octets += chunk.length;
    });
    for (let i = 1; i <= 6; i++) {
      patient.socket.write(RESET);
      await until(() => octets === i * 64_000_000);
    }
    expect(of('limit').length).toBe(1);
  });
});

describeWithProgram('TLS handshakes of the RTR server (8210bis §9.2)', 'openssl', () => {
  let folder = '';
  const path = (name: string): string => join(folder, name);
  const file = (name: string): Buffer => readFileSync(path(name));
  /** Makes the certificates, for one test. */
  const certificates = (): void => {
    folder = mkdtempSync(join(tmpdir(), 'pathsec-rtr-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    for (const [name, alternative] of [
      ['cache', 'DNS:cache.example'],
      ['router', 'IP:127.0.0.1'],
      ['elsewhere', 'IP:127.0.0.2'],
      ['stranger', 'IP:127.0.0.1'],
    ] as const) {
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
      const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${alternative}`, '-days', '2'];
      const out = ['-keyout', path(`${name}.key`), '-out', path(`${name}.crt`)];
      execFileSync('openssl', ['req', '-x509', ...key, ...out, ...names], { stdio: 'pipe' });
    }
  };
  const serverTls = (...trusted: string[]) => ({
    key: file('cache.key'),
    cert: file('cache.crt'),
    ...(trusted.length === 0
      ? {}
      : { ca: trusted.map((name) => file(`${name}.crt`)), requestCert: true, rejectUnauthorized: true }),
  });

  it('count from the first packet, are limited in time, and do not hold the server up', async () => {
    certificates();
    const { server, of } = await serve(filled(), { tls: serverTls(), maxSessions: 1, idleSeconds: 5 });
    const half = dial(server.port);
    await until(() => !half.socket.connecting);
    const second = dial(server.port);
    await until(() => second.closed);
    expect(of('refused')).toEqual([{ kind: 'refused', reason: 'sessions', address: host }]);
    await until(() => half.closed);
    expect(of('handshake-failed')).toEqual([
      { kind: 'handshake-failed', address: host, cause: 'not complete within 5 s' },
    ]);
    const held = await serve(filled(), { tls: serverTls() });
    const open = dial(held.server.port);
    await until(() => !open.socket.connecting);
    open.socket.write(Uint8Array.of(22, 3, 1)); // the beginning of a hello
    await new Promise((resolve) => setTimeout(resolve, 50));
    await held.server.close();
    await until(() => open.closed);
    expect(held.server.sessions).toBe(0);
  });

  it('tell both sides why they failed', async () => {
    certificates();
    const { server, of } = await serve(filled(), { tls: serverTls('router', 'elsewhere') });
    const lost = async (tls: object): Promise<string | undefined> => {
      const events: ClientEvent[] = [];
      const connection = connectRtr(
        createRtrClient({ lowestVersion: 2 }),
        { host, port: server.port, tls },
        (event) => {
          events.push(event);
        },
      );
      closers.push(() => connection.close());
      await until(() => events.some(({ kind }) => kind === 'connection-lost'));
      connection.close();
      const [event] = events;
      return event?.kind === 'connection-lost' ? event.cause : undefined;
    };
    const pair = (name: string) => ({ key: file(`${name}.key`), cert: file(`${name}.crt`) });
    const trust = { ca: file('cache.crt'), servername: 'cache.example' };
    const failures = (): unknown[] => [...of('handshake-failed'), ...of('refused')];

    expect(await lost({ ...trust, ca: file('router.crt') })).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    await until(() => failures().length === 1);
    expect(of('handshake-failed').at(-1)).toMatchObject({
      cause: 'the router closed it; it may not trust the certificate of this cache',
    });
    expect(await lost({ ...trust, servername: 'other.example' })).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    await until(() => failures().length === 2);
    const refused = 'TLS: closed right after the handshake; the cache may not accept our certificate';
    expect(await lost({ ...trust, ...pair('stranger') })).toBe(refused);
    await until(() => failures().length >= 3);
    expect(of('handshake-failed').at(2)).toMatchObject({
      cause: 'certificate of the router: DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(await lost(trust)).toBe(refused);
    expect(await lost({ ...trust, ...pair('elsewhere') })).toBe(refused);
    await until(() => of('refused').length > 0);
    expect(of('refused')[0]).toMatchObject({ reason: 'certificate-address', address: host });
    expect(of('handshake-failed').at(3)).toMatchObject({
      cause: 'certificate of the router: none was shown',
    });
    const plain = dial(server.port);
    plain.socket.write(RESET);
    await until(() => plain.closed);
    expect(of('handshake-failed').at(-1)).toMatchObject({
      cause: 'wrong version number (ERR_SSL_WRONG_VERSION_NUMBER)',
    });
  });

  it('are asked for by whole sets of options only, and by files that fit', async () => {
    certificates();
    const payloads = temporaryFile('payloads.json', '{"roas": []}');
    const [crt, key, other] = [path('cache.crt'), path('cache.key'), path('router.key')];
    const cache = '127.0.0.1:1';
    for (const [args, message] of [
      [['serve', payloads, '--cert', crt], '--cert goes with --key'],
      [['serve', payloads, '--key', key], '--key goes with --cert'],
      [['serve', payloads, '--ca', crt], '--ca goes with --cert and --key'],
      [['serve', payloads, '--cert', crt, '--key', other], 'key values mismatch'],
      [['serve', payloads, '--cert', payloads, '--key', key], 'no start line'],
      [['serve', payloads, '--cert', '/does/not/exist', '--key', key], 'ENOENT'],
      [['dump', cache, '--cert', crt, '--key', key], '--cert goes with --tls'],
      [['dump', cache, '--cert', crt], '--cert goes with --key'],
      [['dump', cache, '--tls', '--key', key], '--key goes with --cert'],
      [['dump', cache, '--server-name', 'cache.example'], '--server-name goes with --tls'],
      [['watch', cache, '--server-name', 'cache.example', '--for', '1'], '--server-name goes with --tls'],
      [['diff', cache, payloads, '--server-name', 'cache.example'], '--server-name goes with --tls'],
      [['diff', payloads, payloads, '--tls'], '--tls has no use'],
      [['dump', cache, '--tls'], 'with TLS the cache must be named'],
    ] as const) {
      const { code, stderr } = await run(['rtr', ...args]);
      expect([args, code, stderr]).toEqual([args, 2, expect.stringContaining(message)]);
    }
  });
});
