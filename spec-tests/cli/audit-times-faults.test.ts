import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderOf, member, tar } from '../node/spool-builder.js';
import { ccrOf, lineOf, START, spoolOf, WORLDS } from './audit-times-world.js';
import { ownTemporaryFolder, run, temporaryFile } from './run.js';

const LINES = WORLDS.map(({ origin }, i) =>
  lineOf({ time: START + i * 43_200, peer: 64_500, origin, length: 8 }),
).join('');

describe('audit --rpki-at routes --spool DIR, where something is wrong', () => {
  it('leaves no file behind, whatever comes of it', async () => {
    const folder = ownTemporaryFolder();
    const file = temporaryFile('a', LINES);
    await run(['audit', file, '--rpki-at', 'routes', '--spool', spoolOf()]);
    await run(['audit', file, '--rpki-at', 'routes', '--spool', spoolOf(), '--jobs', '2', '--json']);
    const damaged = Buffer.from(ccrOf(WORLDS[0] as (typeof WORLDS)[number]));
    damaged[damaged.length - 1] = 0;
    const broken = folderOf({
      '20260301-rpkispool.tar': tar(member('2026/03/01/20260301T120000Z-miso.ccr', damaged)),
    });
    const { code, stderr } = await run(['audit', file, '--rpki-at', 'routes', '--spool', broken]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/20260301T120000Z-miso\.ccr: .*\(ccr-hash\)/)]);
    expect(readdirSync(folder).filter((name) => name.startsWith('pathsec-payloads-'))).toEqual([]);
  });

  it.each<[string, () => string[], RegExp]>([
    [
      'a route before the first CCR',
      () => [
        temporaryFile('a', lineOf({ time: START - 1, peer: 1, origin: 2, length: 8 })),
        '--spool',
        spoolOf(),
      ],
      /\/a: record\[1\]: a route of 2026-03-01T11:59:59Z: .*no CCR at or before it \(no-ccr\)/,
    ],
    ['a spool without archives', () => [temporaryFile('a', LINES), '--spool', folderOf({})], /\(no-ccr\)/],
    [
      'a route without a time',
      () => [temporaryFile('a', '10.0.0.0/8|64500 3|64500\n'), '--spool', spoolOf()],
      /\/a: record\[1\]: a route without a time.*\(route-without-time\)/,
    ],
    ['no folder', () => [temporaryFile('a', '')], /--rpki-at TIME wants --spool DIR/],
    ['a folder that is not there', () => [temporaryFile('a', ''), '--spool', '/no/such'], /no such file/],
    ['stdin', () => ['-', '--spool', spoolOf()], /reads its input a second time/],
    [
      'another source',
      () => [temporaryFile('a', ''), '--spool', spoolOf(), '--rpki', temporaryFile('x', '{}')],
      /no --rpki beside it/,
    ],
  ])('%s: 2', async (_, argv, message) => {
    const { code, stdout, stderr } = await run(['audit', '--rpki-at', 'routes', '--json', ...argv()]);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)]);
  });
});
