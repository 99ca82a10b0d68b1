import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { run, temporaryFile } from './run.js';

const topology = (...argv: string[]) => run(['simulate', 'topology', ...argv]);
const LINES = '# input clique: 1 2\n1|2|0\n1|3|-1\n2|4|-1\n3|5|-1\n4|5|-1\n';

describe('pathsec simulate topology', () => {
  it('makes AS relationships, which it reads again', async () => {
    const { code, stdout } = await topology('--ases', '200', '--links', '700', '--seed', '3');
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe('# made by pathsec simulate topology --ases 200 --links 700 --seed 3');
    const described = await run(['simulate', 'topology', '-'], { stdin: stdout });
    expect(described.stdout).toMatch(/^ASes +200\nlinks +700\n/);
    expect(described.stdout).toMatch(/circles of providers +0\nSHA-256 +[0-9a-f]{64}\n$/);
    const out = temporaryFile('made.txt', '');
    expect(await topology('--ases', '200', '--links', '700', '--seed', '3', '--out', out)).toMatchObject({
      code: 0,
      stdout: '',
    });
    expect(readFileSync(out, 'utf8')).toBe(stdout);
  });

  it('makes JSON with the members of a scenario', async () => {
    const { stdout } = await topology('--ases', '40', '--links', '90', '--json');
    const made = JSON.parse(stdout);
    expect([made.links.length, made.clique]).toEqual([90, [1, 2]]);
    const scenario = temporaryFile(
      's.json',
      JSON.stringify({ ...made, seeds: [{ asn: 40, prefix: '192.0.2.0/24' }] }),
    );
    const { code, stdout: answer } = await run(['simulate', 'scenario', scenario, '--json']);
    expect([code, Object.keys(JSON.parse(answer).rib).length]).toEqual([0, 40]);
  });

  it('describes a file as JSON, packed or not', async () => {
    const expected = {
      ases: 5,
      links: 5,
      providerLinks: 4,
      peerLinks: 1,
      tiers: { tier1: 2, transit: 2, multihomed: 1, stub: 0 },
      clique: [1, 2],
      exchanges: [],
      providerCircles: [],
    };
    const bzip2 = execFileSync('bzip2', ['-c'], { input: LINES });
    for (const content of [LINES, gzipSync(LINES), bzip2]) {
      const { code, stdout } = await topology(temporaryFile('as-rel.txt', content), '--json');
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject(expected);
    }
  });

  it('tells of providers in a circle, and goes on', async () => {
    const file = temporaryFile('as-rel.txt', '1|2|-1\n2|3|-1\n3|1|-1\n');
    const { code, stdout, stderr } = await topology(file);
    expect([code, stdout.includes('circles of providers      1')]).toEqual([0, true]);
    expect(stderr).toContain('3 ASes are providers of each other in a circle: AS1, AS2, AS3');
  });

  it.each<[string, string]>([
    ['1|2|-1\n2|2|0\n', 'line 2: AS2 is linked to itself (link-self)'],
    ['1|2|-1\n2|1|-1\n', 'line 2: AS1 and AS2 are linked otherwise in line 1 (link-contradiction)'],
    ['1 2\n', 'line 1: expected PROVIDER|CUSTOMER|-1 or PEER|PEER|0 (as-rel-syntax)'],
    ['', 'no link; expected'],
  ])('refuses %j', async (content, message) => {
    const { code, stdout, stderr } = await topology(temporaryFile('as-rel.txt', content));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('refuses settings that cannot be, and options that are for making', async () => {
    expect((await topology('--ases', '5')).stderr).toContain(
      '--ases: 5 is not a whole number in 20..1000000',
    );
    expect((await topology('--ases', '100', '--links', '4000')).stderr).toContain(
      '--links: of so many ASes about',
    );
    const file = temporaryFile('as-rel.txt', LINES);
    expect(await topology(file, '--seed', '1')).toMatchObject({ code: 2 });
  });
});
