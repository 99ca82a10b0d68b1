import type { AddPathFinding } from '../../audit/index.js';
import { plural } from './text-table.js';

/** What was read with Path Identifiers, or without, against its record or session, and why, as sentences. */
export function addPathNotes(addPath: readonly AddPathFinding[]): string[] {
  const note = (read: AddPathFinding['read']): string[] => {
    const found = addPath.filter((one) => one.read === read);
    if (found.length === 0) return [];
    const total = (evidence: string): number =>
      found.reduce((sum, one) => sum + (one.evidence === evidence ? one.count : 0), 0);
    const [fields, records] = [total('prefixes'), total('record-end')];
    const peers = found.flatMap(({ peer }) => peer ?? []);
    const names = peers.slice(0, 8).join(', ') + (peers.length > 8 ? ', ...' : '');
    const parts = [
      ...(fields > 0
        ? [`${plural(fields, 'field')} of prefixes of ${plural(peers.length, 'peer')} (${names})`]
        : []),
      ...(records > 0 ? [plural(records, 'RIB record')] : []),
    ];
    const how =
      read === 'with-identifiers'
        ? 'with Path Identifiers (ADD-PATH)'
        : 'without Path Identifiers (ADD-PATH)';
    return [
      `${parts.join(' and ')} read ${how}, against what the record or session says: only so ` +
        `${fields > 0 ? 'the prefixes make sense' : ''}${parts.length === 2 ? ', and ' : ''}` +
        `${records > 0 ? 'the record ends where its entries do' : ''}.`,
    ];
  };
  return [...note('with-identifiers'), ...note('without-identifiers')];
}
