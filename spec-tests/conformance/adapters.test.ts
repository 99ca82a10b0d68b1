import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { questionsOf } from 'pathsec/conformance';
import { readVectorFiles } from 'pathsec/node';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../cli/run.js';
import { describeWithFile, describeWithProgram } from '../support.js';

const page = readFileSync(new URL('../../docs/conformance-adapters.md', import.meta.url), 'utf8');
const place = mkdtempSync(join(tmpdir(), 'pathsec-adapters-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** The adapter of docs/conformance-adapters.md in a language. */
function adapter(language: string): string {
  const code = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1];
  if (code === undefined) throw new Error(`no ${language} block`);
  return code;
}

/** Writes files into a folder of their own and returns its path. */
function project(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(place, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** The verifier that stands behind an adapter. */
function verifier(extension: string): string {
  return readFileSync(new URL(`./verifiers/verifier.${extension}`, import.meta.url), 'utf8');
}

interface Report {
  readonly conforms: boolean;
  readonly counts: Readonly<Record<string, number>>;
}

/** A right verifier of paths passes every case that asks for one, those with limits of providers as well. */
async function expectNoFailure(command: string): Promise<void> {
  const { stdout } = await run(['conformance', 'run', '--suite', 'aspa', '--json', '--exec', command]);
  const { conforms, counts } = JSON.parse(stdout) as Report;
  const paths = questionsOf(readVectorFiles(['aspa'])).filter(({ request }) => request.op === 'verify-path');
  const all = questionsOf(readVectorFiles(['aspa'])).length;
  expect({ conforms, counts }).toEqual({
    conforms: true,
    counts: { passed: paths.length, unsupported: all - paths.length },
  });
}

describe('an adapter for ASPA', () => {
  it.each(['python', 'c', 'go', 'rust'])('in %s has at most 30 lines', (language) => {
    expect(adapter(language).trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  });
});

describeWithProgram('in Python', 'python3', () => {
  it('passes every case of a path', async () => {
    const folder = project('python', {
      'adapter.py': adapter('python'),
      'verifier.py': verifier('py'),
    });
    await expectNoFailure(`python3 ${folder}/adapter.py`);
  });
});

describeWithProgram('in Python, for BGPsec', 'python3', () => {
  it('passes every case of parsed values, whatever nonces it draws, and is asked no others', async () => {
    const code = [...page.matchAll(/^```python\n([\s\S]*?)^```$/gm)][1]?.[1] ?? '';
    expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    const bgpsec = readFileSync(new URL('./verifiers/bgpsec.py', import.meta.url), 'utf8');
    const folder = project('python-bgpsec', { 'adapter.py': code, 'bgpsec.py': bgpsec });
    const command = `python3 ${folder}/adapter.py`;
    const { stdout } = await run(['conformance', 'run', '--suite', 'bgpsec', '--json', '--exec', command]);
    const all = questionsOf(readVectorFiles(['bgpsec']));
    const asked = all.filter(({ request }) => ['verify-signatures', 'sign'].includes(request.op));
    const lacking = asked.filter(({ vector }) =>
      vector.flags.some((flag) => flag === 'two-suites' || flag === 'nonce'),
    ).length;
    const counts = {
      passed: asked.length - lacking,
      unsupported: lacking,
      'not-asked': all.length - asked.length,
    };
    const { conforms, counts: found } = JSON.parse(stdout) as Report;
    expect({ conforms, counts: found }).toEqual({ conforms: true, counts });
    // The runner without Node finds the same, also what signs for another AS than it is told.
    const runner = fileURLToPath(new URL('../../docs/conformance_runner.py', import.meta.url));
    const vectors = fileURLToPath(new URL('../vectors/bgpsec-signatures.json', import.meta.url));
    const runIt = (adapter: string): string =>
      spawnSync('python3', [runner, '--exec', adapter, '--failures', '0', vectors], { encoding: 'utf8' })
        .stdout;
    expect(runIt(command)).toBe(`cases ${asked.length} passed ${counts.passed} unsupported ${lacking}\n`);
    const wrong = project('python-bgpsec-wrong', {
      'adapter.py': code,
      'bgpsec.py': bgpsec.replace(/(to_hash\(\[segment, \*path\], signatures, target)/, '$1 ^ 1'),
    });
    const signed = asked.filter(({ vector }) => 'over' in Object(vector.expected.signature)).length - 1;
    expect(runIt(`python3 ${wrong}/adapter.py`)).toMatch(new RegExp(`failed ${signed}\\b`));
  });
});

describeWithFile('in C, with cJSON', '/usr/include/cjson/cJSON.h', () => {
  it('passes every case of a path', async () => {
    const folder = project('c', { 'adapter.c': adapter('c'), 'verifier.c': verifier('c') });
    execFileSync('cc', ['-Wall', '-Werror', 'adapter.c', 'verifier.c', '-lcjson', '-o', 'adapter'], {
      cwd: folder,
    });
    await expectNoFailure(`${folder}/adapter`);
  });
});

describeWithProgram('in Go', 'go', () => {
  it('passes every case of a path', async () => {
    const folder = project('go', {
      'go.mod': 'module adapter\n\ngo 1.19\n',
      'main.go': adapter('go'),
      'verifier.go': verifier('go'),
    });
    const env = {
      ...process.env,
      GOCACHE: join(place, 'go-cache'),
      GOFLAGS: '-mod=mod',
      GOTOOLCHAIN: 'local',
    };
    execFileSync('go', ['build', '-o', 'adapter', '.'], { cwd: folder, env });
    await expectNoFailure(`${folder}/adapter`);
  });
});

// Debian's packages of Rust libraries, so that nothing is fetched.
const CRATES = '/usr/share/cargo/registry';
describeWithFile('in Rust, with serde_json', `${CRATES}/serde_json-1.0.87`, () => {
  it('passes every case of a path', async () => {
    const folder = project('rust', {
      'Cargo.toml':
        '[package]\nname = "adapter"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nserde_json = "1"\n',
      '.cargo/config.toml': `[source.crates-io]\nreplace-with = "system"\n\n[source.system]\ndirectory = "${CRATES}"\n`,
      'src/main.rs': adapter('rust'),
      'src/verifier.rs': verifier('rs'),
    });
    execFileSync('cargo', ['build', '--offline', '--quiet'], { cwd: folder });
    await expectNoFailure(`${folder}/target/debug/adapter`);
  });
});
