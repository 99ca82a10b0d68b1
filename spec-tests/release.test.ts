import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkSuccessor,
  parseVersion,
  releasedChangelog,
  unreleased,
  withVersion,
} from '../scripts/release-text.js';

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const number = fc.nat(2000);

describe('the version of a release', () => {
  it.each(['', '1.2', 'v1.2.3', '01.2.3', '1.2.3-beta', '1.2.3 ', '1.2.3.4', '1,2,3'])(
    'is not %j',
    (text) => {
      expect(() => parseVersion(text)).toThrowError(RangeError);
    },
  );

  it('follows the current one by one step', () => {
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        const current = `${a}.${b}.${c}`;
        for (const next of [`${a}.${b}.${c + 1}`, `${a}.${b + 1}.0`, `${a + 1}.0.0`])
          expect(() => checkSuccessor(current, next)).not.toThrow();
        for (const next of [current, `${a}.${b}.${c + 2}`, `${a}.${b + 1}.1`, `${a + 1}.${b + 1}.0`])
          expect(() => checkSuccessor(current, next)).toThrowError(/does not follow/);
      }),
    );
  });

  it('replaces the one in package.json and both in package-lock.json, and nothing else', () => {
    for (const name of ['package.json', 'package-lock.json']) {
      const text = read(name);
      const { version } = JSON.parse(text) as { version: string };
      const next = withVersion(text, version, '98.76.54');
      expect(next).not.toBe(text);
      expect(withVersion(next, '98.76.54', version)).toBe(text);
      const { packages, ...top } = JSON.parse(next) as {
        version: string;
        packages?: { '': { version: string } };
      };
      expect([top.version, packages?.[''].version ?? '98.76.54']).toEqual(['98.76.54', '98.76.54']);
      expect(() => withVersion(text, '97.0.0', '98.0.0')).toThrowError(/stands 0 times/);
    }
  });
});

describe('CHANGELOG.md at a release', () => {
  const changelog =
    '# Changes\n\n## [Unreleased]\n\n### Added\n\n- one\n- two\n\n## [0.1.0] - 2026-11-25\n\n- all\n';

  it('moves what is unreleased under the version', () => {
    expect(unreleased(changelog)).toBe('### Added\n\n- one\n- two');
    expect(releasedChangelog(changelog, '0.2.0', '2026-12-01')).toBe(
      '# Changes\n\n## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n### Added\n\n- one\n- two\n\n## [0.1.0] - 2026-11-25\n\n- all\n',
    );
  });

  it('is refused when nothing is unreleased, a second time, or with another day', () => {
    const once = releasedChangelog(changelog, '0.2.0', '2026-12-01');
    expect(() => releasedChangelog(once, '0.3.0', '2026-12-02')).toThrowError(/nothing is listed/);
    expect(() => releasedChangelog(changelog, '0.1.0', '2026-12-01')).toThrowError(/has 0.1.0 already/);
    expect(() => releasedChangelog(changelog, '0.2.0', 'today')).toThrowError(RangeError);
    expect(() => unreleased('# Changes\n')).toThrowError(/no heading/);
  });

  it('can be done with the file as it is', () => {
    expect(releasedChangelog(read('CHANGELOG.md'), '98.76.54', '2099-12-31')).toContain(
      '## [98.76.54] - 2099-12-31',
    );
  });
});

describe('the package', () => {
  it('is built before npm packs it, also of a fresh clone', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(scripts.prepack).toBe(scripts.build);
  });

  it('is not packed of a tree that is not built', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pathsec-unbuilt-'));
    try {
      writeFileSync(join(folder, 'package.json'), read('package.json'));
      const script = fileURLToPath(new URL('../scripts/pack.mjs', import.meta.url));
      const { status, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' });
      expect(stderr).toMatch(/dist\/cli\/bin\.js and \d+ more are not built: npm run build/);
      expect(status).toBe(1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
