import { judgeRouterRun, planRouterRun, questionsOf } from 'pathsec/conformance';
import { describe, expect, it } from 'vitest';
import { readVectorFiles } from '../../../src/node/vector-files.js';
import { byPath, byRole } from './abilities.js';
import { playPlan, rightRouter } from './player.js';

const files = readVectorFiles(['aspa', 'rov']);
const questions = questionsOf(files);

describe.each([
  ['by the role of the session', byRole],
  ['by both procedures', byPath],
])('a router that verifies %s', (_, abilities) => {
  const plan = planRouterRun(files, questions, abilities);

  it('passes every case that is played, if it is right', () => {
    const results = judgeRouterRun(plan, playPlan(plan, abilities, rightRouter()));
    expect(results.filter(({ verdict }) => verdict !== 'not-playable' && verdict !== 'passed')).toEqual([]);
    expect(plan.played.length).toBeGreaterThan(1000);
    expect(plan.notPlayable.size).toBe(questions.length - plan.played.length);
  });
});
