import { readFileSync } from 'node:fs';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { run, temporaryFile } from './run.js';

const HIJACK = {
  links: [
    [1, 2, -1],
    [1, 3, -1],
    [3, 4, -1],
  ],
  policies: { 3: ['rovpp1'] },
  roas: [['192.0.2.0/24', 24, 2]],
  seeds: [
    { asn: 2, prefix: '192.0.2.0/24', prepend: 1 },
    { asn: 4, prefix: '192.0.2.128/25' },
  ],
  attackers: [4],
  victims: [2],
};

const scenario = (content: unknown, ...options: string[]) =>
  run(['simulate', 'scenario', temporaryFile('scenario.json', JSON.stringify(content)), ...options]);

describe('pathsec simulate scenario', () => {
  it('prints routes and outcomes as one JSON object', async () => {
    const { code, stdout } = await scenario(HIJACK, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      rib: {
        1: { '192.0.2.0/24': { relation: 'customer', next: 2, path: '1 2 2' } },
        2: { '192.0.2.0/24': { relation: 'origin', next: 2, path: '2 2' } },
        3: { '192.0.2.0/24': { relation: 'provider', next: 1, path: '3 1 2 2' } },
        4: {
          '192.0.2.128/25': { relation: 'origin', next: 4, path: '4' },
          '192.0.2.0/24': { relation: 'provider', next: 3, path: '4 3 1 2 2' },
        },
      },
      outcome: { 1: 'victim', 2: 'victim', 3: 'victim', 4: 'attacker' },
    });
  });

  it('marks a blackhole', async () => {
    const file = 'docs/incidents/1-myetherwallet/rovpp1-at-the-resolver.json';
    const { stdout } = await run(['simulate', 'scenario', file, '--json']);
    const { rib, outcome } = JSON.parse(stdout);
    expect(rib['64501']['198.51.100.0/25']).toEqual({
      relation: 'provider',
      next: 64496,
      path: '64501 64496 64498 64499',
      blackhole: true,
    });
    expect(outcome['64501']).toBe('disconnected');
    expect((await run(['simulate', 'scenario', file])).stdout).toContain('provider, dropped');
  });

  it('prints text, and takes stdin', async () => {
    const { code, stdout } = await run(['simulate', 'scenario', '-'], { stdin: JSON.stringify(HIJACK) });
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      'traffic to 192.0.2.128',
      'attacker       1 AS: 4',
      'victim         3 ASes: 1 2 3',
      '',
      'AS  prefix          from      path',
      ' 1  192.0.2.0/24    customer  1 2 2',
    ]);
  });

  it('explains an AS in text and as a member of the answer', async () => {
    const file = 'docs/incidents/1-myetherwallet/rovpp1-at-the-resolver.json';
    const { stdout } = await run(['simulate', 'scenario', file, '--explain', '64501']);
    expect(stdout).toContain('AS64501, 198.51.100.0/25: a blackhole');
    expect(stdout).toMatch(/peer +64498 +64498 64499 +dropped: the origin is invalid \(RFC 6811\)/);
    const { explain } = JSON.parse((await scenario(HIJACK, '--explain', '3', '--json')).stdout);
    expect(explain).toEqual({
      '192.0.2.128/25': [
        { neighbor: 4, relation: 'customer', path: '4', signed: false, fate: 'rov-invalid' },
      ],
      '192.0.2.0/24': [{ neighbor: 1, relation: 'provider', path: '1 2 2', signed: false, fate: 'chosen' }],
    });
    expect(await scenario(HIJACK, '--explain', '9')).toMatchObject({ code: 2, stdout: '' });
  });

  it('says what decided', async () => {
    const links = [
      [1, 3, -1],
      [2, 3, -1],
      [2, 1, -1],
      [4, 3, 0],
      [1, 5, -1],
      [5, 3, 0],
      [2, 5, -1],
    ];
    const seeds = [1, 4].map((asn) => ({ asn, prefix: '192.0.2.0/24' }));
    const { stdout } = await scenario({ links, seeds }, '--explain', '3');
    expect(stdout).toMatch(/peer +4 +4 +chosen\n/);
    expect(stdout).toMatch(/provider +1 +1 +the chosen one is of a preferred relation\n/);
    const five = await scenario({ links, seeds }, '--explain', '5', '--json');
    const [first, second] = JSON.parse(five.stdout).explain['192.0.2.0/24'];
    expect([first.fate, second.fate, second.by]).toEqual(['chosen', 'passed-over', 'length']);
    expect((await scenario({ links, seeds }, '--explain', '4')).stdout).toContain('nobody offers one');
    const seed = { links: [[1, 2, -1]], seeds: [1, 2].map((asn) => ({ asn, prefix: '192.0.2.0/24' })) };
    expect((await scenario(seed, '--explain', '1')).stdout).toMatch(
      /customer +2 +2 +an own route comes first/,
    );
  });

  it('draws up to 60 ASes', async () => {
    const svg = temporaryFile('x.svg', '');
    const dot = temporaryFile('x.dot', '');
    const { code } = await scenario(HIJACK, '--svg', svg, '--dot', dot);
    expect(code).toBe(0);
    expect(XMLValidator.validate(readFileSync(svg, 'utf8'))).toBe(true);
    expect(readFileSync(svg, 'utf8')).toContain('AS3: victim; rovpp1');
    // Signs and words tell what colours tell.
    for (const word of ['✕ 4', 'attacker', '✓ 3', 'rovpp1']) {
      expect(readFileSync(svg, 'utf8')).toContain(`>${word}</text>`);
    }
    const graph = readFileSync(dot, 'utf8');
    expect(graph).toContain('digraph "Traffic to 192.0.2.128" {');
    expect(graph).toContain('  1 -> 2 [color="#0a6ebd", penwidth=2, constraint=false];');
    expect(graph).toContain('  3 [label="✓ 3\\nrovpp1", fillcolor="#0a6ebd"];');
    expect(graph).toContain('  4 [label="✕ 4\\nattacker", fillcolor="#b3261e", penwidth=3];');
    const many = { ases: Array.from({ length: 61 }, (_, i) => i + 1) };
    const refused = await scenario(many, '--svg', svg);
    expect([refused.code, refused.stderr.includes('up to 60 ASes')]).toEqual([2, true]);
  });

  it('answers an empty scenario', async () => {
    expect(await scenario({}, '--json')).toMatchObject({ code: 0, stdout: '{"rib":{},"outcome":{}}\n' });
    expect((await scenario({})).stdout).toBe('no prefix, no traffic\n');
  });

  it.each<[unknown, string]>([
    [{ link: [] }, 'link: unknown member; did you mean links? (unknown-member)'],
    [{ seeds: [{ asn: 1, prefix: '192.0.2.0/24', prepends: 1 }] }, 'seeds[0].prepends: unknown member'],
    [{ leaks: [{ as: 1 }] }, 'leaks[0].as: unknown member; did you mean asn?'],
    [{ policies: { 1: ['otcs'] } }, 'policies.1[0]: no word that is known here; did you mean otc?'],
    [{ policies: { AS1: ['otc'] } }, 'policies.AS1'],
    [{ links: [[1, 1, 0]] }, 'links[0]: AS1 is linked to itself (link-self)'],
    [{ links: [[1, 2, 1]] }, 'links[0][2]'],
    [{ links: [[1, 2]] }, 'links[0]: must be'],
    [
      {
        links: [
          [1, 2, 0],
          [2, 1, 0],
          [2, 1, -1],
        ],
      },
      'links[2]: AS1 and AS2 are linked otherwise in links[0]',
    ],
    [{ roas: [['192.0.2.0/24', 23, 1]] }, 'roas[0][1]'],
    [{ roas: ['192.0.2.0/24'] }, 'roas[0]: must be'],
    [{ ases: [1], seeds: [{ asn: 2, prefix: '192.0.2.0/24' }] }, 'seeds[0].asn: AS2 is neither linked'],
    [{ ases: [1], seeds: [{ asn: 1, prefix: '192.0.2.0/24', path: [] }] }, 'seeds[0].path'],
    [{ ases: [1], seeds: [1, 1].map((asn) => ({ asn, prefix: '192.0.2.0/24' })) }, 'seeds[1]: AS1 announces'],
    [{ ases: [1], leaks: [{ asn: 1, from: ['sibling'] }] }, 'leaks[0].from[0]: no word'],
    [{ leaks: [{ asn: 7 }] }, 'leaks[0].asn: AS7 is neither'],
    [{ victims: [7] }, 'victims[0]: AS7 is neither'],
    [{ target: '192.0.2' }, 'target'],
  ])('refuses %j and says where', async (content, message) => {
    const { code, stdout, stderr } = await scenario(content, '--json');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('refuses what is no JSON', async () => {
    const { code, stderr } = await run(['simulate', 'scenario', temporaryFile('x.json', 'links')]);
    expect([code, stderr.includes('not JSON; expected {"links"')]).toEqual([2, true]);
  });

  it('runs every member that docs/simulate.md names', () => {
    const page = readFileSync(new URL('../../docs/simulate.md', import.meta.url), 'utf8');
    const source = readFileSync(new URL('../../src/simulate/read-scenario.ts', import.meta.url), 'utf8');
    const members = /const MEMBERS = \[([^\]]+)\]/.exec(source)?.[1]?.match(/'(\w+)'/g) ?? [];
    expect(members.length).toBe(15);
    expect(members.filter((name) => !page.includes(`\`${name.slice(1, -1)}\``))).toEqual([]);
  });
});
