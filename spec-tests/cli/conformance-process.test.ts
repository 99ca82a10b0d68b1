import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { expectEnded, processIdIn } from '../conformance/processes.js';
import { type Ended, startBuilt } from './built.js';
import { run } from './run.js';

/** Says at the end how much memory the process had at most, in KiB. */
const PEAK =
  'data:text/javascript,process.on("exit",()=>console.error("peak "+process.resourceUsage().maxRSS))';

function conformanceRun(...argv: readonly string[]): { readonly id: number; readonly ended: Promise<Ended> } {
  const { child, ended } = startBuilt(['conformance', 'run', ...argv], ['--import', PEAK]);
  if (child.pid === undefined) throw new Error('not started');
  return { id: child.pid, ended };
}

describe('conformance run, interrupted', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends the program under test with its children',
    async (signal) => {
      const file = join(tmpdir(), `pathsec-under-test-${process.pid}-${signal}`);
      onTestFinished(() => rmSync(file, { force: true }));
      const program = `trap '' TERM INT HUP; sleep 1000 & echo $! > '${file}'; while read -r line; do :; done`;
      const { id, ended } = conformanceRun('--suite', 'rov', '--timeout', '3600', '--exec', program);
      const child = await processIdIn(file);
      process.kill(id, signal);
      const { code, stdout, stderr } = await ended;
      expect(code).toBe(3);
      expect(stdout).toMatch(/^suite +cases +passed +not asked\nrov +(\d+) +0 +\1\n/);
      expect(stdout).toMatch(new RegExp(`note: interrupted by ${signal} after 0 cases of \\d+\n`));
      expect(stderr).toMatch(/^peak \d+\n$/);
      await expectEnded(child);
    },
  );

  it('what was found so far is printed, and a failure among it is exit code 1', async () => {
    const file = join(tmpdir(), `pathsec-under-test-${process.pid}-wrong`);
    onTestFinished(() => rmSync(file, { force: true }));
    const script = join(tmpdir(), `pathsec-under-test-${process.pid}.mjs`);
    onTestFinished(() => rmSync(script, { force: true }));
    writeFileSync(
      script,
      `import { createInterface } from 'node:readline';
      import { writeFileSync } from 'node:fs';
      let count = 0;
      for await (const line of createInterface({ input: process.stdin })) {
        if (++count > 4) { writeFileSync(${JSON.stringify(file)}, String(process.pid)); continue; }
        console.log(JSON.stringify({ id: JSON.parse(line).id, validity: 'nonsense' }));
      }`,
    );
    const program = `'${process.execPath}' '${script}'`;
    const { id, ended } = conformanceRun('--suite', 'rov', '--json', '--timeout', '3600', '--exec', program);
    const child = await processIdIn(file);
    process.kill(id, 'SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(1);
    const report = JSON.parse(stdout);
    expect(report.counts).toMatchObject({ failed: 3 });
    expect(report.counts['not-asked']).toBe(report.cases - 3);
    expect(report.program.notes).toEqual([expect.stringContaining('interrupted by SIGINT after 3 cases of')]);
    await expectEnded(child);
  });
});

describe('conformance run, a program that cannot be started', () => {
  it('is exit code 2, with what the shell says', async () => {
    for (const more of [[], ['--batch']]) {
      const argv = ['conformance', 'run', '--suite', 'rov', '--exec', '/nowhere/verifier', ...more];
      const { code, stdout, stderr } = await run(argv);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(
        /^pathsec: cannot start: the program ended with exit code 127; stderr: .*not found/,
      );
    }
  });
});

describe('conformance run, memory', () => {
  const node = (source: string): string => `'${process.execPath}' -e '${source}'`;
  const flood = (text: string): string =>
    node(
      `const t=${text};const more=()=>{while(process.stdout.write(t));process.stdout.once("drain",more)};more()`,
    );
  const programs: readonly (readonly [name: string, command: string])[] = [
    ['zeros', 'cat /dev/zero'],
    ['lines of 1 MB', flood('"x".repeat(1e6)+"\\n"')],
    ['the same word', flood('"y\\n".repeat(30000)')],
    [
      'its first answer for ever',
      node(
        'process.stdin.once("data",(d)=>{const t=(JSON.stringify({id:JSON.parse(String(d).split("\\n")[0]).id,validity:"valid"})' +
          '+"\\n").repeat(2000);const more=()=>{while(process.stdout.write(t));process.stdout.once("drain",more)};more()})',
      ),
    ],
    ['no reading, no word', 'sleep 1000'],
  ];

  it.each(programs)('%s: below 500 MB, and a result', async (_, command) => {
    for (const more of [[], ['--batch']]) {
      const asked = ['--only', 'rov/route-0', '--timeout', '1', '--failures', '0', '--exec', command];
      const { code, stderr } = await conformanceRun(...asked, ...more).ended;
      expect(code).toBe(1);
      const [, peak] = /^peak (\d+)\n$/.exec(stderr) ?? [];
      expect(Number(peak)).toBeGreaterThan(0);
      expect(Number(peak)).toBeLessThan(500_000);
    }
  });
});
