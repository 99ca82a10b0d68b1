import { type AddressInfo, connect, createServer, Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { makePrefix } from 'pathsec/inet';
import { connectRtr, listenRtr, type RtrServer } from 'pathsec/node';
import {
  type ClientEvent,
  createRtrCache,
  createRtrClient,
  encodePdu,
  type RtrCache,
  type RtrClient,
} from 'pathsec/rtr';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from '../cli/run.js';
import { requirement } from '../kit/citation.js';
import { expectedOf, lines } from '../rtr/harness.js';
import { selfSigned } from './8210bis-certificates.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  vi.restoreAllMocks();
});

/** Against a test that hangs; a busy machine takes a while. */
const WAIT = { timeout: 600_000 };
const host = '127.0.0.1';
const ids = {
  cache: selfSigned('cache', 'DNS:cache.example'),
  commonName: selfSigned('cache.example'),
  address: selfSigned('cache.example', `IP:${host}`),
  router: selfSigned('router', `IP:${host}`),
  elsewhere: selfSigned('router', 'IP:192.0.2.1', 'IP:192.0.2.2'),
  nameless: selfSigned('router'),
};
const routers = [ids.router.cert, ids.elsewhere.cert, ids.nameless.cert];

function cacheOf(count: number, retry = 600): RtrCache {
  const cache = createRtrCache({ sessionId: 1, timing: { refresh: 3600, retry, expire: 7200 } });
  const prefix = (i: number) => makePrefix(1, Uint8Array.of(10, i >> 16, i >> 8, i), 32);
  const vrps = Array.from({ length: count }, (_, i) => ({ prefix: prefix(i), maxLength: 32, asn: 1 }));
  cache.replace({ vrps, aspas: [], routerKeys: [] });
  return cache;
}

async function serve(cache: RtrCache, more: object = {}): Promise<RtrServer> {
  const server = await listenRtr(cache, { host, port: 0, ...more });
  closers.push(() => server.close());
  return server;
}

/** A server that makes routers show certificates. */
function serveTls(identity = ids.cache, more: object = {}): Promise<RtrServer> {
  const tls = { ...identity, ca: routers, requestCert: true, rejectUnauthorized: true, ...more };
  return serve(cacheOf(3), { tls });
}

/** Connects a client and waits for the first event that is one of `kinds`. */
function dial(
  port: number,
  tls: object | undefined,
  ...kinds: ClientEvent['kind'][]
): Promise<{ client: RtrClient; event: ClientEvent }> {
  const client = createRtrClient({ lowestVersion: 2 });
  return new Promise((resolve) => {
    const connection = connectRtr(client, tls ? { host, port, tls } : { host, port }, (event) => {
      if (kinds.includes(event.kind)) resolve({ client, event });
    });
    closers.push(() => connection.close());
  });
}

const trusting = (identity: { cert: string }, more: object = {}): object => ({
  ca: identity.cert,
  servername: 'cache.example',
  ...ids.router,
  ...more,
});

