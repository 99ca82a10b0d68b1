import * as aspa from './aspa.js';
import * as bgpsec from './bgpsec.js';
import * as objects from './objects.js';
import * as rov from './rov.js';
import * as rtr from './rtr.js';
import type { VectorDraft } from './write-vectors.js';

/** The drafts of all generators, in the order of the suites. */
export async function allDrafts(): Promise<VectorDraft[]> {
  const lists = await Promise.all([aspa, rov, bgpsec, rtr, objects].map(({ drafts }) => drafts()));
  return lists.flat();
}
