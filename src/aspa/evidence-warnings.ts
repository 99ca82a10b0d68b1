import { AS_TRANS, distinctAsns } from '../inet/index.js';
import type { AspaTable, TableNoteCode } from './aspa-table.js';
import type { Halt } from './draft-28.js';
import type { EvidenceWarning } from './evidence.js';
import type { ProcedureChoice } from './procedure-choice.js';
import type { VerificationInput } from './verification-input.js';

const NOTE_MESSAGES: Readonly<Record<TableNoteCode, string>> = {
  'customer-zero': 'an ASPA of AS0 was refused',
  'over-limit': 'its ASPAs list too many providers and were dropped',
  'as0-mixed': 'its ASPAs list AS 0 beside providers; AS 0 was dropped',
  'self-provider': 'its ASPA lists the AS itself as provider; that provider was dropped',
  'empty-provider-list': 'an ASPA with an empty provider list, which is no valid payload, was taken',
};

/**
 * What a reader of the verdict should know beside it (docs/decisions/aspa.md D-aspa-warnings, D-aspa-as0). NON-SPEC.
 */
export function warningsOf(
  table: AspaTable,
  input: VerificationInput,
  choice: ProcedureChoice,
  halt: Halt,
): EvidenceWarning[] {
  const warnings: EvidenceWarning[] = [];
  if (halt.neighborCheck === 'skipped' && halt.step !== 1) {
    const message =
      input.neighborAs === undefined
        ? 'the neighbour AS is not known: step 2 was not run'
        : 'no AS_SEQUENCE leads the path: step 2 has nothing to compare';
    warnings.push({ code: 'neighbor-check-skipped', message });
  }
  if (choice.reason === 'complex-fallback') {
    const message = 'complex neighbour: the downstream procedure was applied, which may miss leaks';
    warnings.push({ code: 'complex-fallback', message });
  }
  const onPath = distinctAsns(input.asPath.flatMap((segment) => segment.asns));
  if (onPath.includes(0)) {
    warnings.push({ code: 'as-0-in-path', message: 'AS 0 in the path is malformed (RFC 7607)', asn: 0 });
  }
  if (onPath.includes(AS_TRANS)) {
    const message = 'AS_TRANS in the path: it was not fully reconstructed (RFC 6793)';
    warnings.push({ code: 'as-trans-in-path', message, asn: AS_TRANS });
  }
  for (const asn of onPath) {
    for (const note of table.notesOf(asn)) {
      warnings.push({ code: 'table-note', message: `AS${asn}: ${NOTE_MESSAGES[note.code]}`, asn });
    }
  }
  return warnings;
}
