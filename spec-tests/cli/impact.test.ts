import { describe, expect, it } from 'vitest';
import { aspaFile, run, slurmFile, temporaryFile } from './run.js';

const ROAS = [{ asn: 1, prefix: '192.0.2.0/24', maxLength: 24 }];
const ROUTES = '192.0.2.0/24|3 2 1|3\n198.51.100.0/24|4 1|4\n';

const rpki = () => aspaFile({ 1: [2, 4], 2: [3] }, ROAS);
const routes = (content = ROUTES) => temporaryFile('routes', content);

/** An impact of changes of the payloads above. */
const impact = (...more: string[]) =>
  run(['impact', routes(), '--rpki', rpki(), '--neighbor-role', 'customer', ...more]);

describe('impact: exit codes', () => {
  it.each([
    [['-AS1 => AS2'], 1],
    [['AS1 => AS4'], 1],
    [['192.0.2.0/24 => AS9', '-192.0.2.0/24 => AS1'], 1],
    [['AS1 => AS2, AS4, AS5'], 0],
    [['-AS1'], 0],
    [['-192.0.2.0/24 => AS1'], 0],
  ])('%j: %i', async (changes, expected) => {
    const { code, stderr } = await impact(...changes.flatMap((change) => ['--change', change]));
    expect([code, stderr]).toEqual([expected, '']);
  });

  it('2 wins over 1 where a file of routes cannot be read, and the report is printed', async () => {
    const { code, stdout } = await impact('--change', 'AS1 => AS4', '/no/such/file');
    expect(code).toBe(2);
    expect(stdout).toContain('! not a whole file of routes: /no/such/file');
    expect(stdout).toContain('1 becomes invalid by ROV or ASPA.');
  });

  it.each<[string, string[], string]>([
    ['no change', [], 'give either --before and --after, or --change'],
    ['both ways', ['--change', 'AS1 => AS2', '--before', 'x', '--after', 'y'], 'give either --before'],
    ['half a pair', ['--before', 'x'], '--before and --after belong together'],
    ['payloads beside a pair', ['--before', 'x', '--after', 'y'], '--rpki goes with --change'],
    [
      'a bad notation',
      ['--change', 'AS1 => 2'],
      '--change: providers: "2" is not of the form AS64496 (asn-syntax)',
    ],
    [
      'the second of two',
      ['--change', 'AS1 => AS2', '--change', 'AS1 => AS2, AS1'],
      '--change (number 2): providers: AS 1 is among its own providers (aspa-own-provider)',
    ],
    ['what is not there', ['--change', '-AS9'], '--change: AS9 has no ASPA (no-such-payload)'],
    [
      'no such file',
      ['--change', '/no/such.json'],
      'pathsec: /no/such.json: no such file or directory (ENOENT)',
    ],
    ['no file of exceptions', ['--change', temporary()], 'slurm'],
    ['rows', ['--change', 'AS1 => AS2', '--rows', 'x'], 'A whole number.'],
  ])('%s: 2', async (_, more, message) => {
    const { code, stdout, stderr } = await impact(...more);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

function temporary(): string {
  return `${import.meta.dirname}/../../package.json`;
}

describe('impact: what is printed', () => {
  it('the report of --json has the members of the contract', async () => {
    const { stdout } = await impact('--change', 'AS1 => AS4', '--json');
    const report = JSON.parse(stdout);
    expect(Object.keys(report)).toEqual([
      'schema',
      'aspaRevision',
      'unreadable',
      'before',
      'after',
      'change',
      'routes',
      'notVerified',
      'skipped',
      'addPath',
      'problems',
      'judged',
      'neighborCheckMode',
      'changed',
      'becomeInvalid',
      'kinds',
      'bothDirections',
      'peers',
      'rolesWithoutPeer',
      'prefixes',
      'origins',
      'customers',
      'newlyInvalid',
      'otherChanges',
    ]);
    expect(report).toMatchObject({
      schema: 'pathsec-impact-1',
      routes: 2,
      changed: 1,
      becomeInvalid: 1,
      newlyInvalid: [{ prefix: '192.0.2.0/24', path: '3 2 1', peerAs: 3 }],
      otherChanges: [],
    });
  });

  it('text: what changes, which routes and why, and for whom', async () => {
    const { stdout } = await impact('--change', 'AS1 => AS4', '--change', '198.51.100.0/24 => AS1');
    expect(stdout).toBe(
      [
        'pathsec impact: ASPA per draft-ietf-sidrops-aspa-verification-28, origins per RFC 6811',
        'VRPs  1 before, 2 after: 1 come, 0 go',
        'ASPAs 2 before, 2 after: 0 come, 0 go, 1 have other providers',
        '2 routes read; judged twice: 1 origin, 2 paths',
        '',
        '2 routes of those change; 1 becomes invalid by ROV or ASPA.',
        '',
        'by    from       to       routes',
        'ROV   not-found  valid         1',
        'ASPA  valid      invalid       1',
        '',
        'Routes that become invalid (1)',
        'prefix        peer  path, neighbour first  verdict                why, before           why, after',
        '192.0.2.0/24   AS3  3 2 1                  ASPA valid -> invalid  attested all the way  1 lacks 2',
        '',
        'Other routes that change (1)',
        'prefix           peer  path, neighbour first  verdict                 why, before       why, after',
        '198.51.100.0/24   AS4  4 1                    ROV not-found -> valid  no VRP covers it  AS1 198.51.100.0/24-24',
        '',
        'By peer (2)',
        'routes  become invalid  peer  role',
        '     1               1  AS3   customer',
        '     1               0  AS4   customer',
        '',
        'By prefix (2)',
        'routes  become invalid  prefix',
        '     1               1  192.0.2.0/24',
        '     1               0  198.51.100.0/24',
        '',
        'By origin AS (1)',
        'routes  become invalid  origin',
        '     2               1  AS1',
        '',
        'By customer whose ASPA changes (1)',
        'routes  become invalid  customer  change',
        '     1               1  AS1       less: AS2',
        '',
        'Remarks',
        '- Routes that no collector shows are not here: a provider or a prefix that is used only when something fails',
        '  is missed by this as by any look at one table.',
        '',
      ].join('\n'),
    );
  });

  it('--rows shortens the tables', async () => {
    const { stdout } = await impact('--change', '-AS1', '--rows', '1');
    expect(stdout).toContain('Other routes that change (first 1 of 2)');
    expect(stdout).toContain('ASPA valid -> unknown');
    expect(stdout).toContain('not attested: AS1');
  });

  it('nothing', async () => {
    const { code, stdout } = await impact('--change', 'AS9 => AS10');
    expect(code).toBe(0);
    expect(stdout).toContain('No route changes.');
    expect(stdout).toContain('new: AS10');
  });

  it('without a role both directions', async () => {
    const { stdout } = await run(['impact', routes(), '--rpki', rpki(), '--change', 'AS1 => AS5']);
    expect(stdout).toContain('as from a customer or peer (upstream): 2 valid -> invalid');
  });
});

describe('impact: where a change comes from', () => {
  it('--before and --after are sets of payloads, and --slurm holds for both', async () => {
    const after = aspaFile({ 1: [4], 2: [3] }, ROAS);
    const pair = ['--before', rpki(), '--after', after, '--neighbor-role', 'customer', '--json'];
    const { code, stdout } = await run(['impact', routes(), ...pair]);
    expect([code, JSON.parse(stdout).kinds]).toEqual([
      1,
      [{ mechanism: 'aspa', from: 'valid', to: 'invalid', routes: 1 }],
    ]);
    const without = slurmFile({ aspaFilters: [{ customerAsid: 1 }] }, {});
    const same = await run(['impact', routes(), ...pair, '--slurm', without]);
    expect([same.code, JSON.parse(same.stdout).changed]).toEqual([0, 0]);
  });

  it('a SLURM file is a change: filters, then assertions', async () => {
    const file = slurmFile(
      { prefixFilters: [{ prefix: '192.0.2.0/24' }] },
      { aspaAssertions: [{ customerAsn: 4, providerAsns: [5] }] },
    );
    const { stdout } = await impact('--change', file, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      change: { vrps: { announced: 0, withdrawn: 1 }, aspas: { announced: 1, withdrawn: 0, changed: 0 } },
      kinds: [{ mechanism: 'rov', from: 'valid', to: 'not-found', routes: 1 }],
    });
  });

  it('changes are carried out in their order', async () => {
    const { stdout } = await impact('--change', '-AS1', '--change', 'AS1 => AS2, AS4', '--json');
    expect(JSON.parse(stdout).change).toMatchObject({ aspas: { announced: 0, withdrawn: 0, changed: 0 } });
  });
});
