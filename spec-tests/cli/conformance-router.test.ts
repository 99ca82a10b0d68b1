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

  it('tells in words what a generic router has to do, whether it waits or connects', async () => {
    const generic = (...words: string[]) => router('--profile', 'generic', '--print-config', ...words);
    const waits = await generic('--marks', 'rov', '--router-as', '64500');
    expect([waits.code, waits.stderr]).toEqual([0, '']);
    expect(waits.stdout).toContain('It listens for BGP at 127.0.0.1 port 1790');
    expect(waits.stdout).toContain('rov: 64500:1:1 valid, 64500:1:2 invalid, 64500:1:3 not-found\n');
    expect(waits.stdout).not.toMatch(/role|upstream|ASPA/);
    const connects = await generic('--marks', 'role', '--bgp-listen', '127.3.0.253:1799');
    expect(connects.stdout).toContain('It connects to these neighbours, each at port 1799:\n');
    expect(connects.stdout).toContain('at 127.3.0.255, role of our side provider, of the router customer\n');
    expect(connects.stdout).toContain('AS 4242420010 at 127.3.1.3, the collector\n');
    expect(connects.stdout).toContain('role: 4242420009:4:1 valid,');
    expect(connects.stdout).not.toContain('rov:');
    const both = await generic('--marks', 'rov,both');
    expect(both.stdout).toContain('upstream: 4242420009:2:1 valid,');
    expect(both.stdout).toContain('downstream: 4242420009:3:1 valid,');
  });

  it('asks a generic router no more than --hello says that it can', async () => {
    const { code, stdout } = await router(
      ...['--profile', 'generic', '--marks', 'rov', '--suite', 'rov', '--print-config'],
      ...['--hello', '{"asSet": false, "ownAs": false, "firstAs": true, "families": ["ipv4-unicast"]}'],
    );
    expect(code).toBe(0);
    expect(stdout).toContain('and carry IPv4 unicast.\n');
    expect(stdout).toContain('It takes every route of the neighbours: invalid ones. What it does not');
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
    [['--profile', 'generic', '--start'], 'no program to start'],
    [['--profile', 'generic', '--marks', 'rov,both,role'], 'both or role'],
    [['--profile', 'generic', '--marks', 'rov,rov'], 'Different ones'],
    [['--profile', 'generic', '--bgp-listen', 'localhost:1'], 'ADDRESS:PORT'],
    [['--profile', 'generic', '--bgp-listen', '127.3.0.1:1', '--connect', '127.0.0.1:1'], '--bgp-listen or'],
    [['--profile', 'openbgpd', '--print-config', '--connect', '[::1]:1790'], 'an IPv4 address'],
    [['--profile', 'openbgpd', '--connect', '127.0.0.1:0'], 'the port not 0'],
    [['--profile', 'bird', '--start', '--marks', 'rov'], '--marks goes with --profile generic'],
    [['--profile', 'bird', '--bgp-listen', '127.3.0.1:1'], '--bgp-listen goes with --profile generic'],
    [['--profile', 'bird', '--start', '--hello', '{}'], '--hello goes with --profile generic'],
    [['--profile', 'generic', '--hello', '{'], 'Not JSON'],
    [['--profile', 'generic', '--hello', '[]'], 'A JSON object'],
    [['--profile', 'generic', '--hello', '{"firstAS": true}'], 'did you mean firstAs? (unknown-member)'],
    [
      ['--profile', 'generic', '--hello', '{"maxProviders": "many"}'],
      'a whole number or null (hello-member)',
    ],
    [['--profile', 'generic', '--hello', '{"rtrVersions": [1]}'], 'in which ASPAs come: --marks rov'],
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
  });

  it('says which session did not come up, and ends with 2', async () => {
    const { code, stderr, stdout } = await router(
      ...['--profile', 'bird', '--connect', '127.0.0.1:1', '--rtr-listen', '127.0.0.1:0'],
      ...['--timeout', '3', '--only', 'rov/route-0'],
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/sessions did not come up: connection lost: .*ECONNREFUSED.*AS \d+ at 127\.1\./);
  });
});
