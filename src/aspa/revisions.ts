import type { AsPath } from '../bgp/index.js';
import { AFI_IPV4, AFI_IPV6, type Afi, requireIterable, requireObject, sayValue } from '../inet/index.js';
import type { AspaPayload } from '../payload/index.js';
import { type AspaTable, type AspaTableOptions, createAspaTable } from './aspa-table.js';
import { type OldNeighbor, type Outcome06, verify06 } from './draft-06.js';
import { verify07 } from './draft-07.js';
import { verify11 } from './draft-11.js';
import { CURRENT_REVISION } from './draft-28.js';
import { fastVerifyAsPath } from './fast-verify.js';
import { chooseProcedure } from './procedure-choice.js';
import type { ProviderAuthorization } from './terms.js';
import { requireInput, type VerificationInput } from './verification-input.js';

/** Revisions of draft-ietf-sidrops-aspa-verification that can be compared. */
export type AspaRevision = '06' | '07' | '11' | typeof CURRENT_REVISION;

/** `unverifiable` is answered by 06 and 07 only. */
export type RevisionOutcome = Outcome06;

export type RevisionInput = VerificationInput & {
  /** Family of the route; 06, 07 and 11 look up by it. Default IPv4. No revision reads it where no record is limited. */
  readonly afi?: Afi;
};

/** A verdict and the revision it is by: results of other modes than the current one are labelled wherever they go. */
export interface RevisionVerdict {
  readonly revision: AspaRevision;
  readonly outcome: RevisionOutcome;
}

/** The tables that the revisions of the draft look into: -28 into one, -06 to -11 into one per address family. */
export interface RevisionTables {
  readonly union: AspaTable;
  readonly ipv4: AspaTable;
  readonly ipv6: AspaTable;
}

/**
 * Builds the tables of all revisions. Records without AFI limits apply to both families. In -06 to -11 a customer whose set
 * is empty answers "Unknown" (-06 §4 step 2), like one without entry, so an empty list makes no entry there.
 */
export function createRevisionTables(
  aspas: Iterable<AspaPayload>,
  options: AspaTableOptions = {},
): RevisionTables {
  requireIterable(aspas, 'aspas', 'a list of payloads {customer, providers}');
  const all = [...aspas];
  const union = createAspaTable(all, options);
  if (all.every((aspa) => aspa.providers.length > 0 && aspa.afiLimits === undefined)) {
    return { union, ipv4: union, ipv6: union };
  }
  return {
    union,
    ipv4: createAspaTable(limitToFamily(all, AFI_IPV4), options),
    ipv6: createAspaTable(limitToFamily(all, AFI_IPV6), options),
  };
}

function limitToFamily(aspas: readonly AspaPayload[], afi: Afi): AspaPayload[] {
  return aspas
    .map((aspa) => ({
      ...aspa,
      providers: aspa.providers.filter((asn) => (aspa.afiLimits?.get(asn) ?? afi) === afi),
    }))
    .filter((aspa) => aspa.providers.length > 0);
}

type Verify = (tables: RevisionTables, input: RevisionInput) => RevisionOutcome;

/** The table of revisions, oldest first: what each answers for a path. */
const REVISIONS: ReadonlyMap<AspaRevision, Verify> = new Map<AspaRevision, Verify>([
  ['06', byFamily(verify06)],
  ['07', byFamily(verify07)],
  ['11', byFamily(verify11)],
  [CURRENT_REVISION, (tables, input) => fastVerifyAsPath(tables.union, input)],
]);

/** Every revision, oldest first. */
export const ASPA_REVISIONS: readonly AspaRevision[] = [...REVISIONS.keys()];

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
  const verify = REVISIONS.get(revision);
  if (!verify) {
    throw new TypeError(`revision ${String(revision)} is not one of ${ASPA_REVISIONS.join(', ')}`);
  }
  return { revision, outcome: verify(tables, input) };
}

/** The old texts look into the table of the route's family, and know the neighbour by its role. */
function byFamily(
  verify: (table: ProviderAuthorization, asPath: AsPath, neighbor: OldNeighbor) => RevisionOutcome,
): Verify {
  return (tables, input) => {
    requireInput(tables.union, input);
    const { asPath, neighborAs, neighborRole, afi = AFI_IPV4 } = input;
    if (afi !== AFI_IPV4 && afi !== AFI_IPV6) throw new RangeError(`afi ${sayValue(afi)} is neither 1 nor 2`);
    const { procedure } = chooseProcedure(neighborRole, input.procedure);
    const table = afi === AFI_IPV4 ? tables.ipv4 : tables.ipv6;
    return verify(table, asPath, { neighborAs, neighborRole, procedure });
  };
}
