import { readdirSync, readFileSync } from 'node:fs';
import { judgeRouterRun, planRouterRun, questionsOf } from 'pathsec/conformance';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openbgpd } from '../../src/node/router/profile-openbgpd.js';
import { testRouter } from '../../src/node/router/test-router.js';
import { readVectorFiles } from '../../src/node/vector-files.js';
import { amongPeers, lackingFor } from './place.js';
import { REPEATED } from './router-notes.js';

const HOST = '127.0.0.1';

/** The arguments of a process; none where it has gone. */
function wordsOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
  } catch {
    return [];
  }
}

/** The process that decides on routes, of the bgpd with this configuration. */
function routeEngineOf(folder: string): number | undefined {
  const pids = readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name));
  const parent = pids.find(
    (pid) => wordsOf(pid).includes(`${folder}/bgpd.conf`) && parentOf(pid) !== undefined,
  );
  const engine = pids.find((pid) => parentOf(pid) === parent && wordsOf(pid)[1] === '-R');
  return engine === undefined ? undefined : Number(engine);
}

function parentOf(pid: string): string | undefined {
  try {
    return /\) \S+ ([0-9]+) /.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];
  } catch {
    return undefined;
  }
}

describe('OpenBGPD, which loses a change of the table that comes while it judges again for the one before', () => {
  const lacking = lackingFor({ program: 'bgpd', package: 'openbgpd', needs: 'peers' });
  if (lacking) {
    it.skip(`OpenBGPD: ${lacking}`, () => {});
    return;
  }

  it('is given it again, judges by it then, and is told of', async () => {
    const peers = amongPeers();
    onTestFinished(() => peers.leave());
    let folder = '';
    const serial = async (): Promise<number> => {
      const text = await peers.run('/usr/sbin/bgpctl', '-s', `${folder}/bgpd.sock`, 'show', 'rtr');
      return Number(/Serial #: ([0-9]+)/.exec(text)?.[1] ?? 0);
    };
    let thawed: Promise<void> | undefined;
    /** Its engine stands still until it has fetched two tables more, which then wait for it one behind the other. */
    const freeze = async (): Promise<void> => {
      const before = await serial();
      const engine = routeEngineOf(folder);
      if (engine === undefined) throw new TypeError('no engine');
      process.kill(engine, 'SIGSTOP');
      thawed = (async () => {
        while ((await serial()) < before + 2) await new Promise((resolve) => setTimeout(resolve, 100));
        process.kill(engine, 'SIGCONT');
      })();
    };
    const files = readVectorFiles(['rov']);
    const questions = questionsOf(files).filter(({ vector: { id } }) => /^rov\/(?:route-1|table-)/.test(id));
    const run = await testRouter({
      ...{ router: { host: HOST, port: 0 }, rtr: { host: HOST, port: 0 }, start: 'peers' },
      ...{ routerAs: 4_242_420_009, collectorAs: 4_242_420_010, aspa: false, sessionId: 7, patience: 120 },
      profile: {
        ...openbgpd,
        config(words) {
          folder = words.folder ?? '';
          return openbgpd.config(words);
        },
      },
      plan: (abilities) => planRouterRun(files, questions, abilities),
      onRound: (done) => (done === 1 ? freeze() : undefined),
    });
    await thawed;
    expect(run.notes).toEqual([expect.stringMatching(REPEATED)]);
    const left = judgeRouterRun(run.plan, run.answers, run.rtr).filter(
      ({ verdict }) => verdict !== 'passed' && verdict !== 'not-playable',
    );
    expect(left.map(({ vector }) => vector.id)).toEqual([]);
  });
});
