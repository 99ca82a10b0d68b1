import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS, type CommandName } from '../../src/cli/commands.js';
import { HELP, needsOf } from '../../src/cli/help.js';
import { run } from './run.js';
import { BASES } from './words/base.js';

const names = COMMANDS.map(({ name }) => name);
const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const root = new URL('../../', import.meta.url);
/** The sources of tests, without those that call every command. */
const tests = ['spec-tests/cli/', 'spec-tests/rtr/'].flatMap((folder) =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith('.test.ts') && name !== 'commands-help.test.ts')
    .map((name) => readFileSync(new URL(folder + name, root), 'utf8')),
);
const examples = ['docs/guide-command.md', 'docs/archives.md']
  .map((name) => readFileSync(new URL(name, root), 'utf8'))
  .join('\n');
const helpOf = async (name: CommandName): Promise<string> =>
  (await run([...name.split(' '), '--help'])).stdout;
/** The options of a command as its help lists them, with whether they are marked as required. */
const optionsOf = (help: string): { option: string; required: boolean }[] =>
  [...help.matchAll(/^ {2}(?:-[a-z], )?(--[a-z0-9-]+)(?: <[^>]+>)? {2,}((?:.*\n(?: {10,}\S.*\n)*))/gm)].map(
    ([, option = '', text = '']) => ({ option, required: text.replace(/\s+/g, ' ').includes('(required)') }),
  );

/** A call without the given options and their values. */
function without(options: readonly string[], left: readonly string[]): string[] {
  return options.filter((word, i) => !left.includes(word) && !left.includes(options[i - 1] ?? ''));
}

describe('every command', () => {
  it('has a help text, a call that the tests of words make, and no text without a command', () => {
    expect(Object.keys(HELP).sort()).toEqual([...names].sort());
    expect(Object.keys(BASES).sort()).toEqual([...names].sort());
  });

  it.each(COMMANDS)(
    '$name: a row in docs/cli.md with its summary, needs and exit codes',
    ({ name, summary }) => {
      const help = HELP[name];
      const codes = Object.entries(help.exits).map(([code, meaning]) => `${code} ${meaning}`);
      const row = `| \`${name}\` | ${summary} | ${needsOf(help)} | ${codes.join('; ')} |`;
      const found = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
      expect(found ?? `no row of ${name}`).toBe(row);
    },
  );

  it.each(names)('%s: a test of its own, and an example that is run', (name) => {
    const words = new RegExp(`'${name.replace(' ', "',\\s*'")}'`);
    expect(tests.some((text) => words.test(text))).toBe(true);
    expect(examples).toMatch(new RegExp(`pathsec ${name}\\b`));
  });

  it.each(names)('%s: --help ends with its exit codes and an example', async (name) => {
    const help = await helpOf(name);
    const { example, exits } = HELP[name];
    const codes = Object.entries(exits).map(([code, meaning]) => `  ${code}  ${meaning}\n`);
    expect(help).toContain(`\nExit codes:\n${codes.join('')}\nExample:\n  ${example}\n`);
    expect(Object.keys(exits)).toEqual(expect.arrayContaining(['0', '2']));
  });

  it.each(names)('%s: its example names it, and only options that it has', async (name) => {
    const { example } = HELP[name];
    expect(example.startsWith(`pathsec ${name} `)).toBe(true);
    const known = optionsOf(await helpOf(name)).map(({ option }) => option);
    expect(known).toContain('--help');
    const used = [...example.matchAll(/ (--[a-z-]+)/g)].map(([, option = '']) => option);
    expect(used.filter((option) => !known.includes(option))).toEqual([]);
  });

  it.each(names)('%s: --json', async (name) => {
    expect(optionsOf(await helpOf(name)).map(({ option }) => option)).toContain('--json');
  });
});

describe('what a command needs', () => {
  it.each(names)('%s is refused without any single option that is marked, or any group', async (name) => {
    const { args, options } = BASES[name]();
    const marked = optionsOf(await helpOf(name)).filter(({ required }) => required);
    const groups = [...marked.map(({ option }) => [option]), ...(HELP[name].needs ?? [])];
    for (const group of groups) {
      const left = without(options, group);
      expect([name, group, left.length < options.length]).toEqual([name, group, true]);
      const { code, stdout, stderr } = await run([...name.split(' '), ...args, ...left]);
      expect([group, code, stdout]).toEqual([group, 2, '']);
      expect(stderr).not.toBe('');
    }
  });
});

describe('options that are marked', () => {
  it('are these', async () => {
    const required = await Promise.all(
      names.map(async (name) => {
        const marked = optionsOf(await helpOf(name)).filter((one) => one.required);
        return marked.length === 0 ? [] : [[name, ...marked.map(({ option }) => option)].join(' ')];
      }),
    );
    expect(required.flat()).toEqual([
      'archive submit --server --job',
      'archive work --server',
      'archive collect --server --job',
      'bgpsec keygen --out',
      'bgpsec sign --as --peer-as --prefix',
      'bgpsec forward --as --peer-as',
      'apvas sign --target-as --public',
      'apvas verify --keys',
      'simulate curves --attack --mechanism',
      'conformance run --exec',
      'conformance router --profile',
    ]);
  });
});
