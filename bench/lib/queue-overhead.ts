import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ratioOf, spreadOf } from './spread.js';
import { type Took, timeNode } from './timed-process.js';

/** A NATS server on a free port, and how to end it. */
async function startServer(scratch: string): Promise<{ readonly url: string; stop(): void }> {
  const folder = mkdtempSync(join(scratch, 'nats-'));
  mkdirSync(join(folder, 'store'));
  const argv = [
    '-a',
    '127.0.0.1',
    '-p',
    '-1',
    '--ports_file_dir',
    folder,
    '-js',
    '-sd',
    join(folder, 'store'),
  ];
  const child = spawn('nats-server', argv, { stdio: 'ignore' });
  for (;;) {
    const file = readdirSync(folder).find((name) => name.endsWith('.ports'));
    const [url] =
      /nats:\/\/[0-9.:]+/.exec(file === undefined ? '' : readFileSync(join(folder, file), 'utf8')) ?? [];
    if (url !== undefined) return { url, stop: () => void child.kill() };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * The queue's overhead: `files` through one worker against `audit` of the same with as many threads, in turn. The steps of the archive
 * one after the other, so that nothing of it hides behind another core.
 */
export async function queueOverhead(
  program: string,
  scratch: string,
  options: readonly string[],
  files: readonly string[],
  runs: number,
) {
  try {
    execFileSync('sh', ['-c', 'command -v nats-server'], {
      stdio: 'ignore',
      env: { PATH: `${process.env.PATH}:/usr/sbin` },
    });
  } catch {
    return { skipped: 'needs the program nats-server' };
  }
  const server = await startServer(scratch);
  try {
    const rounds: { audit: Took; submit: Took; work: Took; collect: Took }[] = [];
    for (let run = 0; run < runs; run++) {
      process.stderr.write(`queue: ${run + 1} of ${runs}\n`);
      const job = ['--server', server.url, '--job', `run-${run}`];
      const archive = (...argv: readonly string[]) => timeNode([program, 'archive', ...argv]);
      rounds.push({
        audit: await timeNode([program, 'audit', ...options, '--jobs', '1', '--json', ...files]),
        submit: await archive('submit', ...job, ...options, ...files),
        work: await archive('work', ...job, '--jobs', '1', '--until-done'),
        collect: await archive('collect', ...job, '--json', '--remove'),
      });
    }
    const of = (name: keyof (typeof rounds)[number], unit: 'ms' | 'cpuMs') =>
      rounds.map((round) => round[name][unit]);
    const sum = (unit: 'ms' | 'cpuMs') =>
      rounds.map(({ submit, work, collect }) => submit[unit] + work[unit] + collect[unit]);
    return {
      files: files.length,
      auditMs: spreadOf(of('audit', 'ms')),
      workMs: spreadOf(of('work', 'ms')),
      workerRatio: ratioOf(of('work', 'ms'), of('audit', 'ms')),
      allStepsRatio: ratioOf(sum('ms'), of('audit', 'ms')),
      auditCpuMs: spreadOf(of('audit', 'cpuMs')),
      submitCpuMs: spreadOf(of('submit', 'cpuMs')),
      workCpuMs: spreadOf(of('work', 'cpuMs')),
      collectCpuMs: spreadOf(of('collect', 'cpuMs')),
      workerCpuRatio: ratioOf(of('work', 'cpuMs'), of('audit', 'cpuMs')),
      allStepsCpuRatio: ratioOf(sum('cpuMs'), of('audit', 'cpuMs')),
    };
  } finally {
    server.stop();
  }
}
