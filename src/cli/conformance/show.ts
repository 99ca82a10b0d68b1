import type { Command } from 'commander';
import { nearestName, printable, quoted } from '../../bytes/index.js';
import { explainRequest, type Question, questionsOf, type VectorFile } from '../../conformance/index.js';
import { readVectorFiles } from '../../node/vector-files.js';
import type { Context } from '../shared/command.js';
import { CliError } from '../shared/io.js';
import { createStyle, type Style } from '../shared/style.js';
import { writeJson } from '../shared/write-pieces.js';

/** `pathsec conformance show`: one case with all that is known of it. */
export function define(command: Command, { io }: Context): void {
  command
    .argument('<id>', 'the id of a case, such as aspa/killer-R1')
    .option('-j, --json', 'as one JSON object')
    .action(async (id: string, { json = false }: { readonly json?: boolean }) => {
      const { file, question } = findCase(id, readVectorFiles());
      const evidence = await explainRequest(question.request);
      if (json) {
        const { input, ...vector } = question.vector;
        const { request, suite } = question;
        await writeJson(io.stdout, { suite, ...vector, request, evidence }, 1);
      } else {
        for (const line of caseLines(file, question, evidence, createStyle(io)))
          await io.stdout.write(`${line}\n`);
      }
    });
}

function findCase(id: string, files: readonly VectorFile[]): { file: VectorFile; question: Question } {
  const ids: string[] = [];
  for (const file of files) {
    for (const question of questionsOf([file])) {
      if (question.vector.id === id) return { file, question };
      ids.push(question.vector.id);
    }
  }
  const near = nearestName(id, ids);
  throw new CliError(`no case ${quoted(id)}${near === undefined ? '' : `; did you mean ${near}?`}`);
}

function caseLines(
  { notes, requirements = {} }: VectorFile,
  { request, vector }: Question,
  evidence: readonly string[],
  { bold }: Style,
): string[] {
  const json = (value: unknown): string => JSON.stringify(value);
  const row = (name: string, text: string): string => `  ${name.padEnd(14)}${text}`;
  const kindOf = (flag: string): string => (notes[flag]?.kind === 'mistake' ? 'made for the mistake: ' : '');
  return [
    `${bold(vector.id)}  ${vector.title}`,
    row('sections', vector.sections.join('; ')),
    ...(vector.requirements ?? []).map((id) =>
      row(
        'requirement',
        `${id} (${requirements[id]?.level}, ${requirements[id]?.role}): ${requirements[id]?.text}`,
      ),
    ),
    ...vector.flags.map((flag) => row('flag', `${flag}: ${kindOf(flag)}${notes[flag]?.text}`)),
    row('request', json(request)),
    row('expected', json(vector.expected)),
    ...(vector.acceptable ?? []).map(({ expected, why }) => row('or', `${json(expected)}: ${why}`)),
    ...(vector.detail === undefined ? [] : [row('detail', json(vector.detail))]),
    row('evidence', ''),
    ...evidence.map((line) => `    ${line}`),
    ...Object.entries(vector.mistakes ?? {}).map(([mistake, fields]) =>
      row('a mistake', `${json(fields)}: ${mistake}, ${notes[mistake]?.text}`),
    ),
  ].map((line) => printable(line).trimEnd());
}
