import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.js';
import { lackingFor, type Peer } from './place.js';
import { notesBesideRepeats } from './router-notes.js';

/** A router that is tested, and what it is known to do otherwise than the vectors: docs/routers.md says why. */
interface Tested extends Peer {
  readonly profile: string;
  readonly words: readonly string[];
  /** Cases with routes that it does not take; of the random ones a few have an AS_SET. */
  readonly refused: readonly RegExp[];
}

const BOGUS = /^rov\/route-15$/;
const SETS =
  /^(?:aspa\/(?:set-|killer-C[6-9]$|consequence-39$)|rov\/(?:origin-|route-(?:08|09|28)$)|(?:aspa|rov)\/random-)/;

const ROUTERS: readonly Tested[] = [
  {
    profile: 'bird',
    words: ['--programs', 'peers'],
    ...{ program: 'bird', package: 'bird3', needs: 'peers' },
    refused: [BOGUS],
  },
  {
    profile: 'openbgpd',
    words: ['--programs', 'peers'],
    ...{ program: 'bgpd', package: 'openbgpd', needs: 'peers' },
    refused: [SETS],
  },
  {
    profile: 'bird',
    words: ['--programs', 'here'],
    ...{ program: 'bird', package: 'bird2', needs: 'program' },
    refused: [BOGUS],
  },
  {
    profile: 'openbgpd',
    words: ['--programs', 'here'],
    ...{ program: 'bgpd', package: 'openbgpd', needs: 'root' },
    refused: [],
  },
  {
    profile: 'pathsec',
    words: ['--rtr-listen', '[::1]:0'],
    program: 'node',
    package: 'nodejs',
    needs: 'program',
    refused: [],
  },
];

interface Report {
  readonly router: { readonly profile: string; readonly version: string };
  readonly notes: readonly string[];
  readonly conforms: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly results: readonly { readonly id: string; readonly verdict: string }[];
}

// They wait for timers of routers most of the time: one beside the other.
describe.concurrent('the vectors and random routes, played to routers', () => {
  for (const { profile, refused, words, ...peer } of ROUTERS) {
    const name = [profile, ...words].join(' ');
    const lacking = lackingFor(peer);
    if (lacking) it.skip(`${name}: ${lacking}`, () => {});
    else
      it(name, async () => {
        const { code, stderr, stdout } = await run([
          ...['conformance', 'router', '--profile', profile, '--start', ...words, '--json'],
          ...['--suite', 'aspa', '--suite', 'rov', '--random', '200', '--seed', '1', '--timeout', '120'],
        ]);
        expect(stderr).toBe('');
        const report = JSON.parse(stdout) as Report;
        expect(notesBesideRepeats(report.notes)).toEqual(['random routes of --seed 1']);
        const left = report.results.filter(
          ({ id, verdict }) =>
            !['passed', 'acceptable', 'not-playable'].includes(verdict) &&
            !(verdict === 'refused' && refused.some((one) => one.test(id))),
        );
        expect(left.map(({ id, verdict }) => `${verdict} ${id}`)).toEqual([]);
        expect([code, report.conforms, report.router.profile]).toEqual([0, true, profile]);
        expect(report.counts.passed).toBeGreaterThan(50);
      });
  }
});
