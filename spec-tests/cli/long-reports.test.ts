import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { aspaFile, temporaryFile } from './run.js';

/** Runs the program with an output that takes its time, and tells how it was written to. */
async function writtenBy(argv: readonly string[]) {
  let text = '';
  let most = 0;
  let onTheirWay = 0;
  let portions = 0;
  const io = {
    stdin: { async *[Symbol.asyncIterator]() {} },
    stdout: {
      isTerminal: false,
      write: async (portion: string) => {
        portions++;
        onTheirWay += portion.length;
        most = Math.max(most, onTheirWay);
        await new Promise((resolve) => setImmediate(resolve));
        onTheirWay -= portion.length;
        text += portion;
      },
    },
    stderr: { isTerminal: false, write: async () => {} },
    env: {},
    now: () => 0,
    seed: 1,
  };
  const code = await main(argv, io);
  return { code, text, most, portions };
}

describe('long reports', () => {
  const count = 130_000;
  const lines = Array.from({ length: count }, (_, i) => `192.0.2.0/24|3 ${i + 10}|3\n`).join('');
  // Both ways of saying that a hop leads to no provider: every path is invalid by another hop.
  const attested = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [i + 10, [1]]));

  it('audit --json has every invalid path, a portion at a time', async () => {
    const argv = ['audit', '--json', '--neighbor-role', 'customer', '--neighbor-check', 'on'];
    const routes = temporaryFile('routes', lines.replaceAll('|3\n', '|4\n')); // not the neighbour: invalid at step 2
    const { code, text, most, portions } = await writtenBy([...argv, '--rpki', aspaFile({ 1: [2] }), routes]);
    expect(code).toBe(0);
    const report = JSON.parse(text) as { invalidPaths: readonly unknown[] };
    expect(report.invalidPaths.length).toBe(count);
    expect(text).toBe(`${JSON.stringify(report)}\n`);
    expect(most).toBeLessThan(70_000);
    expect(portions).toBeGreaterThan(300);
  });

  it('the text has as many rows as are asked for', async () => {
    const argv = ['audit', '--rows', '999999', '--neighbor-role', 'customer', '--rpki'];
    const routes = temporaryFile('routes', lines.replaceAll('|3\n', '|4\n'));
    const { code, text, most } = await writtenBy([
      ...argv,
      aspaFile(attested),
      routes,
      '--neighbor-check',
      'on',
    ]);
    expect(code).toBe(0);
    expect(text).toContain(`Paths that ASPA finds invalid (${count.toLocaleString('en')})\n`);
    expect(text.match(/^ +1 +AS4 +3 [0-9]+ +2 +neighbor-as-mismatch$/gm)).toHaveLength(count);
    expect(most).toBeLessThan(70_000);
  });

  it('aspa compare writes its differences a portion at a time', async () => {
    // An AS_SET: unverifiable in revision 06, invalid in 28.
    const some = 20_000;
    const paths = Array.from({ length: some }, (_, i) => `192.0.2.0/24|3 {${i + 10}}|3\n`).join('');
    const routes = temporaryFile('paths', paths);
    const argv = ['aspa', 'compare', '--json', '--revisions', '06,28', '--neighbor-role', 'customer'];
    const { code, text, most } = await writtenBy([...argv, '--rpki', aspaFile(attested), routes]);
    expect(code).toBe(0);
    const answers = text.trim().split('\n');
    expect(answers).toHaveLength(some + 1);
    expect(JSON.parse(answers[some] ?? '')).toMatchObject({ compared: some, differing: some });
    expect(most).toBeLessThan(70_000);
  });

  it('rpki convert writes payloads of every format a portion at a time', async () => {
    const roas = Array.from({ length: 20_000 }, (_, i) => ({
      asn: i + 1,
      prefix: '192.0.2.0/24',
      maxLength: 24,
    }));
    const file = aspaFile({ 1: [2] }, roas);
    for (const format of ['rpki-client', 'routinator', 'openbgpd', 'bird', 'slurm']) {
      const { code, text, most, portions } = await writtenBy(['rpki', 'convert', file, '--to', format]);
      expect(code).toBe(0);
      expect(text.split('192.0.2.0/24').length - 1).toBe(roas.length);
      expect(most).toBeLessThan(70_000);
      expect(portions).toBeGreaterThan(5);
    }
  });
});
