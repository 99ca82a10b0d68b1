/** The three numbers of a release version. Pre-releases and build marks are not used here. */
type Version = readonly [major: number, minor: number, patch: number];

const UNRELEASED = '## [Unreleased]';

/**
 * The numbers of a version such as `1.10.0`.
 *
 * @throws {RangeError} for any other form.
 */
export function parseVersion(text: string): Version {
  const parts = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(text);
  if (parts === null) throw new RangeError(`${JSON.stringify(text)} is not a version like 1.2.3`);
  return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
}

/**
 * Checks that `next` may follow `current`: one of the three numbers goes up by one, those behind it are 0.
 *
 * @throws {RangeError} when it may not, naming the three that may.
 */
export function checkSuccessor(current: string, next: string): void {
  const [major, minor, patch] = parseVersion(current);
  const [a, b, c] = parseVersion(next);
  const possible = [`${major}.${minor}.${patch + 1}`, `${major}.${minor + 1}.0`, `${major + 1}.0.0`];
  if (!possible.includes(`${a}.${b}.${c}`))
    throw new RangeError(`${next} does not follow ${current}; ${possible.join(', ')} do`);
}

/**
 * What `CHANGELOG.md` says is not released yet, without the heading.
 *
 * @throws {Error} when the heading is missing, or nothing stands below it.
 */
export function unreleased(changelog: string): string {
  const start = headingAt(changelog);
  const next = changelog.indexOf('\n## ', start + UNRELEASED.length);
  const section = changelog.slice(start + UNRELEASED.length, next < 0 ? changelog.length : next).trim();
  if (!/^- /m.test(section)) throw new Error('CHANGELOG.md: nothing is listed as unreleased');
  return section;
}

/** `CHANGELOG.md` after a release: what was unreleased stands under the version and its day (`2026-11-29`). */
export function releasedChangelog(changelog: string, version: string, day: string): string {
  parseVersion(version);
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new RangeError(`${day} is not a day like 2026-11-29`);
  if (changelog.includes(`\n## [${version}]`)) throw new Error(`CHANGELOG.md has ${version} already`);
  unreleased(changelog);
  const at = headingAt(changelog) + UNRELEASED.length;
  return `${changelog.slice(0, at)}\n\n## [${version}] - ${day}${changelog.slice(at)}`;
}

/**
 * `package.json` or `package-lock.json` with another version of this package; nothing else of the text changes.
 *
 * @throws {Error} when the file does not name `current` as often as it must: once, or twice in a lock file.
 */
export function withVersion(manifest: string, current: string, next: string): string {
  parseVersion(next);
  const wanted = manifest.includes('"lockfileVersion"') ? 2 : 1;
  const own = `"name": "pathsec",\n`;
  let found = 0;
  const text = manifest.replaceAll(
    new RegExp(`(${own} *"version": )"${current.replaceAll('.', '\\.')}"`, 'g'),
    (_, before: string) => {
      found += 1;
      return `${before}"${next}"`;
    },
  );
  if (found !== wanted) throw new Error(`version ${current} stands ${found} times, not ${wanted}`);
  return text;
}

function headingAt(changelog: string): number {
  const at = changelog.indexOf(`${UNRELEASED}\n`);
  if (at < 0) throw new Error(`CHANGELOG.md has no heading "${UNRELEASED}"`);
  return at;
}
