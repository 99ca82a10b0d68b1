import { spawn } from 'node:child_process';

/** Peak memory of a process as it knows it itself. */
const PROBE = `data:text/javascript,${encodeURIComponent(
  'process.on("exit",()=>process.stderr.write(JSON.stringify(process.resourceUsage())))',
)}`;

/** What a process took. */
export interface Took {
  readonly ms: number;
  readonly cpuMs: number;
  readonly rssMiB: number;
}

/** Runs a Node program, after `before` (`taskset -c 0`), output thrown away. */
export function timeNode(argv: readonly string[], before: readonly string[] = []): Promise<Took> {
  return timed([...before, process.execPath, '--import', PROBE, ...argv]);
}

/** Runs any program; of one that is not Node only the time is known. */
export function timeProgram(argv: readonly string[]): Promise<Took> {
  return timed(argv);
}

function timed([command = '', ...argv]: readonly string[]): Promise<Took> {
  return new Promise((resolve, reject) => {
    const begin = process.hrtime.bigint();
    const child = spawn(command, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const ms = Number(process.hrtime.bigint() - begin) / 1e6;
      if (code !== 0) {
        reject(new Error(`${command} ended with ${code}: ${stderr}`));
        return;
      }
      const at = stderr.lastIndexOf('{"userCPUTime"');
      const usage = at < 0 ? undefined : (JSON.parse(stderr.slice(at)) as NodeJS.ResourceUsage);
      resolve({
        ms,
        cpuMs: usage ? (usage.userCPUTime + usage.systemCPUTime) / 1000 : Number.NaN,
        rssMiB: usage ? usage.maxRSS / 1024 : Number.NaN,
      });
    });
  });
}
