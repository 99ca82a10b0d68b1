import { describe, expect, it } from 'vitest';
import { run } from './run.js';

const router = (...words: string[]) => run(['conformance', 'router', ...words]);

describe('conformance router', () => {
  it('prints a configuration with every session of the plan, and where it belongs', async () => {
    const { code, stderr, stdout } = await router('--profile', 'openbgpd', '--print-config');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^# bgpd\.conf\n# For a laboratory: .*avoid-rpki-state-in-bgp/);
    for (const role of ['provider', 'customer', 'peer', 'rs', 'rs-client'])
      expect(stdout).toContain(`\trole ${role}\n`);
    expect(stdout).toContain('match from any avs valid set large-community 4242420009:4:1\n');
  });

  it('leaves ASPA out of the configuration where the suite is not asked', async () => {
    const { stdout } = await router('--profile', 'bird', '--suite', 'rov', '--print-config');
    expect(stdout).toContain('roa_check(roas4)');
    expect(stdout).not.toContain('aspa');
  });

  it.each([
    [['--profile', 'bird'], '--print-config'],
    [['--profile', 'bird', '--start', '--connect', '127.0.0.1:1'], 'not both'],
    [['--profile', 'bird', '--programs', 'here'], '--programs goes with --start'],
    [['--profile', 'bird', '--start', '--programs', 'there'], 'here (this machine)'],
    [['--profile', 'bird', '--start', '--suite', 'objects'], 'a router is asked'],
    [['--profile', 'bird', '--start', '--router-as', '1', '--local-as', '1'], 'two ASes'],
    [['--profile', 'bird', '--start', '--json', '--junit'], 'either --json or --junit'],
    [['--profile', 'bird', '--start', '--nonsense'], "unknown option '--nonsense'"],
    [['--profile', 'quagga', '--start'], 'Allowed choices are'],
  ])('%j is refused', async (words, text) => {
    const { code, stderr, stdout } = await router(...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(text);
  });

  it('says which session did not come up, and ends with 2', async () => {
    const { code, stderr, stdout } = await router(
      ...['--profile', 'bird', '--connect', '127.0.0.1:1', '--rtr-listen', '127.0.0.1:0'],
      ...['--timeout', '0.2', '--only', 'rov/route-0'],
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/sessions did not come up: connection lost: .*ECONNREFUSED.*AS \d+ at 127\.1\./);
  });
});
