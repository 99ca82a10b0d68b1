import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.js';
import { lackingFor, type Peer } from './place.js';

/** A router, and the cases of those asked here that it is known to fail: docs/routers.md says why. */
interface Tested extends Peer {
  readonly profile: string;
  readonly words: readonly string[];
  /** Its cases, where they are not {@link ASKED}. */
  readonly asked?: readonly string[];
  readonly fails: readonly string[];
  /** Those that it does not outlive: it is started again. */
  readonly ends?: readonly string[];
}

const only = (...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => ['--only', `rtr/session-${name}`]);

const ROUTERS: readonly Tested[] = [
  {
    ...{ profile: 'pathsec', words: [], fails: [] },
    ...{ program: 'node', package: 'nodejs', needs: 'program' },
  },
  {
    ...{ profile: 'bird', words: ['--programs', 'peers'] },
    ...{ program: 'bird', package: 'bird3', needs: 'peers' },
    fails: ['unknown-aspa', 'aspa-as0-mixed', 'aspa-as0-mixed-new', 'down-to-1'],
  },
  {
    ...{ profile: 'gobgp', words: ['--programs', 'peers'] },
    ...{ program: 'gobgpd', package: 'gobgpd', needs: 'peers' },
    asked: only(
      ...['version-0', 'first-query-v0', 'applied-at-end-v0', 'empty-v0', 'vrp-as0-v0', 'serial-query-v0'],
      ...['announce-and-withdraw-v0', 'no-changes-v0', 'cache-reset-v0', 'host-bits-v0', 'unknown-vrp-v0'],
    ),
    fails: ['host-bits-v0', 'unknown-vrp-v0'],
  },
  {
    ...{ profile: 'frr', words: ['--programs', 'here'], needs: 'root' },
    ...{ program: '/usr/lib/x86_64-linux-gnu/frr/modules/bgpd_rpki.so', package: 'frr-rpki-rtrlib' },
    asked: only(
      ...['applied-at-end-v', 'serial-query-v', 'cache-reset-v', 'duplicate-vrp-v', 'unknown-vrp-v'],
      ...['unknown-key-v1', 'whole-families-v1', 'host-bits-v1', 'length-wrong-v'],
    ),
    fails: ['host-bits-v1'],
    ends: ['whole-families-v1'],
  },
];

/** A session of each kind: CI has minutes, and each costs a router seconds. */
const ASKED = [
  ...['applied-at-end', 'announce-and-withdraw', 'aspa-replaced', 'aspa-shrinks', 'duplicate-aspa'],
  ...['unknown-aspa', 'aspa-as0-mixed', 'max-length-below', 'error-report-0', 'down-to-1', 'cache-reset'],
].flatMap((name) => ['--only', `rtr/session-${name}`]);

const LEFT_OUT = ['-v0', '-v1'].flatMap((end) =>
  [
    'applied-at-end',
    'announce-and-withdraw',
    'cache-reset',
    'cache-reset-answered',
    'cache-reset-same-records',
  ].flatMap((name) => ['--skip', `rtr/session-${name}${end}`]),
);

// They wait for timers of routers most of the time: one beside the other.
describe.concurrent('sessions of RTR, played to routers', () => {
  for (const { asked = [...ASKED, ...LEFT_OUT], ends = [], fails, profile, words, ...peer } of ROUTERS) {
    const lacking = lackingFor(peer);
    if (lacking) it.skip(`${profile}: ${lacking}`, () => {});
    else
      it(profile, async () => {
        const { code, stderr, stdout } = await run([
          ...['conformance', 'router', '--profile', profile, '--start', ...words, '--suite', 'rtr', '--json'],
          ...['--timeout', '60', '--strict', ...asked],
        ]);
        expect(stderr).toBe('');
        const report = JSON.parse(stdout) as {
          notes: string[];
          counts: Record<string, number>;
          results: { id: string; verdict: string }[];
        };
        expect(report.notes).toEqual(
          ends.map(() => expect.stringMatching(/^the router ended by itself, and was started again once: /)),
        );
        const wrong = report.results.filter(
          ({ verdict }) => !['passed', 'acceptable', 'not-playable'].includes(verdict),
        );
        expect(wrong.map(({ id, verdict }) => `${verdict} ${id}`).sort()).toEqual(
          [
            ...fails.map((name) => `failed rtr/session-${name}`),
            ...ends.map((name) => `crashed rtr/session-${name}`),
          ].sort(),
        );
        expect(code).toBe(fails.length + ends.length === 0 ? 0 : 1);
        expect(report.counts.passed).toBeGreaterThan(8);
      });
  }
});
