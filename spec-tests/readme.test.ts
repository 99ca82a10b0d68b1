import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram, freePort } from './interop/daemon.js';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Block {
  readonly line: number;
  readonly language: string;
  /** `exit=N` of the opening line; 0 without. */
  readonly exit: number;
  /** `needs=PROGRAM` of the opening line: without it the block is not run, which is said. */
  readonly needs: string | undefined;
  readonly code: string;
  /** The text block right after it: what it prints on stdout. */
  readonly output?: string;
}

/** The code blocks of a Markdown file, each with the `text` block that follows it at once. */
function codeBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  const fence = /^```(\S+)?(.*)\n([\s\S]*?)^```$/gm;
  let lastEnd = -1;
  for (const match of markdown.matchAll(fence)) {
    const [whole, language = '', rest = '', code = ''] = match;
    const between = markdown.slice(lastEnd, match.index).trim();
    const previous = blocks.at(-1);
    if (language === 'text' && previous && between === '' && lastEnd >= 0) {
      blocks[blocks.length - 1] = { ...previous, output: code };
    } else {
      const line = markdown.slice(0, match.index).split('\n').length;
      blocks.push({
        line,
        language,
        exit: Number(/exit=(\d+)/.exec(rest)?.[1] ?? 0),
        needs: /needs=(\S+)/.exec(rest)?.[1],
        code,
      });
    }
    lastEnd = match.index + whole.length;
  }
  return blocks;
}

/** The ports of a block: whoever reads it types these, and a test takes free ones in their place. */
const PORT = /(?<=127\.0\.0\.1:|--port )[0-9]{5}\b/g;

/** The same block with free ports, and its words with those that stand there. */
async function withFreePorts(
  code: string,
): Promise<{ readonly code: string; written(text: string): string }> {
  const free = new Map<string, string>();
  for (const port of new Set(code.match(PORT))) {
    let own: string;
    do own = String(await freePort());
    while ([...free.values()].includes(own));
    free.set(port, own);
  }
  return {
    code: code.replace(PORT, (port) => free.get(port) ?? port),
    written: (text) =>
      [...free].reduce(
        (whole, [port, own]) => whole.replaceAll(`127.0.0.1:${own}`, `127.0.0.1:${port}`),
        text,
      ),
  };
}

/** Gives programs under test more time than the usual seconds, which a busy machine may need to start one. */
const withPatience = (code: string): string =>
  code.replace(/pathsec conformance (?:run|router)\b(?!.*--timeout)/g, '$& --timeout 1800');

/** The documents whose code blocks are run. */
const documents = [
  'README.md',
  'docs/cli.md',
  'docs/guide-command.md',
  'docs/guide-library.md',
  'docs/archives.md',
];
const blocks = documents.flatMap((name) =>
  codeBlocks(readFileSync(join(root, name), 'utf8')).map((block) => ({ name, ...block })),
);

describe('the code blocks of README, guides and docs/cli.md', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pathsec-readme-'));
    writeFileSync(join(folder, 'pathsec'), `#!/bin/sh\nexec node ${join(root, 'dist/cli/bin.js')} "$@"\n`);
    chmodSync(join(folder, 'pathsec'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Two documents may show the same: it is run where it comes first. */
  const same = (a: Block, b: Block): boolean =>
    a.code === b.code && a.exit === b.exit && (a.output === b.output || b.output === undefined);
  const shown = blocks.filter(({ language }) => language === 'sh');
  const run = shown.filter((block, i) => !shown.slice(0, i).some((earlier) => same(earlier, block)));
  it.for(run)('$name:$line (sh)', async ({ code, exit, needs, output }, { skip }) => {
    skip(
      needs !== undefined && findProgram(needs) === undefined,
      `needs the program ${needs}, which is not installed`,
    );
    const block = await withFreePorts(withPatience(code));
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, NO_COLOR: '1' };
    const result = spawnSync('bash', ['-euo', 'pipefail', '-c', block.code], {
      cwd: root,
      env,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    expect(result.stderr).not.toMatch(/\n {4}at /); // no stack trace
    expect([result.status, result.status === exit ? '' : result.stderr]).toEqual([exit, '']);
    if (output !== undefined) expect(block.written(result.stdout)).toBe(output);
  });

  const programs = blocks.filter(({ language }) => language === 'ts');
  it('the programs compile against the built package and print what they say', () => {
    // Inside dist/, so that Node resolves `pathsec/…` to the package itself.
    const place = join(root, 'dist', 'readme');
    mkdirSync(place, { recursive: true });
    try {
      const files = programs.map(({ code }, i) => {
        const file = join(place, `block-${i}.ts`);
        writeFileSync(file, code);
        return file;
      });
      const options = [
        '--strict',
        '--module',
        'nodenext',
        '--target',
        'es2022',
        '--lib',
        'es2023',
        '--types',
        'node',
        '--skipLibCheck',
      ];
      execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', ...options, ...files], {
        cwd: root,
        encoding: 'utf8',
      });
      let ran = 0;
      for (const [i, { name, line, output }] of programs.entries()) {
        const stdout = execFileSync(process.execPath, [join(place, `block-${i}.js`)], {
          cwd: root,
          encoding: 'utf8',
        });
        if (output !== undefined) expect(`${name}:${line}\n${stdout}`).toBe(`${name}:${line}\n${output}`);
        ran++;
      }
      expect(ran).toBe(programs.length);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });

  it('are all of a kind that runs', () => {
    expect(
      blocks.map(({ language }) => language).filter((language) => language !== 'sh' && language !== 'ts'),
    ).toEqual([]);
    for (const document of documents) expect(blocks.some(({ name }) => name === document)).toBe(true);
    expect(blocks.length).toBeGreaterThan(25);
  });
});
