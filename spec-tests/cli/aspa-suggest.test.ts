import { describe, expect, it } from 'vitest';
import { aspaFile, run, temporaryFile } from './run.js';

const routes = () => temporaryFile('routes', '192.0.2.0/24|3 2 1|3\n198.51.100.0/24|3 4 1|3\n');

describe('aspa suggest', () => {
  it('text: evidence, what the ASPA lacks, what to check, and where it errs', async () => {
    const rpki = aspaFile({ 1: [4, 5], 2: [3] });
    const { code, stdout, stderr } = await run(['aspa', 'suggest', 'AS1', routes(), '--rpki', rpki]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.slice(0, stdout.indexOf('Remarks'))).toBe(
      [
        'pathsec aspa suggest: AS1 in 2 routes',
        '2 distinct paths with it, seen by 1 peer',
        'ASPA of AS1: AS4, AS5',
        '',
        'neighbour  shows             paths  routes  peers  as origin  as transit  passed on  behind  as-rel  in ASPA  to its provider or peer',
        '      AS2  passes routes up      1       1      1          1           0          1       0  -       no       AS3 (provider by aspa, 1)',
        '      AS4  passes routes on      1       1      1          1           0          1       0  -       yes',
        '',
        'Missing in the ASPA of AS1: AS2',
        '  AS2 is not in the ASPA: 1 path up to it is invalid for its own providers and peers',
        '  (draft-zhang-sidrops-aspa-egress, missing provider).',
        'In the ASPA, and not seen with routes of AS1: AS5',
        '',
        'To be checked by AS1, and then by pathsec impact --change:',
        '  AS1 => AS2, AS4, AS5',
        '',
        '',
      ].join('\n'),
    );
    expect(stdout).toContain('a customer or peer that leaks looks');
  });

  it('--as-rel is further evidence, and payloads are not needed', async () => {
    const file = temporaryFile('as-rel.txt', '# serial 1\n4|1|-1\n4|3|0\n2|3|0\n1|2|-1\n');
    const { code, stdout } = await run(['aspa', 'suggest', '1', routes(), '--as-rel', file, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'pathsec-providers-1',
      asn: 1,
      aspa: null,
      missing: [4],
      neighbors: [
        {
          asn: 4,
          relation: 'provider',
          provider: true,
          passedUp: [{ asn: 3, relation: 'peer', by: 'as-rel' }],
        },
        { asn: 2, relation: 'customer', provider: false, shownBy: 'passes-up' },
      ],
    });
  });

  it('says where nothing is found', async () => {
    const { stdout } = await run(['aspa', 'suggest', '7', routes()]);
    expect(stdout).toContain(
      '0 distinct paths with it, seen by 0 peers\nASPA of AS7: none\n\nNo neighbour has the evidence',
    );
    const same = await run(['aspa', 'suggest', '1', routes(), '--rpki', aspaFile({ 1: [2, 4] })]);
    expect(same.stdout).toContain('The routes show nothing that the ASPA lacks or has too many.');
  });

  it.each<[string, () => string[], string]>([
    ['AS 0', () => ['0', routes()], 'AS 0 has no providers'],
    ['no AS', () => ['x', routes()], 'is not an ASN'],
    ['no routes', () => ['1'], "missing required argument 'file'"],
    ['a file that is not there', () => ['1', '/no/such/file'], 'no such file or directory'],
    ['relationships that are none', () => ['1', routes(), '--as-rel', temporaryName()], 'package.json'],
  ])('%s: 2', async (_, words, message) => {
    const { code, stderr } = await run(['aspa', 'suggest', ...words()]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

function temporaryName(): string {
  return `${import.meta.dirname}/../../package.json`;
}
