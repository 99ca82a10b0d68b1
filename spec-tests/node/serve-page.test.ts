import { once } from 'node:events';
import { createConnection } from 'node:net';
import { DecodeError } from 'pathsec/bytes';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EventStream } from '../../src/node/event-stream.js';
import { type PageOptions, servePage } from '../../src/node/serve-page.js';
import { until } from '../cli/running.js';

const page = { type: 'text/html', octets: new TextEncoder().encode('<!doctype html>') };

async function serve(more: Partial<PageOptions> = {}) {
  const streams: EventStream[] = [];
  const closed: number[] = [];
  const server = await servePage({
    ...{ host: '127.0.0.1', port: 0, files: new Map([['/', page]]) },
    answers: {
      '/sum': (query) => {
        const [a, b] = [Number(query.get('a')), Number(query.get('b'))];
        if (Number.isNaN(a + b)) throw new DecodeError('asn-syntax', 'no number', { field: 'a' });
        if (a === 0) throw new Error('no zero');
        return { sum: a + b };
      },
    },
    streams: {
      '/events': (query, client) => {
        if (query.has('wrong')) throw new DecodeError('unknown-member', 'no', { field: 'wrong' });
        const number = streams.length;
        const stream = client.begin(() => void closed.push(number));
        streams.push(stream);
        stream.send({ id: 'a-1', event: 'hello', data: `first\nafter ${client.lastEventId}` });
      },
    },
    ...more,
  });
  onTestFinished(() => server.close());
  const url = `http://127.0.0.1:${server.port}`;
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${server.token}`, ...(init.headers as Record<string, string>) },
    });
  return { server, url, ask, streams, closed };
}

/** What a server answers to octets that are sent to it. */
async function raw(port: number, text: string): Promise<string> {
  const socket = createConnection(port, '127.0.0.1', () => socket.write(text));
  let answer = '';
  socket.on('data', (octets: Buffer) => (answer += octets.toString()));
  socket.on('error', () => {});
  await once(socket, 'close');
  return answer;
}

describe('a page that is served', () => {
  it('gives its files to everybody who names it, under a policy that lets nothing in', async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/?x=y`);
    expect([answer.status, await answer.text()]).toEqual([200, '<!doctype html>']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': expect.stringContaining("default-src 'none'; script-src 'self'"),
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const head = await fetch(`${url}/`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '15', '']);
  });

  it('says nothing to who calls it by another name, as after DNS rebinding', async () => {
    const { server } = await serve();
    for (const [host, path] of [
      ['evil.example', '/'],
      ['evil.example:80', '/events'],
      ['127.0.0.2', '/sum?a=1&b=2'],
    ]) {
      const text = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${server.token}\r\nConnection: close\r\n\r\n`;
      expect(await raw(server.port, text)).toMatch(/^HTTP\/1\.1 403 /);
    }
    const own = `GET /sum?a=1&b=2 HTTP/1.1\r\nHost: localhost:1\r\nAuthorization: Bearer ${server.token}\r\nConnection: close\r\n\r\n`;
    expect(await raw(server.port, own)).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"sum":3\}$/);
    expect(await raw(server.port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('answers and streams only to who has the token, which is another one each time', async () => {
    const { url, server, streams } = await serve();
    const other = await serve();
    expect(other.server.token).not.toBe(server.token);
    expect(server.token.length).toBeGreaterThanOrEqual(22);
    for (const authorization of [
      undefined,
      '',
      'Bearer ',
      server.token,
      `Basic ${server.token}`,
      `Bearer ${other.server.token}`,
      `Bearer ${server.token}x`,
      `Bearer ${server.token.slice(1)}`,
    ]) {
      for (const path of ['/events', `/events?token=${server.token}`, '/sum?a=1&b=2']) {
        const answer = await fetch(
          `${url}${path}`,
          authorization === undefined ? {} : { headers: { authorization } },
        );
        expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      }
    }
    expect(streams).toEqual([]);
  });

  it('has nothing that writes, and nothing else', async () => {
    const { ask } = await serve();
    for (const path of ['/', '/events', '/sum?a=1&b=2']) {
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const answer = await ask(path, { method });
        expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'GET, HEAD']);
      }
    }
    for (const path of [
      '/page.html',
      '/../package.json',
      '/%2e%2e/package.json',
      '//',
      '/constructor',
      '/__proto__',
    ]) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
    expect((await ask('/events', { method: 'HEAD' })).status).toBe(200);
  });

  it('says what is wrong with a question', async () => {
    const { ask, streams } = await serve();
    const wrong = await ask('/sum?a=x');
    expect([wrong.status, await wrong.json()]).toEqual([
      400,
      { code: 'asn-syntax', field: 'a', message: 'a: no number' },
    ]);
    expect([(await ask('/events?wrong')).status, streams.length]).toEqual([400, 0]);
    const failed = await ask('/sum?a=0');
    expect([failed.status, await failed.text()]).toEqual([500, 'no zero\n']);
    expect(await (await ask('/sum?a=1&b=2')).json()).toEqual({ sum: 3 });
  });

  it('streams events, and hears what a client has seen last', async () => {
    const { ask, streams, closed } = await serve();
    const answer = await ask('/events', { headers: { 'last-event-id': 'a-0' } });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    streams[0]?.beat();
    streams[0]?.send({ event: 'batch', data: '{}' });
    streams[0]?.end();
    expect(await answer.text()).toBe(
      'id: a-1\nevent: hello\ndata: first\ndata: after a-0\n\n:\n\nevent: batch\ndata: {}\n\n',
    );
    await until(() => closed.length === 1);
  });

  it('knows of a client that does not read, and of one that has gone', async () => {
    const { server, streams, closed } = await serve();
    const socket = createConnection(server.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    socket.pause();
    socket.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${server.token}\r\n\r\n`);
    await until(() => streams.length === 1);
    const [stream] = streams;
    await until(() => stream?.busy === false);
    const data = 'x'.repeat(1 << 16);
    // What the system takes of it is bounded.
    for (let i = 0; i < 10_000 && !stream?.busy; i++) {
      stream?.send({ event: 'batch', data });
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(stream?.busy).toBe(true);
    socket.resume();
    await until(() => stream?.busy === false);
    socket.destroy();
    await until(() => closed.length === 1);
    stream?.send({ event: 'batch', data }); // harms nobody
  });

  it('lets so many follow, and another one when one has gone', async () => {
    const { ask, streams, closed } = await serve({ maxStreams: 2 });
    await ask('/events');
    await ask('/events');
    const third = await ask('/events');
    expect([third.status, await third.text()]).toEqual([503, '2 pages are open, which is the most\n']);
    expect((await ask('/sum?a=1&b=2')).status).toBe(200);
    streams[0]?.cut();
    await until(() => closed.length === 1);
    expect((await ask('/events')).status).toBe(200);
  });

  it('ends streams whole, and does not wait for who does not read', async () => {
    const { ask, server, streams } = await serve();
    const [good, asleep] = [await ask('/events'), await ask('/events')];
    for (const stream of streams) {
      stream.send({ event: 'end', data: 'x'.repeat(1 << 20) });
      stream.end();
    }
    const [text] = await Promise.all([good.text(), server.close()]);
    expect(text.endsWith('x\n\n')).toBe(true);
    await expect(ask('/')).rejects.toThrow();
    await asleep.body?.cancel().catch(() => {});
  });

  it('rejects an address that is taken', async () => {
    const { server } = await serve();
    await expect(
      servePage({ host: '127.0.0.1', port: server.port, files: new Map(), answers: {}, streams: {} }),
    ).rejects.toThrow('EADDRINUSE');
  });
});
