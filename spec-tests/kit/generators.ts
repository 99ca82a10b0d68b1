import type { Suite } from '../../src/conformance/vector.js';
import type { VectorDraft } from './write-vectors.js';

interface Generator {
  drafts(): VectorDraft[] | Promise<VectorDraft[]>;
}

/** The generators in the order of the suites. They are loaded when they are called: some sign hundreds of objects at once. */
export const GENERATORS: Readonly<Record<Suite, () => Promise<Generator>>> = {
  aspa: () => import('./aspa/generator/drafts.js'),
  bgpsec: () => import('./bgpsec/generator/drafts.js'),
  drafts: () => import('./drafts/generator/drafts.js'),
  objects: () => import('./objects/generator/drafts.js'),
  rov: () => import('./rov/generator/drafts.js'),
  rtr: () => import('./rtr/generator/drafts.js'),
};

/** The drafts of all generators, made anew. */
export async function allDrafts(): Promise<VectorDraft[]> {
  const generators = await Promise.all(Object.values(GENERATORS).map((load) => load()));
  return (await Promise.all(generators.map((generator) => generator.drafts()))).flat();
}
