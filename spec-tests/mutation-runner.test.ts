import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');

/** Names of a list in braces, types left out. */
const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((one) => one.trim().split(/[:\s]/)[0] ?? '')
    .filter((one) => one !== '' && one !== 'type');

describe('the tests that judge mutants (docs/mutation.md)', () => {
  it('use no more of Vitest than the runner in scripts/mutation has', () => {
    const [, api = ''] =
      /export const testApi = \{([\s\S]*?)\n\};/.exec(read('scripts/mutation/test-api.mjs')) ?? [];
    const known = namesIn(api);
    expect(known).toContain('describe');
    const used = ['aspa', 'bgpsec', 'rov'].flatMap((folder) =>
      readdirSync(`${root}/spec-tests/${folder}`, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => {
          const [, list = ''] =
            /import \{([^}]*)\} from 'vitest'/.exec(read(`spec-tests/${folder}/${name}`)) ?? [];
          return namesIn(list).map((one) => `${name}: ${one}`);
        }),
    );
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((one) => !known.includes(one.split(': ')[1] ?? ''))).toEqual([]);
  });
});
