import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../interop/daemon.js';
import { BIN } from './built.js';
import { ownTemporaryFolder, run } from './run.js';
import { start, until } from './running.js';

const CASE = ['--suite', 'rov', '--only', 'rov/route-0'];

/** A listener that says something to everyone and never speaks BGP; gives its port. */
async function deaf(greet: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    greet(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as { port: number }).port;
}

/** A folder with a program that is found as `bird` and does this. */
function fakeBird(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-fake-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'bird'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'bird'), 0o755);
  return folder;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('conformance router, where the router is no router', () => {
  it.each([
    ['says nothing', () => {}],
    ['sends garbage', (socket: Socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'.repeat(9))],
    ['hangs up', (socket: Socket) => void socket.end()],
  ])('tells which session did not come up: it %s', async (_, greet) => {
    const port = await deaf(greet);
    const { code, stderr, stdout } = await run([
      ...['conformance', 'router', '--profile', 'generic', '--marks', 'rov', ...CASE, '--timeout', '2'],
      ...['--connect', `127.0.0.1:${port}`, '--rtr-listen', '127.0.0.1:0'],
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/sessions did not come up: .* \(AS \d+ at 127\.1\.\d\.\d+\)/);
  });

  it('ends with 3 where it is interrupted while the sessions come up', async () => {
    const port = await deaf(() => {});
    const before = process.listenerCount('SIGINT');
    const running = start([
      ...['conformance', 'router', '--profile', 'generic', '--marks', 'rov', ...CASE],
      ...['--connect', `127.0.0.1:${port}`, '--rtr-listen', '127.0.0.1:0'],
    ]);
    await until(() => process.listenerCount('SIGINT') > before);
    const { code, stderr, stdout } = await running.stop();
    expect([code, stderr]).toEqual([3, '']);
    expect(stdout).toMatch(/^suite +cases +passed +not asked\nrov +(\d+) +0 +\1\n/);
    expect(stdout).toMatch(/note: interrupted by SIGINT after 0 cases of \d+\n/);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('gives up a program that does not tell its version', async () => {
    const folder = fakeBird('exec sleep 1000');
    const path = process.env.PATH;
    process.env.PATH = `${folder}:${path}`;
    onTestFinished(() => {
      process.env.PATH = path;
    });
    const words = ['--profile', 'bird', '--start', '--programs', 'here', ...CASE, '--timeout', '1'];
    const { code, stderr } = await run(['conformance', 'router', ...words]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('bird --version did not end within 1 s')]);
  });

  it('leaves no program behind on a second signal', async () => {
    const place = ownTemporaryFolder();
    const folder = fakeBird(
      `case $1 in --version) echo BIRD version 2.0.12;; *) trap '' TERM; echo $$ > '${place}/'$$.fake-bird; sleep 1000;; esac`,
    );
    const child = spawn(
      process.execPath,
      [BIN, 'conformance', 'router', '--profile', 'bird', '--start', '--programs', 'here', ...CASE],
      { env: { ...process.env, PATH: `${folder}:${process.env.PATH}` }, stdio: 'ignore' },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    const marks = (): string[] => readdirSync(place).filter((name) => name.endsWith('.fake-bird'));
    await until(() => marks().length > 0);
    const pid = Number.parseInt(marks()[0] ?? '', 10);
    expect(isAlive(pid)).toBe(true);
    child.kill('SIGINT'); // it waits for the router, which does not end on SIGTERM
    child.kill('SIGTERM');
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect([code, signal]).toEqual([143, null]);
    await until(() => !isAlive(pid));
  });

  it('hears no signal any more after its end, however it ended', async () => {
    const heard = (): number[] => ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => process.listenerCount(name));
    const before = heard();
    const { code } = await run([
      ...['conformance', 'router', '--profile', 'generic', '--marks', 'rov', ...CASE, '--timeout', '0.2'],
      ...['--connect', `127.0.0.1:${await freePort()}`, '--rtr-listen', '127.0.0.1:0'],
    ]);
    expect(code).toBe(2);
    expect(heard()).toEqual(before);
  });

  it('has a port that nobody listens on', async () => {
    const { code, stderr } = await run([
      ...['conformance', 'router', '--profile', 'generic', '--marks', 'rov', ...CASE, '--timeout', '3'],
      ...['--connect', `127.0.0.1:${await freePort()}`, '--rtr-listen', '127.0.0.1:0'],
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('ECONNREFUSED')]);
  });
});
