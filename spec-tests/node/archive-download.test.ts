import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { download } from '../../src/node/archive/download.js';

type Answer = (request: IncomingMessage, response: ServerResponse, time: number) => void;

/** A server of the web on a free port of loopback. */
async function web(answer: Answer): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.range ?? '');
    answer(request, response, asked.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`, asked };
}

const CONTENT = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251);
const limit = 1 << 20;
const pause = 1;

const rangeOf = ({ headers }: IncomingMessage): number =>
  Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);

/** Answers with the file, or the part that was asked for, and breaks off after so many octets. */
function send(
  request: IncomingMessage,
  response: ServerResponse,
  cut: number,
  head: Record<string, string>,
): void {
  const from = rangeOf(request);
  const rest = CONTENT.subarray(from);
  const range = { 'content-range': `bytes ${from}-${CONTENT.length - 1}/${CONTENT.length}` };
  response.writeHead(from === 0 ? 200 : 206, {
    'content-length': String(rest.length),
    ...head,
    ...(from === 0 ? {} : range),
  });
  if (cut >= rest.length) response.end(rest);
  else response.write(rest.subarray(0, cut), () => setTimeout(() => response.destroy(), 5));
}

async function fetched(url: string, options = {}): Promise<Uint8Array> {
  const { path, remove } = await download(url, { limit, pause, ...options });
  const content = readFileSync(path);
  await remove();
  expect(existsSync(path)).toBe(false);
  return content;
}

describe('download', () => {
  it('resumes wherever it breaks off, by what the server says of the file (RFC 9110 sections 13.1.5 and 14.2)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: CONTENT.length }), { maxLength: 3 }),
        fc.constantFrom(
          { etag: '"a"' },
          { 'last-modified': 'Mon, 02 Mar 2026 00:00:00 GMT' },
          { etag: 'W/"a"' },
          {},
        ),
        async (cuts, head) => {
          const { url, asked } = await web((request, response, time) =>
            send(request, response, cuts[time - 1] ?? CONTENT.length, head),
          );
          expect(Buffer.compare(await fetched(url), CONTENT)).toBe(0);
          const resumes = 'etag' in head ? head.etag === '"a"' : 'last-modified' in head;
          if (!resumes) expect(asked.filter((range) => range !== '')).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('begins anew where the file is another, or the server knows no parts', async () => {
    const { url, asked } = await web((request, response) => {
      // On a busy machine the octets may be lost with the connection: then they are asked for again.
      if (rangeOf(request) === 0) send(request, response, 1000, { etag: '"old"' });
      else response.writeHead(200, { etag: '"new"' }).end(CONTENT);
    });
    expect(Buffer.compare(await fetched(url, { tries: 10 }), CONTENT)).toBe(0);
    expect([...new Set(asked)]).toEqual(['', 'bytes=1000-']);
    expect(asked.at(-1)).toBe('bytes=1000-');
  });

  it('tries again what can go well later, and no more than it was told', async () => {
    const { url, asked } = await web((_, response) => void response.writeHead(503).end());
    await expect(fetched(url, { tries: 3 })).rejects.toMatchObject({ code: 'url-unreachable' });
    expect(asked).toHaveLength(3);
    await expect(fetched('http://127.0.0.1:1/x', { tries: 2 })).rejects.toMatchObject({
      code: 'url-unreachable',
    });
    const silent = await web((_, response) => void response.write('x'));
    await expect(fetched(silent.url, { tries: 1, silence: 50 })).rejects.toThrow(/nothing came for 0.05 s/);
  });

  it('gives up at once what is refused, or another part than was asked for', async () => {
    for (const status of [403, 404, 410]) {
      const { url, asked } = await web((_, response) => void response.writeHead(status).end());
      await expect(fetched(url)).rejects.toMatchObject({ code: 'url-refused' });
      expect(asked).toHaveLength(1);
    }
    const { url } = await web((request, response, time) => {
      if (time === 1) return send(request, response, 1000, { etag: '"a"' });
      response.writeHead(206, { 'content-range': 'bytes 5-9/10' }).end('12345');
    });
    await expect(fetched(url)).rejects.toThrow(/another part/);
  });

  it('takes no more than the limit, whatever the server says', async () => {
    const said = await web(
      (_, response) => void response.writeHead(200, { 'content-length': '9000000' }).write('x'),
    );
    await expect(fetched(said.url)).rejects.toMatchObject({ code: 'url-too-long' });
    const unsaid = await web((_, response) => void response.end(Buffer.alloc(limit + 1)));
    await expect(fetched(unsaid.url)).rejects.toMatchObject({ code: 'url-too-long' });
  });
});
