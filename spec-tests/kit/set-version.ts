import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { questionsOf } from '../../src/conformance/requests.js';
import { type Json, SUITES, type Suite, type VectorFile } from '../../src/conformance/vector.js';

/** What the cases of a suite were when the version of the set was given. */
interface Digests {
  /** Of their ids. */
  readonly cases: string;
  /** Of their questions and answers. */
  readonly answers: string;
}

/** `set-version.json`: a version that people raise, and what the suites were when they did. */
export interface SetVersion {
  /**
   * Version of the whole set: the edition of the kit, then a number that rises when a published question or answer changes,
   * then one that rises when cases are added or taken away.
   */
  readonly version: string;
  readonly given: { readonly version: string; readonly suites: Readonly<Record<Suite, Digests>> };
}

const FILE = new URL('./set-version.json', import.meta.url);

export function readSetVersion(): SetVersion {
  return JSON.parse(readFileSync(FILE, 'utf8')) as SetVersion;
}

/** Keeps what the suites are now where the version was raised, and says what is left to do. */
export function keepSetVersion(files: readonly VectorFile[]): string[] {
  const { given, version } = readSetVersion();
  if (version !== given.version) {
    writeFileSync(FILE, `${JSON.stringify(givenNow(version, files), null, 2)}\n`);
  }
  return versionProblems(readSetVersion(), files);
}

/** A version that these files are given now. */
export function givenNow(version: string, files: readonly VectorFile[]): SetVersion {
  return { version, given: { version, suites: digestsOf(files) } };
}

/** What has changed since the version was given, and which of its numbers has to rise for it. */
export function versionProblems({ given, version }: SetVersion, files: readonly VectorFile[]): string[] {
  if (version !== given.version) return [`the set has a new version, ${version}: run npm run make-vectors`];
  const now = digestsOf(files);
  return SUITES.flatMap((suite) => {
    const { [suite]: old } = given.suites;
    const { [suite]: own } = now;
    if (own.cases === old.cases && own.answers === old.answers) return [];
    const [what, number] =
      own.cases === old.cases
        ? ['other questions or answers', 'second number']
        : ['more or fewer cases', 'third number (the second where a question or answer changed too)'];
    return [
      `${suite} has ${what} than in version ${version} of the set: raise the ${number} of "version" in ` +
        'spec-tests/kit/set-version.json, then run npm run make-vectors',
    ];
  });
}

function digestsOf(files: readonly VectorFile[]): Record<Suite, Digests> {
  const digests = (suite: Suite): Digests => {
    const cases = questionsOf(files.filter((file) => file.suite === suite))
      .map(({ request, vector: { acceptable = [], detail = {}, expected, id } }) => ({
        id,
        answered: [request, expected, acceptable.map((each) => each.expected), detail],
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    return { cases: digest(cases.map(({ id }) => id)), answers: digest(cases.map((each) => each.answered)) };
  };
  return {
    aspa: digests('aspa'),
    rov: digests('rov'),
    bgpsec: digests('bgpsec'),
    rtr: digests('rtr'),
    objects: digests('objects'),
    drafts: digests('drafts'),
  };
}

/** A hash of a value of JSON, whatever the order of its members. */
function digest(value: Json): string {
  const ordered = (_: string, each: Json): Json =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each;
  return createHash('sha256').update(JSON.stringify(value, ordered)).digest('hex').slice(0, 16);
}
