import { questionsOf } from 'pathsec/conformance';
import { readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import { conformanceJunit } from '../../src/cli/conformance/junit.js';
import type { CaseResult, CaseVerdict } from '../../src/conformance/index.js';

const VERDICTS: readonly CaseVerdict[] = ['passed', 'failed', 'crashed', 'unsupported', 'not-asked'];

describe('JUnit XML in pieces', () => {
  const questions = questionsOf(readVectorFiles(['rov', 'aspa'])).filter((_, i) => i % 40 === 0);
  const results = questions.map(({ vector }, i): CaseResult => {
    const verdict = VERDICTS[i % VERDICTS.length] ?? 'passed';
    const mismatches = verdict === 'failed' ? [{ path: 'a', expected: '<1>\n&', actual: ['"'] }] : [];
    return { vector, verdict, mismatches, ...(i % 2 === 0 ? { note: 'says <b>\nthis' } : {}) };
  });
  const evidence = new Map(questions.map(({ vector }) => [vector.id, ['one <line>', 'another']]));
  const pieces = [...conformanceJunit(questions, results, { evidence, known: new Set() })];
  const lines = pieces.join('').split('\n');

  it('has one declaration, one root, a suite for each suite and a case for each result', () => {
    const count = (start: string): number => lines.filter((line) => line.startsWith(start)).length;
    expect(lines[0]).toBe('<?xml version="1.0" encoding="UTF-8"?>');
    expect(count('<testsuites name="pathsec conformance" ')).toBe(1);
    expect(count('</testsuites>')).toBe(1);
    expect(count('  <testsuite name="')).toBe(2);
    expect(count('  </testsuite>')).toBe(2);
    expect(count('    <testcase classname="pathsec.')).toBe(results.length);
    expect(count('      <failure ')).toBe(results.filter(({ verdict }) => verdict === 'failed').length);
    expect(lines.at(-1)).toBe('');
  });

  it('gives no piece more than one case', () => {
    expect(pieces.length).toBeGreaterThan(results.length);
    for (const piece of pieces) expect(piece.split('<testcase ').length).toBeLessThan(3);
  });

  it('leaves an empty suite empty', () => {
    const text = [...conformanceJunit(questions, [], { evidence, known: new Set() })].join('');
    expect(text.match(/<testsuite [^>]*\/>/g)).toHaveLength(2);
    expect(text).not.toContain('testcase');
  });
});
