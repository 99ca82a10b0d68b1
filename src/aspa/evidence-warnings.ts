import type { AsPath } from '../bgp/index.js';
import { AS_TRANS, type Asn, distinctAsns } from '../inet/index.js';
import type { AspaTable, TableNoteCode } from './aspa-table.js';
import type { Halt } from './draft-28.js';
import type { EvidenceWarning } from './evidence.js';
import type { ProcedureChoice } from './procedure-choice.js';
import { requireAsPath, type VerificationInput } from './verification-input.js';

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
  warnings.push(...pathWarnings(input.asPath));
  for (const asn of distinctAsns(input.asPath.flatMap((segment) => segment.asns))) {
    for (const note of table.notesOf(asn)) {
      warnings.push({ code: 'table-note', message: `AS${asn}: ${NOTE_MESSAGES[note.code]}`, asn });
    }
  }
  return warnings;
}

const AS_0: EvidenceWarning = {
  code: 'as-0-in-path',
  message: 'AS 0 in the path is malformed (RFC 7607)',
  asn: 0,
};
const TRANS: EvidenceWarning = {
  code: 'as-trans-in-path',
  message: 'AS_TRANS in the path: it was not fully reconstructed (RFC 6793)',
  asn: AS_TRANS,
};

/**
 * The warnings that a path brings by itself, of ASNs that do not belong into one; no verdict depends on them
 * (docs/decisions/aspa.md D-aspa-as0). NON-SPEC.
 *
 * @throws {TypeError} and {@link RangeError} for what is no AS_PATH.
 */
export function pathWarnings(asPath: AsPath): EvidenceWarning[] {
  requireAsPath(asPath);
  return [AS_0, TRANS].filter(({ asn }) => asPath.some(({ asns }) => asns.includes(asn as Asn)));
}
