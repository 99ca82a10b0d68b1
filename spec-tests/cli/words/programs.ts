import { lineProgram, nodeProgram } from '../../conformance/program.js';
import { HOSTILE, withHostile } from './hostile.js';

const TEXT = JSON.stringify(HOSTILE);

/** Programs under test whose every word is hostile. */
export function hostilePrograms(): string[] {
  const answers = [...withHostile({ id: 'ID', validity: 'valid' })];
  return [
    lineProgram(`say(${TEXT});`),
    lineProgram(`
      globalThis.count = (globalThis.count ?? 0) + 1;
      const answers = ${JSON.stringify(answers)};
      const answer = answers[globalThis.count % answers.length];
      say(answer.id === 'ID' ? { ...answer, id: request.id } : answer);`),
    lineProgram(`say({ id: request.id, error: ${TEXT} });`),
    lineProgram(`say({ id: request.id, unsupported: ${TEXT} });`),
    lineProgram(`say({ id: request.id, error: { code: ${TEXT}, message: ${TEXT} } });`),
    nodeProgram(`process.stderr.write(${TEXT} + '\\n' + ${TEXT}); process.exitCode = 3;`),
    nodeProgram(`throw new Error(${TEXT});`),
  ];
}
