import { readFileSync } from 'node:fs';
import {
  answerRequest,
  heldRouteFiles,
  judgeRouterRun,
  planRouterRun,
  questionsOf,
  reportOf,
} from 'pathsec/conformance';
import { describe, expect, it } from 'vitest';
import { readVectorFiles } from '../../../src/node/vector-files.js';
import { byPath, byRole } from './abilities.js';
import { playPlan, rightRouter } from './player.js';

const held = heldRouteFiles();
const questions = questionsOf(held);

describe('routes that stay while the table changes', () => {
  it('come in every pair of different outcomes, for each procedure, length and family', () => {
    const changes = questions.map(({ vector }) => vector.id.replace(/^.*held-/, ''));
    expect(changes.filter((text) => text.startsWith('upstream-3'))).toEqual([
      'upstream-3-valid-invalid',
      'upstream-3-valid-unknown',
      'upstream-3-invalid-valid',
      'upstream-3-invalid-unknown',
      'upstream-3-unknown-valid',
      'upstream-3-unknown-invalid',
    ]);
    expect(new Set(changes).size).toBe(changes.length);
    expect(questions).toHaveLength(5 * 6 + 2 * 6);
  });

  it.each(questions.map(({ request, vector }) => [vector.id, request, vector.expected] as const))(
    'is answered right by pathsec: %s',
    async (_, request, expected) => {
      expect(await answerRequest(request)).toEqual(expected);
    },
  );

  it('cite rows of the catalogue as they are there', () => {
    for (const [file, document] of [
      [held[0], 'aspa/requirements/aspa-28.json'],
      [held[1], 'rov/requirements/rfc6811.json'],
    ] as const) {
      const url = new URL(`../../kit/${document}`, import.meta.url);
      const { rows } = JSON.parse(readFileSync(url, 'utf8'));
      for (const [id, row] of Object.entries(file?.requirements ?? {})) {
        expect(rows.find((one: { id: string }) => one.id === id)).toMatchObject({ ...row, id });
      }
    }
  });
});

describe.each([
  ['by role', byRole],
  ['by path', byPath],
])('a router that judges routes when they come and not again, %s', (_, abilities) => {
  const files = [...readVectorFiles(['aspa', 'rov']), ...held];
  const plan = planRouterRun(files, questionsOf(files), abilities);

  it('is told so, and nothing else', () => {
    const answers = playPlan(plan, abilities, rightRouter(), { keepsMarks: true });
    const { counts, diagnoses, requirements } = reportOf(plan.files, judgeRouterRun(plan, answers));
    expect(diagnoses.map(({ mistake, unexplained }) => [mistake, unexplained])).toEqual([
      ['router-keeps-aspa', 12],
      ['router-keeps-rov', 0],
    ]);
    expect(counts.failed).toBe(30 + 12 + 2);
    const failed = requirements.filter((row) => row.failed.length > 0).map(({ id }) => id);
    expect(failed).toContain('rfc6811:4:revalidate-affected');
    expect(failed).toContain('aspa-28:5.7:invalid-kept');
  });

  it('passes where it judges them again', () => {
    const { conforms, counts } = reportOf(
      plan.files,
      judgeRouterRun(plan, playPlan(plan, abilities, rightRouter())),
    );
    expect({ conforms, failed: counts.failed }).toEqual({ conforms: true, failed: undefined });
  });

  it('sees the routes of a case stay on their session, with their prefix and path', () => {
    for (const { asks } of plan.played) {
      const [first, ...later] = asks.map(({ round, route }) =>
        plan.rounds[round]?.routes.find(({ id }) => id === route),
      );
      for (const one of later) {
        if (one?.id !== first?.id) continue;
        expect({ ...one, asks: [] }).toEqual({ ...first, asks: [] });
      }
    }
  });
});
