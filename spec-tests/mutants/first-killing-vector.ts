import { readdirSync, readFileSync } from 'node:fs';
import type { Fields, VectorCase, VectorFile } from '../../src/conformance/vector.js';

/** A vector that a mistake fails, and what the mistake answers. */
export interface KillingVector {
  readonly vector: VectorCase;
  readonly says: Fields;
}

let files: readonly VectorFile[] | undefined;

/** All vector files, in the order of their names. */
export function allVectorFiles(): readonly VectorFile[] {
  const folder = new URL('../vectors/', import.meta.url);
  files ??= readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'schema.json')
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as VectorFile);
  return files;
}

/**
 * The first vector that a mistake fails: one made for it (it carries the mistake as a flag) if there is any, else the first in
 * the order of the files. Nothing where no vector tells the mistake apart from what is right.
 */
export function firstKillingVector(mistake: string): KillingVector | undefined {
  let first: KillingVector | undefined;
  for (const { groups } of allVectorFiles()) {
    for (const vector of groups.flatMap(({ cases }) => cases)) {
      const says = vector.mistakes?.[mistake];
      if (says === undefined) continue;
      if (vector.flags.includes(mistake)) return { vector, says };
      first ??= { vector, says };
    }
  }
  return first;
}
