import { AFI_IPV4, AFI_IPV6, type Afi, requireObject, sayValue } from '../inet/index.js';
import { requireInput } from './check-input.js';
import { fastVerifyAsPath } from './fast-verify-as-path.js';
import { chooseProcedure } from './procedure-choice.js';
import { type Outcome06, verify06, verify07 } from './revision-06.js';
import { verify11 } from './revision-11.js';
import type { RevisionTables } from './revision-tables.js';
import type { VerificationInput } from './verification-input.js';

/** Revisions of draft-ietf-sidrops-aspa-verification that can be compared; 28 is the one this package implements. */
export type AspaRevision = '06' | '07' | '11' | '28';

/** Every revision, oldest first. */
export const ASPA_REVISIONS: readonly AspaRevision[] = ['06', '07', '11', '28'];

/** `unverifiable` is answered by 06 and 07 only. */
export type RevisionOutcome = Outcome06;

export type RevisionInput = VerificationInput & {
  /** Family of the route; 06, 07 and 11 look up by it. Default IPv4. No revision reads it where no record is limited. */
  readonly afi?: Afi;
};

/** A verdict and the revision it is by: results of other modes than 28 are labelled wherever they go. */
export interface RevisionVerdict {
  readonly revision: AspaRevision;
  readonly outcome: RevisionOutcome;
}

/**
 * The verdict of one path "per the draft" of the given revision; what the old texts leave open is in
 * docs/decisions/aspa.md D-aspa-old-revisions.
 *
 * @throws {TypeError} as `verifyAsPath`, or for a revision that is not one of `ASPA_REVISIONS`.
 */
export function verifyByRevision(
  tables: RevisionTables,
  revision: AspaRevision,
  input: RevisionInput,
): RevisionVerdict {
  requireObject(tables, 'tables', 'what createRevisionTables made');
  if (revision === '28') return { revision, outcome: fastVerifyAsPath(tables.union, input) };
  requireInput(tables.union, input);
  const { asPath, neighborAs, neighborRole, afi = AFI_IPV4 } = input;
  if (afi !== AFI_IPV4 && afi !== AFI_IPV6) throw new RangeError(`afi ${sayValue(afi)} is neither 1 nor 2`);
  const table = afi === AFI_IPV4 ? tables.ipv4 : tables.ipv6;
  const { procedure } = chooseProcedure(neighborRole, input.procedure);
  const neighbor = { neighborAs, neighborRole, procedure };
  switch (revision) {
    case '06':
      return { revision, outcome: verify06(table, asPath, neighbor) };
    case '07':
      return { revision, outcome: verify07(table, asPath, neighbor) };
    case '11':
      return { revision, outcome: verify11(table, asPath, neighbor) };
    default:
      throw new TypeError(`revision ${String(revision)} is not one of ${ASPA_REVISIONS.join(', ')}`);
  }
}
