import type { Request, Suite, VectorCase, VectorFile, VectorGroup } from './vector.js';

/** A case with the request that asks it. */
export interface Question {
  readonly suite: Suite;
  readonly vector: VectorCase;
  readonly request: Request;
}

/** The questions of vector files, in their order. */
export function questionsOf(files: readonly VectorFile[]): Question[] {
  return files.flatMap(({ suite, groups }) =>
    groups.flatMap((group) =>
      group.cases.map((vector) => ({ suite, vector, request: requestOf(suite, group, vector) })),
    ),
  );
}

/** The request of a case: its id and suite, the fields that its group shares, and its own. */
export function requestOf(suite: Suite, { shared }: VectorGroup, { id, input }: VectorCase): Request {
  const fields = { ...shared, ...input };
  return { ...fields, id, suite, op: String(fields.op) };
}
