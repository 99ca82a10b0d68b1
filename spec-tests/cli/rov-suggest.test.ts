import { describe, expect, it } from 'vitest';
import { aspaFile, run, temporaryFile } from './run.js';

const ROAS = [
  { asn: 1, prefix: '10.0.0.0/16', maxLength: 24 },
  { asn: 7, prefix: '10.7.0.0/16', maxLength: 16 },
  { asn: 1, prefix: '10.0.1.0/24', maxLength: 24 },
];
const routes = () =>
  temporaryFile('routes', '10.0.0.0/16|9 1|9\n10.0.1.0/24|9 1|9\n10.0.2.0/24|9 2|9\n10.0.0.0/16|9 2|9\n');
const suggest = (...more: string[]) =>
  run(['rov', 'suggest', routes(), '--rpki', aspaFile({}, ROAS), ...more]);

describe('rov suggest', () => {
  it('text: each finding with what it rests on, and where it errs', async () => {
    const { code, stdout, stderr } = await suggest();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.slice(0, stdout.indexOf('Remarks'))).toBe(
      [
        'pathsec rov suggest: VRPs held against what is announced',
        '3 VRPs; 4 routes to 3 prefixes, 4 pairs of prefix and origin',
        '',
        'VRPs that permit more than is announced (RFC 9319) (1)',
        'VRP                    permits  announced  longest  minimal',
        '10.0.0.0/16-24 => AS1      511          2      /24  10.0.0.0/16, 10.0.1.0/24',
        '',
        'Announced prefixes that VRPs cover and none matches (2)',
        'prefix       origin  wrong   VRPs that cover it',
        '10.0.0.0/16     AS2  origin  10.0.0.0/16-24 => AS1',
        '10.0.2.0/24     AS2  origin  10.0.0.0/16-24 => AS1',
        '',
        'VRPs that no route uses (1)',
        'VRP                 why',
        '10.7.0.0/16 => AS7  nothing is announced at or below it',
        '',
        'VRPs that another of their AS makes needless (1)',
        'VRP                 within',
        '10.0.1.0/24 => AS1  10.0.0.0/16-24 => AS1',
        '',
        'Prefixes with several origins: 0 all-valid, 1 some-invalid, 0 all-invalid, 0 not-found (1)',
        'prefix       kind          side by side  origins',
        '10.0.0.0/16  some-invalid  no            AS1 valid, AS2 invalid',
        '',
        '',
      ].join('\n'),
    );
    expect(stdout).toContain('Add VRPs before taking any away.');
  });

  it('--json is one object, whose lists are arrays; --rows shortens the text', async () => {
    const report = JSON.parse((await suggest('--json')).stdout);
    expect(report).toMatchObject({
      schema: 'pathsec-origins-1',
      routes: 4,
      moasKinds: { 'some-invalid': 1 },
    });
    expect(report.covered).toHaveLength(2);
    expect((await suggest('--rows', '1')).stdout).toContain('none matches (first 1 of 2)');
  });

  it.each<[string, () => string[], string]>([
    ['no payloads', () => [routes()], 'which payloads?'],
    ['no such file', () => ['/no/such/file', '--rpki', aspaFile({}, ROAS)], 'no such file or directory'],
  ])('%s: 2', async (_, words, message) => {
    const { code, stderr } = await run(['rov', 'suggest', ...words()]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
