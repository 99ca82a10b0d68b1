import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { claimsOf, type Requirement, readCatalogue } from './kit/catalogue.js';

const FOLDER = fileURLToPath(new URL('./', import.meta.url));

/**
 * At the end of a complete run: fails it when a row of the requirement catalogue claims a test that does not exist or did
 * not pass. A run of some files or names only cannot tell, and says so.
 */
export function claimsReporter(): Reporter {
  let named: unknown;
  return {
    onInit(vitest: Vitest) {
      named = vitest.config.testNamePattern;
    },
    onTestRunEnd(modules: readonly TestModule[]) {
      const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
      const all = files.filter((name) => name.endsWith('.test.ts')).length;
      if (named !== undefined || modules.length < all) {
        process.stdout.write('requirement catalogue: claims are checked by a run of all tests only\n');
        return;
      }
      const state = new Map<string, string>();
      for (const module of modules) {
        const file = module.relativeModuleId.replace(/^spec-tests\//, '').replace(/\.test\.ts$/, '');
        for (const test of module.children.allTests()) {
          state.set(`${file}: ${test.fullName}`, test.result().state);
        }
      }
      const rows = readCatalogue().flatMap((file) => file.rows);
      const wrong = rows.flatMap((row) => unfounded(row, state));
      for (const line of wrong) process.stdout.write(`${line}\n`);
      process.stdout.write(
        `requirement catalogue: ${rows.length} rows, ${wrong.length} claims without a passed test\n`,
      );
      if (wrong.length > 0) process.exitCode = 1;
    },
  };
}

function unfounded(row: Requirement, state: ReadonlyMap<string, string>): string[] {
  return claimsOf(row).flatMap((claim) => {
    const found = state.get(testOf(claim));
    if (found === 'passed') return [];
    return [`${row.id} claims a test that ${found ?? 'does not exist'}: ${claim}`];
  });
}

/** The test behind a claim: every vector case is one test of `conformance/vectors`. */
function testOf(claim: string): string {
  return claim.startsWith('vector:') ? `conformance/vectors: ${claim.slice('vector:'.length)}` : claim;
}
