import { judgeRouterRun, planRouterRun, questionsOf, reportOf } from 'pathsec/conformance';
import { describe, expect, it } from 'vitest';
import { readVectorFiles } from '../../../src/node/vector-files.js';
import { mistakesOf } from '../../kit/answerer.js';
import { byRole } from './abilities.js';
import { playPlan, routerWithMistake } from './player.js';

const files = readVectorFiles(['aspa', 'rov']);
const plan = planRouterRun(files, questionsOf(files), byRole);

function reportFor(mistake: string) {
  return reportOf(plan.files, judgeRouterRun(plan, playPlan(plan, byRole, routerWithMistake(mistake))));
}

/** What no router can show that gets its tables by RTR and its paths from outside. */
const NOT_SHOWN: Readonly<Record<string, readonly string[]>> = {
  'AS 0 among other providers': ['aspa-T3', 'aspa-T5'],
  'several ASPAs of one customer': ['aspa-T6', 'aspa-T7', 'aspa-T8'],
  'the order in which providers came: RTR has them ascending': ['aspa-T10'],
  'a path without AS, confederation segments, AS 0 as origin': [
    'aspa-C1',
    'aspa-C2',
    'aspa-C10',
    'aspa-X17',
    'rov-as0-matches',
    'rov-confed-origin',
    'rov-empty-path-none',
  ],
  'tables and outcomes as values': ['aspa-X1', 'aspa-X1b', 'aspa-X3', 'aspa-X15a', 'aspa-X15b', 'aspa-X16'],
  'limits of providers, and of providers to one family': ['aspa-X4', 'aspa-X5', 'aspa-X6', 'aspa-X18'],
  'whole messages': ['aspa-X7a', 'aspa-X7b', 'aspa-X8'],
  'memory between two questions, which this router has not': ['aspa-T9', 'aspa-X2a', 'aspa-X2b'],
};

/** Named, though not every answer is as predicted: RTR sorts providers, and the VRPs of several cases are in one table. */
const NEARLY = ['aspa-T16', 'aspa-T17', 'rov-signed', 'rov-octets-only'];

describe('a router with one mistake', () => {
  it('passes everything without one', () => {
    const { conforms, counts } = reportFor('none');
    expect({ conforms, failed: counts.failed }).toEqual({ conforms: true, failed: undefined });
  });

  const hidden = Object.values(NOT_SHOWN).flat();
  const shown = [...mistakesOf('aspa'), ...mistakesOf('rov')].filter((id) => !hidden.includes(id));
  it.each(shown)('is named: %s', (mistake) => {
    const { conforms, diagnoses } = reportFor(mistake);
    const named = diagnoses.map((one) => [one.mistake, one.exact]);
    expect(named).toEqual([[mistake, !NEARLY.includes(mistake)]]);
    expect(conforms).toBe(false);
  });

  it.each(hidden)('passes with one that does not show: %s', (mistake) => {
    const { conforms, counts } = reportFor(mistake);
    expect({ conforms, failed: counts.failed }).toEqual({ conforms: true, failed: undefined });
  });
});
