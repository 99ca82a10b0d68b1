import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { describeWithProgram } from '../support.js';
import { startNats, startWorker } from './archive-server.js';
import { aspaFile, run, temporaryFile } from './run.js';

// Workers here are processes of their own, which die and are started as on other machines.

const rib = readFileSync(new URL('../../src/sample/rib.mrt.gz', import.meta.url));
const ROUTES = '192.0.2.0/24|3 2 1|3\n198.51.100.0/24|3 4 1|3\n';
const payloads = () => aspaFile({ 1: [2] }, [{ asn: 1, prefix: '192.0.2.0/24', maxLength: 24 }]);

/** Makes a file one that nobody can read to its end before somebody writes it: handed in, it has to be a plain one. */
function block(file: string): void {
  rmSync(file);
  execFileSync('mkfifo', [file]);
  linkSync(file, otherName(file)); // by which it can be written when another file has its name
}

const otherName = (file: string): string => `${file}.pipe`;

/** Puts a plain file in the place of another. */
function replace(file: string, content: string | Uint8Array): void {
  renameSync(temporaryFile('new', content), file);
}

async function submit(
  url: string,
  files: readonly string[],
  rpki: string,
  ...more: readonly string[]
): Promise<void> {
  const argv = ['archive', 'submit', ...files, '--server', url, '--job', 'x', '--rpki', rpki, ...more];
  expect((await run([...argv, '--patience', '1'])).code).toBe(0);
}

const collected = (url: string) =>
  run(['archive', 'collect', '--server', url, '--job', 'x', '--wait', '--json']);
const audited = (rpki: string, files: readonly string[]) =>
  run(['audit', '--rpki', rpki, '--json', ...files]);

describeWithProgram('workers that are processes', 'nats-server', () => {
  it('killed in the middle of a file: another one judges it, and nothing is lost or counted twice', async () => {
    const { url } = await startNats();
    const rpki = payloads();
    const slow = temporaryFile('slow', ROUTES);
    const files = [slow, temporaryFile('a', ROUTES), temporaryFile('b.gz', rib)];
    await submit(url, files, rpki);
    block(slow);
    const first = startWorker(url, '--name', 'first');
    await first.until('held', slow);
    await first.kill('SIGKILL');
    replace(slow, ROUTES.replace('3 2 1', '3 5 1'));
    const [second, third] = [
      startWorker(url, '--name', 'second', '--until-done'),
      startWorker(url, '--until-done'),
    ];
    const report = await collected(url);
    expect(report).toEqual(await audited(rpki, files));
    expect(report.code).toBe(0);
    expect(await Promise.all([second.ended, third.ended])).toEqual([0, 0]);
    const done = [first, second, third].flatMap((one) => one.events().filter(({ type }) => type === 'done'));
    expect(done.map(({ file }) => file).sort()).toEqual([...files].sort());
    const again = [second, third].flatMap((one) => one.events().filter(({ file }) => file === slow));
    expect(again[0]).toMatchObject({ type: 'held', tries: 2 });
  });

  it('a file that kills each of its workers is given up, and the others are reported', async () => {
    const { url } = await startNats();
    const rpki = payloads();
    const slow = temporaryFile('slow', ROUTES);
    const files = [slow, temporaryFile('a', ROUTES)];
    await submit(url, files, rpki, '--tries', '2');
    block(slow);
    for (const name of ['first', 'second']) {
      const worker = startWorker(url, '--name', name);
      await worker.until('held', slow);
      await worker.kill('SIGKILL');
    }
    expect(await startWorker(url, '--name', 'third', '--until-done').ended).toBe(0);
    const { code, stdout, stderr } = await collected(url);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `${slow}: given up by worker third after 2 tries: worker second took it and was not heard of again`,
    );
    expect(JSON.parse(stdout)).toMatchObject({
      routes: 2,
      unreadable: [{ code: 'archive-silent', file: slow }],
    });
  });

  it('the server killed and started again: work goes on', async () => {
    const server = await startNats();
    const { url } = server;
    const rpki = payloads();
    const slow = temporaryFile('slow', ROUTES);
    const files = [slow, temporaryFile('b.gz', rib), temporaryFile('c', ROUTES)];
    await submit(url, files, rpki);
    block(slow);
    const worker = startWorker(url, '--until-done');
    await worker.until('held', slow);
    await server.kill();
    await writeFile(slow, ROUTES.replace('3 2 1', '3 5 1')); // it has to be kept before it can be acknowledged
    await server.start();
    const report = await collected(url);
    replace(slow, ROUTES.replace('3 2 1', '3 5 1'));
    const whole = await audited(rpki, files);
    expect([report.code, JSON.parse(report.stdout)]).toEqual([0, JSON.parse(whole.stdout)]);
    expect(await worker.ended).toBe(0);
  });

  it('workers that come later take their share, and one that is stopped leaves its file to them', async () => {
    const { url } = await startNats();
    const rpki = payloads();
    const slow = temporaryFile('slow', ROUTES);
    const files = [
      slow,
      ...Array.from({ length: 8 }, (_, i) => temporaryFile(`f${i}`, `10.${i}.0.0/16|3 2 1|3\n`)),
    ];
    await submit(url, files, rpki, '--tries', '1');
    block(slow);
    const first = startWorker(url);
    await first.until('held', slow);
    const others = [startWorker(url, '--until-done'), startWorker(url, '--until-done')];
    await Promise.race(others.map((one) => one.until('done')));
    replace(slow, ROUTES);
    const stopped = first.kill('SIGTERM');
    await Promise.race(others.map((one) => one.until('held', slow)));
    await writeFile(otherName(slow), ROUTES); // a program cannot end while it waits for a pipe
    await stopped;
    expect(await first.ended).toBe(0);
    expect(await collected(url)).toEqual(await audited(rpki, files));
    expect(await Promise.all(others.map((one) => one.ended))).toEqual([0, 0]);
  });

  it('files by HTTP: one that breaks off is resumed, one that is not there is given up', async () => {
    const { url } = await startNats();
    const rpki = payloads();
    let asked = 0;
    const web = createServer((request, response) => {
      if (request.url !== '/rib.mrt.gz') {
        response.writeHead(404).end();
        return;
      }
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const status = from === 0 ? 200 : 206;
      const rest = rib.subarray(from);
      response.writeHead(status, {
        'content-length': rest.length,
        etag: '"1"',
        ...(from === 0 ? {} : { 'content-range': `bytes ${from}-${rib.length - 1}/${rib.length}` }),
      });
      if (asked++ > 0) response.end(rest);
      else response.write(rest.subarray(0, 5000), () => response.destroy());
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void web.close());
    const base = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
    const local = temporaryFile('rib.mrt.gz', rib);
    await submit(url, [`${base}/rib.mrt.gz`, `${base}/none`], rpki, '--tries', '1');
    expect(await startWorker(url, '--until-done').ended).toBe(0);
    const { code, stdout, stderr } = await collected(url);
    const { unreadable, ...report } = JSON.parse(stdout) as Record<string, unknown>;
    const { unreadable: none, ...whole } = JSON.parse((await audited(rpki, [local])).stdout) as Record<
      string,
      unknown
    >;
    expect([code, report, none, asked]).toEqual([2, whole, [], 2]);
    expect(unreadable).toMatchObject([{ code: 'url-refused', file: `${base}/none` }]);
    expect(stderr).toContain('the server answered 404');
  });
});
