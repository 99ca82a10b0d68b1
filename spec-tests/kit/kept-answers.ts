import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Fields, Request } from '../../src/conformance/vector.js';

/** Answers that are made once for several programs that are started one after the other. */
export interface KeptAnswers {
  readonly answer: (request: Request) => Promise<Fields>;
  /** Leaves the answers in the file, when any of them is new. */
  save(): void;
}

/** What `make` answers, as the file has it by the id of a request, or else made anew. Nothing is kept without a file. */
export function keepAnswers(
  file: string | undefined,
  make: (request: Request) => Promise<Fields>,
): KeptAnswers {
  const kept = new Map<string, Fields>(file === undefined ? [] : read(file));
  const before = kept.size;
  return {
    async answer(request) {
      const known = kept.get(request.id);
      if (known !== undefined) return known;
      const made = await make(request);
      kept.set(request.id, made);
      return made;
    },
    save() {
      if (file === undefined || kept.size === before) return;
      writeFileSync(`${file}.${process.pid}`, JSON.stringify([...kept]));
      renameSync(`${file}.${process.pid}`, file); // so that no other program reads half of it
    },
  };
}

function read(file: string): readonly (readonly [string, Fields])[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as [string, Fields][];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
