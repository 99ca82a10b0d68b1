import {
  type AuditOptions,
  type AuditPart,
  createAudit,
  type InputFacts,
  type JudgedFile,
} from '../../audit/index.js';
import { createContentHash } from '../../node/content-hash.js';
import type { Io } from '../shared/io.js';
import { inputFacts, readRouteFiles } from '../shared/route-files.js';

/** What came of one input. */
export interface JudgedInput {
  readonly name: string;
  readonly facts: Required<InputFacts>;
  readonly part: AuditPart;
  /** Null where the file could not be opened; undefined where nobody asked for it. */
  readonly sha256: JudgedFile['sha256'] | undefined;
}

/** The inputs one by one, each judged by itself, in their order. */
export async function* judgeFiles(
  inputs: readonly string[],
  options: AuditOptions,
  hashed: boolean,
  io: Io,
): AsyncGenerator<JudgedInput> {
  for (const name of inputs) {
    const audit = createAudit(options);
    const content = hashed ? createContentHash() : undefined;
    const read = await readRouteFiles([name], io, audit.add, { through: content?.through });
    const facts = inputFacts(read);
    yield { name, facts, part: audit.part(), sha256: await content?.of(name) };
  }
}
