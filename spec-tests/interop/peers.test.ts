import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SCRIPT } from './place.js';

const empty = mkdtempSync(join(tmpdir(), 'pathsec-no-peers-'));
afterAll(() => rmSync(empty, { recursive: true, force: true }));

function peers(...args: string[]): { status: number | null; stderr: string } {
  const env = { ...process.env, PATHSEC_PEERS: join(empty, 'root') };
  const { status, stderr } = spawnSync(SCRIPT, args, { encoding: 'utf8', env });
  return { status, stderr };
}

describe('scripts/peers.sh', () => {
  it('refuses a command that it does not have', () => {
    expect(peers('start')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('unknown command start'),
    });
  });

  it.each([[['run', 'bird']], [['versions']]])('%j: says where no root has been made', (args) => {
    const { status, stderr } = peers(...args);
    expect([status, stderr]).toEqual([77, `peers: no root in ${join(empty, 'root')}: make it first\n`]);
  });
});
