import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ccrFile } from '../rpki/ccr-builder.js';
import { type Ended, startBuilt } from './built.js';
import { aspaFile, temporaryFile } from './run.js';

/** Runs the program as a process. `closeAfter` closes its stdout after so many octets. */
function program(
  argv: readonly string[],
  stdin: string,
  closeAfter = Number.POSITIVE_INFINITY,
  preload: readonly string[] = [],
): Promise<Ended> {
  const { child, texts, ended } = startBuilt(argv, preload);
  child.stdout.on('data', () => {
    if (texts.stdout.length > closeAfter) child.stdout.destroy();
  });
  child.stdin.end(stdin);
  return ended;
}

describe('the program as a process', () => {
  it('asks for the cache of compiled modules before it loads one of its own, where Node has it', async () => {
    const preload = (member: string): string =>
      `data:text/javascript,import m from 'node:module';
      m.enableCompileCache = ${member};
      m.register('data:text/javascript,' + encodeURIComponent(\`
        export async function load(url, context, next) {
          if (/dist.cli/.test(url)) process._rawDebug(url.split('/').pop().split('-')[0]);
          return next(url, context);
        }\`));`.replaceAll(/\s+/g, ' ');
    const argv = ['aspa', 'verify', '--aspa', aspaFile({ 1: [2] }), '2 1', '--direction', 'upstream'];
    const cached = await program(argv, '', undefined, [
      '--import',
      preload("() => process._rawDebug('the cache')"),
    ]);
    expect([cached.code, cached.stdout]).toEqual([0, 'valid\n']);
    expect(cached.stderr.split('\n').slice(0, 3)).toEqual(['bin.js', 'the cache', 'main']);
    const without = await program(argv, '', undefined, ['--import', preload('undefined')]);
    expect([without.code, without.stdout, without.stderr.includes('the cache')]).toEqual([
      0,
      'valid\n',
      false,
    ]);
  });

  it('loads of packages the reader of its arguments alone, to audit what is not packed or what Node unpacks', async () => {
    const module = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;
    const hook = module(`export async function load(url, context, next) {
      const [, inside] = url.split(/\\/node_modules\\/(?!.*\\/node_modules\\/)/);
      if (inside) process._rawDebug('package ' + /^(?:@[^/]+\\/)?[^/]+/.exec(inside)[0]);
      return next(url, context);
    }`);
    const preload = module(`import m from 'node:module'; m.register(${JSON.stringify(hook)});`);
    const packagesOf = async (routes: string | Buffer, ...argv: readonly string[]): Promise<string[]> => {
      const { code, stderr } = await program(
        ['audit', ...argv, temporaryFile('routes', routes)],
        '',
        undefined,
        ['--import', preload],
      );
      expect(code).toBe(0);
      return [...new Set(stderr.split('\n').flatMap((line) => /^package (.*)/.exec(line)?.[1] ?? []))].sort();
    };
    const routes = '192.0.2.0/24|2 1|2\n';
    const rpki = aspaFile({ 1: [2] });
    expect(await packagesOf(routes, '--rpki', rpki)).toEqual(['commander']);
    expect(await packagesOf(gzipSync(routes), '--rpki', rpki, '--jobs', '1', '--json')).toEqual([
      'commander',
    ]);
    // That the probe sees what is loaded later.
    const ccr = temporaryFile('x.ccr', ccrFile({}));
    expect(await packagesOf(routes, '--rpki', ccr)).toEqual(['@noble/hashes', 'commander']);
  });

  it('has the exit code of the verdict', async () => {
    const argv = ['aspa', 'verify', '--aspa', aspaFile({ 1: [2] }), '3 1', '--neighbor-role', 'peer'];
    expect(await program(argv, '')).toEqual({ code: 1, stdout: 'invalid\n', stderr: '' });
  });

  it('audits stdin', async () => {
    const argv = ['audit', '--json', '--rpki', aspaFile({ 1: [2] }), '-'];
    const { code, stdout, stderr } = await program(argv, '192.0.2.0/24|2 1|2\n');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ routes: 1, aspa: { valid: 1 } });
  });

  it('audits the sample, as npm start does', async () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const [node, bin, ...argv] = (scripts.start ?? '').split(' ');
    expect([node, bin]).toEqual(['node', 'dist/cli/bin.js']);
    const { code, stdout, stderr } = await program(argv, '');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Injected into the sample');
  });

  it('writes a long answer whole', async () => {
    const lines = 30_000;
    const question = '{"path":"2 1","direction":"upstream"}\n'.repeat(lines);
    const argv = ['aspa', 'verify', '--aspa', aspaFile({ 1: [2] }), '--batch', '-'];
    const { code, stdout } = await program(argv, question);
    expect(code).toBe(0);
    const expected = '{"outcome":"valid"}\n'.repeat(lines);
    expect(createHash('sha256').update(stdout).digest('hex')).toBe(
      createHash('sha256').update(expected).digest('hex'),
    );
  });

  it('ends without a word when its reader has gone', async () => {
    const question = '{"path":"2 1","direction":"upstream"}\n'.repeat(200_000);
    const argv = ['aspa', 'verify', '--aspa', aspaFile({ 1: [2] }), '--batch', '-'];
    const { code, stderr } = await program(argv, question, 1000);
    expect([code, stderr]).toEqual([0, '']);
  });
});
