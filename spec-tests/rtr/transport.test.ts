import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePrefix } from 'pathsec/inet';
import { connectRtr, listenRtr, type RtrConnection, type RtrServer } from 'pathsec/node';
import type { Payloads } from 'pathsec/payload';
import {
  type ClientEvent,
  createRtrCache,
  createRtrClient,
  encodePdu,
  misbehaviourNamed,
  type RtrCache,
  type RtrClient,
  type RtrClientOptions,
  storeSize,
} from 'pathsec/rtr';
import { afterEach, describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { only } from '../payload/arbitrary-payloads.js';
import { describeWithProgram } from '../support.js';
import { expectedOf, lines } from './harness.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const OPENSSL = 'openssl';
const host = '127.0.0.1';
const vrp = (i: number) => ({
  prefix: makePrefix(1, Uint8Array.of(10, i >> 16, i >> 8, i), 32),
  maxLength: 32,
  asn: 64496 + (i % 7),
});
const payloads = (count: number): Payloads =>
  only({
    vrps: Array.from({ length: count }, (_, i) => vrp(i)),
    aspas: [{ customer: 64500, providers: [64501] }],
  });

async function serve(cache: RtrCache, more: object = {}): Promise<RtrServer> {
  const server = await listenRtr(cache, { host, port: 0, notifySeconds: 0, ...more });
  closers.push(() => server.close());
  return server;
}

/** A client on a connection, and a wait for its next event of a kind. */
function dial(
  port: number,
  options: RtrClientOptions = {},
  tls?: object,
): { client: RtrClient; connection: RtrConnection; next(kind: ClientEvent['kind']): Promise<ClientEvent> } {
  const client = createRtrClient(options);
  const events: ClientEvent[] = [];
  let wake: (() => void) | undefined;
  const endpoint = tls ? { host, port, tls } : { host, port };
  const connection = connectRtr(client, endpoint, (event) => {
    events.push(event);
    wake?.();
  });
  closers.push(() => connection.close());
  return {
    client,
    connection,
    async next(kind) {
      for (;;) {
        const event = events.shift();
        if (event?.kind === kind) return event;
        if (!event) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}

describe('RTR over TCP (8210bis §9)', () => {
  it('serves a client, notifies it, survives a fault and comes back', async () => {
    requirement(
      '8210bis:8.2:notify',
      '8210bis:8.2:rate',
      '8210bis:9:reconnect',
      '8210bis:9:tcp',
      '8210bis:12:fatal-drops',
      '8210bis:12:fatal-flush',
    );
    const cache = createRtrCache({ sessionId: 1 });
    cache.replace(payloads(3));
    const server = await serve(cache);
    const { client, next } = dial(server.port, { timing: { retry: 1 } });
    await next('update');
    expect(lines(client.payloads())).toEqual(expectedOf(cache, 2));
    cache.change({ vrps: [vrp(77)] }, { vrps: [vrp(0)] });
    server.notify();
    await next('update');
    expect(lines(client.payloads())).toEqual(expectedOf(cache, 2));
    server.inject(misbehaviourNamed('garbage'));
    await next('flush');
    expect(storeSize(client.store)).toBe(0);
    await next('update');
    expect(lines(client.payloads())).toEqual(expectedOf(cache, 2));
  });

  it('serves 200 clients at once, of three versions, each complete and right, through changes', async () => {
    const cache = createRtrCache({ sessionId: 1 });
    cache.replace(payloads(2_000));
    const server = await serve(cache);
    const clients = Array.from({ length: 200 }, (_, i) => {
      return dial(server.port, { highestVersion: ([2, 1, 0] as const)[i % 3] ?? 2 });
    });
    await Promise.all(clients.map(({ next }) => next('update')));
    expect(server.sessions).toBe(200);
    for (let round = 0; round < 3; round++) {
      cache.change({ vrps: [vrp(90_000 + round)] }, { vrps: [vrp(round)] });
      server.notify();
      await Promise.all(clients.map(({ next }) => next('update')));
    }
    const expected = [2, 1, 0].map((version) => expectedOf(cache, version));
    for (const [i, { client }] of clients.entries()) {
      expect(lines(client.payloads())).toEqual(expected[i % 3]);
      expect(client.status.session?.serial).toBe(3);
    }
  });

  it('answers queries only as fast as they are read, without gathering answers', async () => {
    const cache = createRtrCache({ sessionId: 1 });
    cache.replace(payloads(20_000));
    let queries = 0;
    const server = await serve(cache, {
      onEvent: (_: number, event: { kind: string }) => {
        if (event.kind === 'query') queries++;
      },
    });
    const socket = connect({ host, port: server.port });
    closers.push(() => socket.destroy());
    socket.pause();
    const query = encodePdu({ type: 'reset-query' }, 2);
    // 10,000 queries for 400 kB each: the server must stop reading long before the last.
    for (let i = 0; i < 1_000; i++) socket.write(Buffer.concat(Array.from({ length: 10 }, () => query)));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(queries).toBeGreaterThan(0);
    expect(queries).toBeLessThanOrEqual(9_000);
    const { client, next } = dial(server.port);
    await next('update');
    expect(storeSize(client.store)).toBe(20_001);
  });

  it('refuses connections beyond its bound, and says farewell to the others', async () => {
    requirement('8210bis:8.6:shutdown');
    const cache = createRtrCache({ sessionId: 1 });
    cache.replace(payloads(1));
    const server = await listenRtr(cache, { host, port: 0, maxSessions: 1 });
    const first = dial(server.port);
    await first.next('update');
    const second = dial(server.port, { lowestVersion: 2 });
    await second.next('connection-lost');
    const farewell = first.next('error-received');
    await server.close(13);
    expect(await farewell).toMatchObject({ errorCode: 13 });
    expect(storeSize(first.client.store)).toBe(0);
  });

  it('reports a port that nobody listens on as a lost connection, and a taken one as an error', async () => {
    requirement('!8210bis:9:tcp');
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, host, resolve));
    const { port } = blocker.address() as AddressInfo;
    await expect(listenRtr(createRtrCache({ sessionId: 1 }), { host, port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await new Promise((resolve) => blocker.close(resolve));
    const { client, next } = dial(port);
    await next('connection-lost');
    expect(client.status.phase).toBe('idle');
  });
});

describeWithProgram('RTR over TLS (8210bis §9.2)', OPENSSL, () => {
  it('authenticates cache and router by their certificates, names and addresses', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pathsec-rtr-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    for (const [name, alternative] of [
      ['cache', 'DNS:cache.example'],
      ['router', 'IP:127.0.0.1'],
      ['elsewhere', 'IP:127.0.0.2'],
    ] as const) {
      const files = ['-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.crt`)];
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
      const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${alternative}`, '-days', '2'];
      execFileSync(OPENSSL, ['req', '-x509', ...key, ...files, ...names], { stdio: 'pipe' });
    }
    const file = (name: string): Buffer => readFileSync(join(folder, name));
    const cache = createRtrCache({ sessionId: 1 });
    cache.replace(payloads(5));
    const server = await serve(cache, {
      tls: {
        key: file('cache.key'),
        cert: file('cache.crt'),
        ca: [file('router.crt'), file('elsewhere.crt')],
        requestCert: true,
        rejectUnauthorized: true,
      },
    });
    const trust = { ca: file('cache.crt'), servername: 'cache.example' };
    const known = dial(server.port, {}, { ...trust, key: file('router.key'), cert: file('router.crt') });
    await known.next('update');
    expect(lines(known.client.payloads())).toEqual(expectedOf(cache, 2));
    const unknown = dial(server.port, {}, trust);
    await unknown.next('connection-lost');
    expect(storeSize(unknown.client.store)).toBe(0);
    const foreign = dial(
      server.port,
      {},
      { ...trust, key: file('elsewhere.key'), cert: file('elsewhere.crt') },
    );
    await foreign.next('connection-lost');
    expect(foreign.client.status.session).toBeUndefined();
    const misled = dial(server.port, {}, { ca: file('cache.crt'), servername: 'other.example' });
    await misled.next('connection-lost');
    expect(misled.client.status.session).toBeUndefined();
  });
});
