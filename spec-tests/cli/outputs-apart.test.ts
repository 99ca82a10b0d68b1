import { linkSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aspaFile, run, temporaryFile } from './run.js';

const ROUTES = '192.0.2.0/24|3 2 1|3\n';

describe('what is written is neither read nor written twice (D-cli-apart)', () => {
  const routes = (name = 'routes.csv') => temporaryFile(name, ROUTES);

  it.each<[string, (routes: string, rpki: string) => string[]]>([
    ['--partial over the routes', (file) => ['--partial', file]],
    ['--html over the routes', (file) => ['--html', file]],
    ['--routes-out over the routes', (file) => ['--routes-out', file]],
    ['--partial over the payloads', (_, rpki) => ['--partial', rpki]],
    ['--html over the payloads', (_, rpki) => ['--html', rpki]],
    [
      'by a link',
      (file) => {
        const link = join(dirname(file), 'link.csv');
        symlinkSync(file, link);
        return ['--routes-out', link];
      },
    ],
    [
      'by a second name',
      (file) => {
        const link = join(dirname(file), 'hard.csv');
        linkSync(file, link);
        return ['--routes-out', link];
      },
    ],
  ])('audit %s: 2', async (_, options) => {
    const file = routes();
    const rpki = aspaFile({ 1: [2] });
    const before = readFileSync(rpki, 'utf8');
    const { code, stdout, stderr } = await run(['audit', file, '--rpki', rpki, ...options(file, rpki)]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/--[a-z-]+ would write over a file that is read \(output-is-input\)/);
    expect([readFileSync(file, 'utf8'), readFileSync(rpki, 'utf8')]).toEqual([ROUTES, before]);
  });

  it('two results in one file, also in one that is not there yet: 2', async () => {
    const file = routes();
    const page = join(dirname(file), 'page.csv');
    const rpki = ['--rpki', aspaFile({ 1: [2] })];
    for (const at of [page, temporaryFile('there.csv', 'x')]) {
      const two = await run([
        'audit',
        file,
        ...rpki,
        '--html',
        at,
        '--routes-out',
        `${dirname(at)}/./${at.slice(dirname(at).length + 1)}`,
      ]);
      expect(two.code).toBe(2);
      expect(two.stderr).toMatch(/--html and --routes-out would write the same file \(output-twice\)/);
    }
    expect((await run(['audit', file, ...rpki, '--html', '/dev/null', '--partial', '/dev/null'])).code).toBe(
      0,
    );
  });

  it('audit merge --html over a part, bgp inject --write over the routes: 2', async () => {
    const part = temporaryFile('x.part', '');
    await run(['audit', routes(), '--rpki', aspaFile({ 1: [2] }), '--partial', part]);
    const before = readFileSync(part, 'utf8');
    const merged = await run(['audit', 'merge', part, '--html', part]);
    expect([merged.code, readFileSync(part, 'utf8')]).toEqual([2, before]);
    const file = routes();
    const written = await run([
      'bgp',
      'inject',
      '--local-as',
      '3',
      '--peer-as',
      '4',
      '--routes',
      file,
      '--write',
      file,
      '--format',
      'mrt',
    ]);
    expect([written.code, readFileSync(file, 'utf8')]).toEqual([2, ROUTES]);
  });
});
