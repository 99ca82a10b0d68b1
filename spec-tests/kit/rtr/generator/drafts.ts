import type { VectorDraft } from '../../write-vectors.js';
import { DRAFT, notesOf, type RtrGroup, withMistakes } from './cases.js';
import { PDU_GROUPS } from './pdus.js';
import { RESPOND_GROUPS } from './respond.js';
import { SESSION_GROUPS } from './sessions.js';

const SOURCE = ['RFC 6810', 'RFC 8210', DRAFT];

function draft(name: string, title: string, groups: readonly RtrGroup[]): VectorDraft {
  const cases = withMistakes(groups);
  return { name, suite: 'rtr', title, source: SOURCE, notes: notesOf(cases), groups: cases };
}

/** The vector files of the RPKI-to-Router protocol. */
export function drafts(): VectorDraft[] {
  return [
    draft('rtr-pdus', 'RTR: PDUs one by one', PDU_GROUPS),
    draft('rtr-sessions', 'RTR: what a router holds after a session', SESSION_GROUPS),
    draft('rtr-cache', 'RTR: what a cache answers', RESPOND_GROUPS),
  ];
}
