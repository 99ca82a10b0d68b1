import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
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

interface Report {
  readonly counts: Readonly<Record<string, number>>;
  readonly results: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly answer?: { outcome?: string };
  }[];
}

/** The verifiers of these adapters know one answer, so that exactly the paths that are unknown pass. */
async function expectAnswers(command: string): Promise<void> {
  const { stdout } = await run(['conformance', 'run', '--suite', 'aspa', '--json', '--exec', command]);
  const { counts, results } = JSON.parse(stdout) as Report;
  expect(
    Object.keys(counts).filter(
      (verdict) => !['passed', 'failed', 'unsupported', 'not-asked'].includes(verdict),
    ),
  ).toEqual([]);
  expect(counts.passed).toBeGreaterThan(10);
  expect(counts.failed).toBeGreaterThan(10);
  const failed = results.filter(({ verdict }) => verdict === 'failed');
  expect(new Set(failed.map(({ answer }) => answer?.outcome))).toEqual(new Set(['unknown']));
}

describeWithProgram('in Python', 'python3', () => {
  it('answers every case', async () => {
    const folder = project('python', {
      'adapter.py': adapter('python'),
      'verifier.py': 'def verify(aspas, as_path, neighbor_as, neighbor_role):\n    return "unknown"\n',
    });
    await expectAnswers(`python3 ${folder}/adapter.py`);
  });
});

describeWithFile('in C, with cJSON', '/usr/include/cjson/cJSON.h', () => {
  it('answers every case', async () => {
    const arguments_ = 'const cJSON *a, const cJSON *p, const cJSON *n, const char *r';
    const stub = `#include <cjson/cJSON.h>\nconst char *verify(${arguments_}) { return a && p && r ? "unknown" : n ? "?" : "!"; }\n`;
    const folder = project('c', { 'adapter.c': adapter('c'), 'verifier.c': stub });
    execFileSync('cc', ['-Wall', '-Werror', 'adapter.c', 'verifier.c', '-lcjson', '-o', 'adapter'], {
      cwd: folder,
    });
    await expectAnswers(`${folder}/adapter`);
  });
});

describeWithProgram('in Go', 'go', () => {
  it('answers every case', async () => {
    const folder = project('go', {
      'go.mod': 'module adapter\n\ngo 1.19\n',
      'main.go': adapter('go'),
      'verifier.go': 'package main\n\nfunc verify(Request) string { return "unknown" }\n',
    });
    const env = {
      ...process.env,
      GOCACHE: join(place, 'go-cache'),
      GOFLAGS: '-mod=mod',
      GOTOOLCHAIN: 'local',
    };
    execFileSync('go', ['build', '-o', 'adapter', '.'], { cwd: folder, env });
    await expectAnswers(`${folder}/adapter`);
  });
});

// Debian's packages of Rust libraries, so that nothing is fetched.
const CRATES = '/usr/share/cargo/registry';
describeWithFile('in Rust, with serde_json', `${CRATES}/serde_json-1.0.87`, () => {
  it('answers every case', async () => {
    const folder = project('rust', {
      'Cargo.toml':
        '[package]\nname = "adapter"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nserde_json = "1"\n',
      '.cargo/config.toml': `[source.crates-io]\nreplace-with = "system"\n\n[source.system]\ndirectory = "${CRATES}"\n`,
      'src/main.rs': adapter('rust'),
      'src/verifier.rs': 'pub fn verify(_: &serde_json::Value) -> &\'static str {\n    "unknown"\n}\n',
    });
    execFileSync('cargo', ['build', '--offline', '--quiet'], { cwd: folder });
    await expectAnswers(`${folder}/target/debug/adapter`);
  });
});
