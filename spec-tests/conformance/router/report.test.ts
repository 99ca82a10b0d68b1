import { judgeRouterRun, planRouterRun, questionsOf, reportOf } from 'pathsec/conformance';
import { describe, expect, it } from 'vitest';
import { printReport } from '../../../src/cli/conformance/print-report.js';
import { readVectorFiles } from '../../../src/node/vector-files.js';
import { byPath } from './abilities.js';
import { type PlayOptions, playPlan, rightRouter, routerWithMistake } from './player.js';

const files = readVectorFiles(['aspa', 'rov']);
const questions = questionsOf(files).filter(
  ({ suite, vector }) => suite === 'rov' || /^aspa\/(set-|seg|kill)/.test(vector.id),
);
const plan = planRouterRun(files, questions, byPath);
const tested = { router: { profile: 'model', version: '1' }, notes: ['a note'] };

/** What the command prints of a router. */
async function printed(
  router: ReturnType<typeof rightRouter>,
  options: PlayOptions,
  form: object,
): Promise<string> {
  const report = reportOf(plan.files, judgeRouterRun(plan, playPlan(plan, byPath, router, options)));
  let text = '';
  const write = async (piece: string | Uint8Array): Promise<void> => {
    text += piece;
  };
  const output = { isTerminal: false, write };
  const io = {
    stdin: (async function* () {})(),
    stdout: output,
    stderr: output,
    env: {},
    now: () => 0,
    seed: 1,
  };
  await printReport(report, questions, tested, { failures: 3, known: new Set(), ...form }, io);
  return text;
}

/** Takes no AS_SET, as RFC 9774 wants, and falls over a path of three segments. */
const refuse: NonNullable<PlayOptions['refuse']> = (asPath) =>
  asPath.some(({ type }) => type === 1)
    ? { kind: 'refused', note: 'did not come back' }
    : asPath.length >= 3
      ? { kind: 'reset', note: 'NOTIFICATION 3/11' }
      : undefined;

describe('the report on a router', () => {
  it('tells what was refused and what cannot be played apart from failures, and a reset among these', async () => {
    const text = await printed(rightRouter(), { refuse }, {});
    expect(text).toMatch(/^suite +cases +passed +refused +session reset +not playable\n/);
    expect(text).toMatch(/^refused: \d+ cases, did not come back: /m);
    expect(text).toMatch(/^not playable: \d+ cases?, /m);
    expect(text).toMatch(/^session reset aspa\/segments-\S+ /m);
    expect(text).toContain('NOTIFICATION 3/11');
  });

  it('counts what the router did not outlive as a failure', async () => {
    const crash: PlayOptions = {
      refuse: (asPath) =>
        asPath.length >= 3 ? { kind: 'crashed', note: 'the router ended by itself' } : undefined,
    };
    const { conforms, counts, results } = JSON.parse(await printed(rightRouter(), crash, { json: true }));
    expect(conforms).toBe(false);
    expect(counts.crashed).toBeGreaterThan(0);
    const notes = results.flatMap((one: { verdict: string; note: string }) =>
      one.verdict === 'crashed' ? one.note : [],
    );
    expect(new Set(notes)).toEqual(new Set(['the router ended by itself']));
    expect(notes).toHaveLength(counts.crashed);
  });

  it('conforms where some routes are refused and none is judged wrongly', async () => {
    const onlySets: PlayOptions = { refuse: (asPath) => (asPath.length < 3 ? refuse(asPath) : undefined) };
    const report = JSON.parse(await printed(rightRouter(), onlySets, { json: true }));
    const { conforms, counts, router, schema } = report;
    expect({ conforms, router, schema }).toEqual({
      conforms: true,
      router: { profile: 'model', version: '1' },
      schema: 'pathsec-conformance-1',
    });
    expect(counts.refused).toBeGreaterThan(5);
    expect(report).not.toHaveProperty('program');
    const refused = report.results.find(({ id }: { id: string }) => id === 'aspa/set-two');
    expect(refused).toEqual({ id: 'aspa/set-two', verdict: 'refused', note: 'did not come back' });
  });

  it('says how a case was played that failed: round, session, prefix and path', async () => {
    const text = await printed(routerWithMistake('aspa-P1'), {}, {});
    expect(text).toContain('(aspa-P1): accounts for every answer');
    expect(text).toMatch(
      /^ {2}played +round \d+, session as\d+-customer: 10\.1\d\d\.\d+\.\d+\/26, path [\d ]+$/m,
    );
  });

  it('skips in JUnit XML what was refused or not played', async () => {
    const xml = await printed(rightRouter(), { refuse }, { junit: true });
    expect(xml).toContain('<skipped message="did not come back"/>');
    expect(xml).toContain('<skipped message="AS 0 is in the path (RFC 7607)"/>');
    expect(xml).toMatch(/<error message="NOTIFICATION 3\/11" type="reset">/);
    expect(xml).toContain('pathsec: a note');
  });
});
