import { createConnection } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveMetrics } from '../../src/node/serve-metrics.js';

async function serve(metrics: () => Promise<string>) {
  const server = await serveMetrics({
    host: '127.0.0.1',
    port: 0,
    contentType: 'text/plain; version=0.0.4',
    metrics,
  });
  onTestFinished(() => server.close());
  return { server, url: `http://127.0.0.1:${server.port}` };
}

describe('the endpoint for metrics', () => {
  it('serves the text of the moment as /metrics, and nothing else', async () => {
    let scrapes = 0;
    const { url } = await serve(async () => `scrapes ${++scrapes}\n`);
    const first = await fetch(`${url}/metrics`);
    expect([first.status, first.headers.get('content-type'), await first.text()]).toEqual([
      200,
      'text/plain; version=0.0.4',
      'scrapes 1\n',
    ]);
    expect(await (await fetch(`${url}/metrics?name=x`)).text()).toBe('scrapes 2\n');
    const head = await fetch(`${url}/metrics`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST', body: 'x'.repeat(100_000) })).status).toBe(405);
  });

  it('says what went wrong, and goes on', async () => {
    let wrong = true;
    const { url } = await serve(async () => {
      if (wrong) throw new Error('not now');
      return 'well\n';
    });
    const failed = await fetch(`${url}/metrics`);
    expect([failed.status, await failed.text()]).toEqual([500, 'not now\n']);
    wrong = false;
    expect(await (await fetch(`${url}/metrics`)).text()).toBe('well\n');
  });

  it('answers what is no HTTP with an error, also a path that is no URL', async () => {
    const { server } = await serve(async () => 'well\n');
    const ask = (text: string): Promise<string> =>
      new Promise((resolve) => {
        let answer = '';
        const socket = createConnection(server.port, '127.0.0.1', () => socket.end(text));
        socket.on('data', (octets: Buffer) => (answer += octets.toString()));
        socket.on('close', () => resolve(answer.slice(0, 12)));
      });
    expect(await ask('garbage\r\n\r\n')).toBe('HTTP/1.1 400');
    expect(await ask('GET // HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('HTTP/1.1 404');
    expect(await ask('GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('HTTP/1.1 404');
  });

  it('closes at once, and rejects an address that is taken', async () => {
    const { server, url } = await serve(async () => 'well\n');
    await expect(
      serveMetrics({ host: '127.0.0.1', port: server.port, contentType: '', metrics: async () => '' }),
    ).rejects.toThrow('EADDRINUSE');
    await fetch(`${url}/metrics`); // which keeps its connection open
    await server.close();
    await expect(fetch(`${url}/metrics`)).rejects.toThrow();
  });
});
