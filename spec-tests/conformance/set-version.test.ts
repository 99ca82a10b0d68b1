import { readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';
import type { VectorCase, VectorFile } from '../../src/conformance/vector.js';
import { givenNow, readSetVersion, versionProblems } from '../kit/set-version.js';

const files = readVectorFiles();
const given = givenNow('1.2.3', files);

/** The files with each case of origin validation made into others. */
function changed(change: (vector: VectorCase) => readonly VectorCase[]): VectorFile[] {
  return files.map((file) =>
    file.suite === 'rov'
      ? { ...file, groups: file.groups.map((group) => ({ ...group, cases: group.cases.flatMap(change) })) }
      : file,
  );
}

describe('the version of the set of vectors', () => {
  it('is that of the cases as they were when it was given', () => {
    const stored = readSetVersion();
    expect(versionProblems(stored, files)).toEqual([]);
    expect(new Set(files.map(({ version }) => version))).toEqual(new Set([stored.version]));
  });

  it.each<[string, (vector: VectorCase) => VectorCase]>([
    ['answer', (vector) => ({ ...vector, expected: { ...vector.expected, state: 'other' } })],
    ['question', (vector) => ({ ...vector, input: { ...vector.input, asPath: 'other' } })],
    ['acceptable answer', (vector) => ({ ...vector, acceptable: [{ expected: {}, why: 'other' }] })],
    ['intermediate value', (vector) => ({ ...vector, detail: { other: 1 } })],
  ])('has to rise in its second number for another %s', (_, change) => {
    const problems = versionProblems(
      given,
      changed((vector) => [change(vector)]),
    );
    expect(problems).toEqual([expect.stringContaining('rov has other questions or answers')]);
    expect(problems[0]).toContain('raise the second number');
    expect(problems[0]).toContain('npm run make-vectors');
  });

  it.each<[string, (vector: VectorCase) => readonly VectorCase[]]>([
    ['added', (vector) => [vector, { ...vector, id: `${vector.id}-again` }]],
    ['taken away', (vector) => (vector === files.find(isRov)?.groups[0]?.cases[0] ? [] : [vector])],
  ])('has to rise in its third number for a case that is %s', (_, change) => {
    const problems = versionProblems(given, changed(change));
    expect(problems).toEqual([expect.stringContaining('rov has more or fewer cases')]);
    expect(problems[0]).toContain('raise the third number');
  });

  it('stays for another title, flag, section, requirement or order', () => {
    const other = changed((vector) => [{ ...vector, title: '', flags: [], sections: [], requirements: [] }]);
    const reversed = other.map((file) => ({ ...file, groups: [...file.groups].reverse() })).reverse();
    expect(versionProblems(given, reversed)).toEqual([]);
  });

  it('is to be written into the files once it has risen', () => {
    expect(versionProblems({ ...given, version: '9.9.9' }, files)).toEqual([
      'the set has a new version, 9.9.9: run npm run make-vectors',
    ]);
  });
});

function isRov({ suite }: VectorFile): boolean {
  return suite === 'rov';
}
