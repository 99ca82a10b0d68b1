import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeRouterRun, planRouterRun, questionsOf } from 'pathsec/conformance';
import { describe, expect, it, type TestContext } from 'vitest';
import type { RouterProfile } from '../../src/node/router/profile.js';
import { bird } from '../../src/node/router/profile-bird.js';
import { pathsec } from '../../src/node/router/profile-pathsec.js';
import { configurationOf, type RouterTest, testRouter } from '../../src/node/router/test-router.js';
import { readVectorFiles } from '../../src/node/vector-files.js';
import { findProgram, freePort } from './daemon.js';
import { lackingFor } from './place.js';
import { notesBesideRepeats } from './router-notes.js';

const HOST = '127.0.0.1';
const files = readVectorFiles(['rov']);
const questions = questionsOf(files).filter(({ vector }) => !vector.id.startsWith('rov/route-15')); // D-router-refused

function folder({ onTestFinished }: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'pathsec-lost-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A router whose processes are known, oldest first; `again` is what a second one does before it begins. */
function watched(
  test: TestContext,
  router: RouterProfile,
  again = '',
): { profile: RouterProfile; pids(): number[] } {
  const { program } = router;
  if (!program) throw new TypeError(`${router.title} has no program`);
  const path = join(folder(test), 'program');
  const marks = `${path}.pids`;
  const real = findProgram(program.path) ?? program.path;
  const script = `case "$1$2" in *--version) exec ${real} "$@";; esac
if [ -e ${marks} ]; then :; ${again}
fi
echo $$ >> ${marks}
exec ${real} "$@"`;
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return {
    profile: { ...router, program: { ...program, path } },
    pids: () => (existsSync(marks) ? readFileSync(marks, 'utf8').trim().split('\n').map(Number) : []),
  };
}

/** Plays origin validation to a router; what was not passed, and what is told beside it. */
async function played(more: Partial<RouterTest>): Promise<{ left: string[]; notes: readonly string[] }> {
  const run = await testRouter({ ...whole(), ...more });
  const left = judgeRouterRun(run.plan, run.answers, run.rtr)
    .filter(({ verdict }) => verdict !== 'passed' && verdict !== 'not-playable')
    .map(({ vector, verdict }) => `${verdict} ${vector.id}`);
  return { left, notes: notesBesideRepeats(run.notes) };
}

const whole = (): RouterTest => ({
  ...{ profile: bird, router: { host: HOST, port: 0 }, rtr: { host: HOST, port: 0 } },
  ...{ routerAs: 4_242_420_009, collectorAs: 4_242_420_010, aspa: false, sessionId: 7, patience: 120 },
  plan: (abilities) => planRouterRun(files, questions, abilities),
});

const ENDED = /^round [0-9]+ of [0-9]+: the router ended by itself$/;

const real = findProgram('bird');
const lacking = lackingFor({ program: 'bird', package: 'bird2', needs: 'program' });

// They wait for timers of routers most of the time: one beside the other.
describe.concurrent.each<[string, RouterProfile, string | undefined]>([
  ['pathsec bgp listen', pathsec, undefined],
  ['BIRD', bird, lacking],
])('%s that is lost', (name, router, lacks) => {
  if (lacks) {
    it.skip(`${name}: ${lacks}`, () => {});
    return;
  }

  it('between two rounds is started again, and the round is played once more', async (test) => {
    const { pids, profile } = watched(test, router);
    const { left, notes } = await played({
      ...{ profile, start: 'here' },
      onRound: (done) => void (done === 1 && process.kill(pids().at(-1) ?? 0, 'SIGKILL')),
    });
    expect(left).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(/^round 2 of [0-9]+: the router ended by itself$/),
      expect.stringMatching(/^the router ended by itself, and was started again once: /),
    ]);
    expect(pids()).toHaveLength(2);
    expect(pids().filter(isAlive)).toEqual([]);
  });

  it('anywhere in a round costs no verdict', async (test) => {
    const { pids, profile } = watched(test, router);
    const kill = (pid: number | undefined): void => {
      if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL');
    };
    const { left, notes } = await played({
      ...{ profile, start: 'here' },
      // Whatever the round has come to by then; each process is killed once.
      onRound: (done) => void (done < 4 && setTimeout(kill, 25 * (done - 1), pids().at(-1))),
    });
    expect(left).toEqual([]);
    expect(notes.filter((note) => !ENDED.test(note))).toEqual([
      expect.stringMatching(/^the router ended by itself(?: [23] times)?, and was started again /),
    ]);
    expect(pids().filter(isAlive)).toEqual([]);
  });

  it('and does not come back ends the run: what was asked counts, the rest is told', async (test) => {
    const { pids, profile } = watched(test, router, 'exit 1');
    const { left, notes } = await played({
      ...{ profile, start: 'here' },
      onRound: (done) => void (done === 1 && process.kill(pids().at(-1) ?? 0, 'SIGKILL')),
    });
    expect(new Set(left.map((one) => one.split(' ')[0]))).toEqual(new Set(['crashed', 'not-asked']));
    expect(left.length).toBeLessThan(questions.length);
    expect(notes[0]).toMatch(ENDED);
    expect(pids().filter(isAlive)).toEqual([]);
  });

  it('as it stands still is no verdict: nothing is waited for beyond the patience, and it is ended', async (test) => {
    const { pids, profile } = watched(test, router);
    const { left, notes } = await played({
      ...{ profile, start: 'here', patience: 30 },
      onRound: (done) => void (done === 1 && process.kill(pids().at(-1) ?? 0, 'SIGSTOP')),
    });
    expect(new Set(left.map((one) => one.split(' ')[0]))).toEqual(new Set(['timeout', 'not-asked']));
    expect(notes).toEqual([expect.stringMatching(/^round 2 of [0-9]+: the router did not fetch the table$/)]);
    expect(pids()).toHaveLength(1);
    expect(pids().filter(isAlive)).toEqual([]);
  });
});

describe('a router that somebody else runs', () => {
  if (lacking || real === undefined) {
    it.skip(`BIRD: ${lacking}`, () => {});
    return;
  }

  it('is asked on where he starts it again', async (context) => {
    const test = { ...whole(), router: await place(), rtr: await place() };
    const own = folder(context);
    const [config] = configurationOf(test);
    writeFileSync(join(own, 'bird.conf'), config?.text ?? '');
    const start = () => {
      const words = ['-f', '-c', join(own, 'bird.conf'), '-s', join(own, 'bird.ctl')];
      return spawn(real, words, { stdio: 'ignore' });
    };
    let child = start();
    context.onTestFinished(() => void child.kill('SIGKILL'));
    const { left, notes } = await played({
      ...test,
      onRound: async (done) => {
        if (done !== 1) return;
        child.kill('SIGKILL');
        await once(child, 'close');
        child = start();
      },
    });
    expect([left, notes]).toEqual([[], []]);
  });
});

async function place(): Promise<{ host: string; port: number }> {
  return { host: HOST, port: await freePort() };
}
