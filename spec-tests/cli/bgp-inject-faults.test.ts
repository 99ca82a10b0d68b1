import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { KEEPALIVE, peerOpen } from '../speaker/peer.js';
import { inject, receiver } from './bgp-inject-peer.js';
import { run, temporaryFile } from './run.js';
import { start, until } from './running.js';

const text = (...lines: readonly string[]): string => temporaryFile('routes', `${lines.join('\n')}\n`);
const FOUR = '192.0.2.0/24|64498 64496|64498';

describe('what goes wrong', () => {
  it('is exit code 1 where the peer ends the session', async () => {
    const peer = await receiver();
    const command = inject(peer, '--routes', text(FOUR));
    await until(() => peer.held.size === 1);
    await peer.stop('enough');
    const { code, lines } = await command.stop();
    expect(code).toBe(1);
    expect(lines.find(({ state }) => state === 'down')?.reason).toBe(
      'the peer says Cease / Administrative Shutdown (6/2): "enough"',
    );
  });

  it('is exit code 1 where it refuses the OPEN, or never is there', async () => {
    const peer = await receiver({ peerAs: 64496 });
    const refused = inject(peer, '--routes', text(FOUR));
    await refused.until({ type: 'session', state: 'idle' });
    expect((await refused.stop()).code).toBe(1);
    expect(
      (await run(['bgp', 'inject', '127.0.0.1:1', '--local-as', '1', '--for', '0', '--routes', text(FOUR)]))
        .code,
    ).toBe(1);
  });

  it('is exit code 2 where an input cannot be read; the others are announced', async () => {
    const peer = await receiver();
    const command = inject(peer, '--routes', '/nowhere', text(FOUR));
    await command.until({ type: 'announced', routes: 1 });
    const { code, stderr } = await command.stop();
    expect(code).toBe(2);
    expect(stderr).toMatch(/\/nowhere: no such file or directory \(ENOENT\) \(input-unreadable\)/);
  });

  it.each([
    [
      'the one input is not there',
      () => ['/nowhere'],
      /\/nowhere: no such file or directory \(ENOENT\) \(input-unreadable\)/,
    ],
    ['the one input has no routes', () => [text('neither', 'routes')], /\(no-record\)/],
    ['none of its inputs is there', () => ['/nowhere', '/nor/here'], /\/nor\/here: .* \(input-unreadable\)/],
  ])('is over before any session where %s', async (_, files, fault) => {
    const argv = ['bgp', 'inject', '127.0.0.1:1', '--local-as', '1', '--routes', ...files()];
    const { code, stderr } = await run(argv);
    expect(code).toBe(2);
    expect(stderr).toMatch(fault);
  });

  it('is a fault of the routes, which --strict makes exit code 2', async () => {
    const file = text(FOUR, '192.0.2.0/33|1|1', '# end');
    for (const [argv, wanted] of [
      [[], 0],
      [['--strict'], 2],
    ] as const) {
      const peer = await receiver();
      const command = inject(peer, ...argv, '--routes', file);
      await command.until({ type: 'announced', routes: 1 });
      expect((await command.stop()).code).toBe(wanted);
    }
  });

  it.each([
    [['127.0.0.1:1', '--routes', 'x'], /which AS is ours\?/],
    [['127.0.0.1:1', '--local-as', '1'], /which routes\?/],
    [['127.0.0.1', '--local-as', '1', '--routes', 'x'], /127\.0\.0\.1 is not HOST:PORT/],
    [['127.0.0.1:1', '--local-as', '1', '--routes', '-', '-'], /stdin can be read only once/],
    [['127.0.0.1:1', '--local-as', '1', '--routes', 'x', '--rate', '0'], /A number above 0/],
    [['127.0.0.1:1', '--local-as', '1', '--routes', 'x', '--prepend', '--as-received'], /not both/],
    [
      ['127.0.0.1:1', '--local-as', '1', '--routes', 'x', '--next-hop', '1.1.1.1', '--next-hop', '1.1.1.2'],
      /one address of IPv4, and one of IPv6/,
    ],
  ])('and %j is refused', async (argv, wanted) => {
    const { code, stderr } = await run(['bgp', 'inject', ...argv]);
    expect(stderr).toMatch(wanted);
    expect(code).toBe(2);
  });
});

/** A peer that opens the session and then does what `then` says. */
async function hostile(then: (socket: Socket) => void): Promise<{ readonly port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.write(peerOpen([], { asn: 64500 }));
    socket.write(KEEPALIVE);
    then(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as { port: number }).port };
}

describe('a hostile peer', () => {
  it('that reads nothing stops the reading of the input', async () => {
    const peer = await hostile((socket) => void socket.pause());
    let pulled = 0;
    const endless = (async function* () {
      for (let i = 0; i < 100_000; i++) {
        pulled++;
        const routes = Array.from(
          { length: 2000 },
          (_, n) => `10.${(i * 8 + (n >> 8)) & 0xff}.${n & 0xff}.0/24|${1 + (n % 700)} ${i + 1}|1`,
        );
        yield new TextEncoder().encode(`${routes.join('\n')}\n`);
      }
    })();
    const argv = [`127.0.0.1:${peer.port}`, '--local-as', '64499', '--routes', '-', '--hold', '0'];
    const command = start(['bgp', 'inject', ...argv], undefined, endless);
    await command.until({ type: 'session', state: 'established' });
    for (let still = 0, last = 0; still < 20; last = pulled) {
      still = pulled === last && pulled > 0 ? still + 1 : 0;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { code, stdout } = await command.stop();
    expect(pulled).toBeLessThan(1000);
    expect(stdout).not.toContain('"announced"');
    expect(code).toBe(0);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['resets', (socket) => void socket.once('data', () => socket.resetAndDestroy())],
    ['says garbage', (socket) => void socket.write(new Uint8Array(4096))],
    ['ends', (socket) => void socket.end()],
  ])('that %s is exit code 1, or tried again until the end', async (_, then) => {
    const peer = await hostile(then);
    const argv = [`127.0.0.1:${peer.port}`, '--local-as', '64499', '--routes', text(FOUR), '--for', '1'];
    expect((await run(['bgp', 'inject', ...argv])).code).toBe(1);
  });
});
