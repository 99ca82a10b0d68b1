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
    [['--profile', 'bird', '--start', '--router-as', '4242420003'], 'the probes have this AS'],
    [['--profile', 'bird', '--start', '--local-as', '0'], 'no session can have this AS'],
    [['--profile', 'pathsec', '--connect', '127.0.0.1:1'], 'which needs --start'],
    [['--profile', 'bird', '--start', '--seed', '1'], '--seed goes with --random'],
    [['--profile', 'bird', '--start', '--only', 'rov/no-such'], 'no case has such an id'],
    [['--profile', 'bird', '--start', '--json', '--junit'], 'either --json or --junit'],
    [['--profile', 'bird', '--start', '--nonsense'], "unknown option '--nonsense'"],
    [['--profile', 'quagga', '--start'], 'Allowed choices are'],
  ])('%j is refused', async (words, text) => {
    const { code, stderr, stdout } = await router(...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(text);
  });

  it.each([['aspa/held'], ['aspa/random-']])('%s alone can be asked', async (id) => {
    const words = ['--only', id, '--random', '10', '--seed', '1', '--print-config'];
    const { code, stdout } = await router('--profile', 'bird', ...words);
    expect(code).toBe(0);
    expect(stdout).toContain('aspa_check_upstream');
  });

  it('gives up though connections are tried again and again', async () => {
    const { code, stderr } = await router(
      ...['--profile', 'bird', '--connect', '127.0.0.1:1', '--rtr-listen', '127.0.0.1:0'],
      ...['--timeout', '3', '--only', 'rov/route-0'],
    );
    expect(code).toBe(2);
    expect(stderr).toContain('sessions did not come up');
  }, 60_000);

  it('says which session did not come up, and ends with 2', async () => {
    const { code, stderr, stdout } = await router(
      ...['--profile', 'bird', '--connect', '127.0.0.1:1', '--rtr-listen', '127.0.0.1:0'],
      ...['--timeout', '0.2', '--only', 'rov/route-0'],
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/sessions did not come up: connection lost: .*ECONNREFUSED.*AS \d+ at 127\.1\./);
  });
});
