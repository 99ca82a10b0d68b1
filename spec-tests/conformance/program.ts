import type { Question, Reply } from 'pathsec/conformance';
import type { ProgramRun } from '../../src/node/program-run.js';
import { runProgram } from '../../src/node/run-program.js';

/** A question of the suite `aspa` with nothing in it but its id. */
export function question(name: string): Question {
  const id = `aspa/${name}`;
  const input = { op: 'verify-path' };
  const vector = { id, title: name, sections: ['-'], flags: [], input, expected: { outcome: 'valid' } };
  return { suite: 'aspa', vector, request: { ...input, id, suite: 'aspa' } };
}

/** The command line of a program of Node with this source text. */
export function nodeProgram(source: string): string {
  return `'${process.execPath}' --input-type=module -e '${source.replaceAll("'", "'\\''")}'`;
}

/** Loop over the lines of stdin; `request` and `say` are at hand. */
export function lineProgram(body: string): string {
  return nodeProgram(`
    import { createInterface } from 'node:readline';
    const say = (value) => process.stdout.write((typeof value === 'string' ? value : JSON.stringify(value)) + '\\n');
    for await (const line of createInterface({ input: process.stdin })) {
      const request = JSON.parse(line);
      const name = request.id.slice(5);
      ${body}
    }`);
}

/** Runs a program over questions of the given names. */
export async function replies(
  command: string,
  names: readonly string[],
  options: { readonly timeout?: number; readonly batch?: boolean; readonly hello?: boolean } = {},
): Promise<{ readonly replies: Readonly<Record<string, Reply>>; readonly run: ProgramRun }> {
  const found: Record<string, Reply> = {};
  const run = await runProgram(names.map(question), {
    command,
    timeout: options.timeout ?? 20_000,
    batch: options.batch ?? false,
    hello: options.hello ?? false,
    onReply: ({ request }, reply) => {
      found[request.id.slice('aspa/'.length)] = reply;
    },
  });
  return { replies: found, run };
}