describe('8210bis §9, transport', () => {
  it('caches and routers turn on the keep-alives of TCP', async () => {
    requirement('8210bis:9:keep-alive');
    const kept = vi.spyOn(Socket.prototype, 'setKeepAlive');
    const server = await serve(cacheOf(1));
    await dial(server.port, undefined, 'update');
    expect(kept.mock.calls.map(([on]) => on)).toEqual([true, true]);
  });

  it('unprotected TCP carries a session on whatever port is configured', async () => {
    requirement('8210bis:9:tcp');
    const cache = cacheOf(3);
    const server = await serve(cache);
    const { client } = await dial(server.port, undefined, 'update');
    expect(lines(client.payloads())).toEqual(expectedOf(cache, 2));
  });

  it('a router that reads nothing for three retry intervals is dropped, one that reads goes on', async () => {
    requirement('8210bis:9:stall', '!8210bis:9:stall');
    const closed: number[] = [];
    const server = await serve(cacheOf(400_000, 1), {
      onEvent: (session: number, { kind }: { kind: string }) => {
        if (kind === 'closed') closed.push(session);
      },
    });
    const stalled = connect({ host, port: server.port });
    closers.push(() => stalled.destroy());
    stalled.pause().on('error', () => {});
    stalled.write(encodePdu({ type: 'reset-query' }, 2));
    await vi.waitFor(() => expect(server.sessions).toBe(1), WAIT);
    const { client } = await dial(server.port, undefined, 'update');
    await vi.waitFor(() => expect(closed).toEqual([1]), WAIT);
    expect(server.sessions).toBe(1);
    expect(client.status.phase).toBe('established');
  });

  it('a lost connection is not opened again before the Retry Interval', async () => {
    requirement('!8210bis:9:reconnect');
    let accepted = 0;
    const rude = createServer((socket) => {
      accepted++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => rude.listen(0, host, resolve));
    closers.push(() => new Promise((resolve) => rude.close(resolve)));
    const { port } = rude.address() as AddressInfo;
    const { client } = await dial(port, undefined, 'no-common-version');
    expect([client.status.phase, accepted]).toEqual(['idle', 1]);
    expect(client.nextWake() - performance.now() / 1000).toBeGreaterThan(500);
  });
});

describe('8210bis §9.2, TLS', () => {
  it('cache and router that know each other speak', async () => {
    requirement(
      '8210bis:3:authentication',
      '8210bis:9:tls',
      '8210bis:9.2:client-certificate',
      '8210bis:9.2:address-checked',
      '8210bis:9.2:server-verified',
      '8210bis:9.2:dns-id',
      '8210bis:9.2:server-dns-id',
      '8210bis:9.2:no-common-name',
    );
    const server = await serveTls();
    const { client } = await dial(server.port, trusting(ids.cache), 'update');
    expect(lines(client.payloads()).length).toBe(3);
  });

  it.each([
    ['that shows no certificate', { key: undefined, cert: undefined }],
    ['whose certificate names other addresses', ids.elsewhere],
    ['whose certificate names no address', ids.nameless],
    ['whose certificate the cache does not trust', selfSigned('router', `IP:${host}`)],
  ] as const)('a cache turns away a router %s', async (_, identity) => {
    requirement(
      '!8210bis:3:authentication',
      '!8210bis:9.2:client-certificate',
      '!8210bis:9.2:address-checked',
      '8210bis:9.2:address-refused',
    );
    const server = await serveTls();
    const { client } = await dial(server.port, trusting(ids.cache, identity), 'connection-lost');
    expect(client.status.session).toBeUndefined();
    expect(server.sessions).toBe(0);
  });

  it.each([
    ['that it does not trust', ids.cache, trusting(ids.router)],
    ['of another name', ids.cache, trusting(ids.cache, { servername: 'other.example' })],
    ['with the name in CN alone', ids.commonName, trusting(ids.commonName)],
    ['with the name in CN beside an address', ids.address, trusting(ids.address)],
    [
      'with an address where a name was asked for',
      ids.address,
      trusting(ids.address, { servername: undefined }),
    ],
  ] as const)('a router turns away a cache with a certificate %s', async (_, identity, tls) => {
    requirement(
      '!8210bis:9.2:server-verified',
      '!8210bis:9.2:dns-id',
      '!8210bis:9.2:server-dns-id',
      '!8210bis:9.2:no-common-name',
      '!8210bis:9.2:reference-identifier',
    );
    const server = await serveTls(identity);
    const { client, event } = await dial(server.port, tls, 'connection-lost', 'update');
    expect(event.kind).toBe('connection-lost');
    expect(client.status.session).toBeUndefined();
  });

  it('the command wants to be told the DNS name of a cache that it is to reach by address', async () => {
    const { code, stderr } = await run(['rtr', 'dump', `${host}:324`, '--tls']);
    expect(code).toBe(2);
    expect(stderr).toContain('--server-name');
  });

  it('the reference identifier is the configured name of the cache, and is told to it', async () => {
    requirement('8210bis:9.2:reference-identifier');
    const names: unknown[] = [];
    const server = createTlsServer({ ...ids.cache }, (socket: TLSSocket & { servername?: unknown }) => {
      names.push(socket.servername);
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    await dial((server.address() as AddressInfo).port, trusting(ids.cache), 'connection-lost');
    expect(names).toEqual(['cache.example']);
  });

  /** The version of TLS that a plain TLS client gets from our server. */
  const versionWith = async (options: object): Promise<string | null> => {
    const server = await serveTls();
    return new Promise((resolve) => {
      const socket = connectTls({ host, port: server.port, ...trusting(ids.cache), ...options });
      closers.push(() => socket.destroy());
      socket.once('secureConnect', () => resolve(socket.getProtocol()));
      socket.once('error', () => resolve(null));
    });
  };

  it('TLS 1.3 and 1.2 are spoken', async () => {
    requirement('8210bis:9:cipher-suites');
    expect(await versionWith({})).toBe('TLSv1.3');
    expect(await versionWith({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
  });

  it('TLS 1.1 and older are not, by the cache or by the router', async () => {
    requirement('!8210bis:9:cipher-suites');
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    expect(await versionWith(old)).toBeNull();
    const server = await serveTls(ids.cache, old);
    const { client } = await dial(server.port, trusting(ids.cache), 'connection-lost');
    expect(client.status.session).toBeUndefined();
  });
});
