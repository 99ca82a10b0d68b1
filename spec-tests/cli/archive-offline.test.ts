import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aspaFile, run, temporaryFile } from './run.js';

const payloads = () => aspaFile({ 1: [2] });
const A = '192.0.2.0/24|3 2 1|3\n';

describe('archive without a server', () => {
  const server = ['--server', 'nats://127.0.0.1:1', '--job', 'x'];

  it.each(['submit', 'work', 'collect'])('%s: names the server, exit code 2', async (name) => {
    const files = name === 'submit' ? [temporaryFile('a', A), '--rpki', payloads()] : [];
    const { code, stdout, stderr } = await run(['archive', name, ...files, ...server]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^pathsec: nats:\/\/127.0.0.1:1: .*refused/);
  });

  it('refuses what it cannot do before it connects', async () => {
    const a = temporaryFile('a', A);
    const told = async (...argv: readonly string[]) => {
      const { code, stderr } = await run(['archive', ...argv]);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await told('submit', ...server, '--rpki', payloads())).toContain('which files?');
    expect(await told('submit', '-', ...server, '--rpki', payloads())).toContain('no worker can read');
    expect(await told('submit', a, ...server, '--rpki', '-')).toContain('no worker can read');
    for (const file of ['/dev/zero', dirname(a)])
      expect(await told('submit', file, ...server, '--rpki', payloads())).toContain(
        `${file}: a folder, a pipe or a device`,
      );
    expect(await told('submit', a, ...server)).toContain('which payloads?');
    expect(await told('submit', 'x'.repeat(5000), ...server, '--rpki', payloads())).toContain(
      '4096 characters',
    );
    expect(await told('submit', a, ...server, '--rpki', payloads(), '--tries', '0')).toContain('1..100');
    expect(await told('collect', '--server', 'nats://127.0.0.1:1', '--job', 'a.b')).toContain(
      'letters, digits',
    );
    expect(await told('collect', '--server', 'http://127.0.0.1:1', '--job', 'x')).toContain(
      'no address of a server',
    );
    expect(await told('collect', '--server', 'nats://', '--job', 'x')).toContain('no address of a server');
    expect(await told('work', '--server', '127.0.0.1:1', '--jobs', '300')).toContain('1..256');
  });
});
