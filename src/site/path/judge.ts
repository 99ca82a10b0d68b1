import {
  type AspaRevision,
  type AspaTable,
  CURRENT_REVISION,
  chooseProcedure,
  compressAsPath,
  createAspaTable,
  type Evidence,
  mostRecentlyAddedAs,
  type NeighborRole,
  type Procedure,
  type VerificationInput,
  verifyAsPath,
} from '../../aspa/index.js';
import { AS_SEQUENCE, type AsPath } from '../../bgp/index.js';
import { type Asn, distinctAsns, type Prefix } from '../../inet/index.js';
import type { AspaPayload } from '../../payload/index.js';
import { literalOrigin, type OriginEvidence, originAs } from '../../rov/index.js';
import type { Entries } from './entries.js';

/** What is asked about one path. */
export interface Question {
  readonly asPath: AsPath;
  readonly role?: NeighborRole | undefined;
  readonly neighborAs?: Asn | undefined;
  readonly prefix?: Prefix | undefined;
  readonly revision?: AspaRevision | undefined;
}

/** A question as the verifier was asked it: for repairs, which come after the first view. */
export interface Asked {
  readonly table: AspaTable;
  readonly input: VerificationInput;
}

/** The same for an older revision of the draft, which comes after the first view too. */
export interface AskedOlder {
  readonly revision: AspaRevision;
  readonly aspas: readonly AspaPayload[];
  readonly input: VerificationInput;
  readonly prefix: Prefix | undefined;
}

/** What the verifiers say of it. */
export interface Judgement {
  /** One, or both where the role of the neighbour is not known: downstream first, because it accuses less. */
  readonly verdicts: readonly { readonly procedure: Procedure; readonly evidence: Evidence }[];
  /** Of the first verdict. */
  readonly asked: Asked;
  /** Where an older revision of the draft was asked for. */
  readonly older?: AskedOlder;
  readonly origin?: {
    readonly asn: Asn | undefined;
    readonly prefix: Prefix;
    readonly evidence: OriginEvidence;
  };
}

/** Puts the question to the verifiers of the library. */
export function judge(question: Question, { aspas, vrps }: Entries): Judgement {
  const { asPath, prefix, revision = CURRENT_REVISION, role } = question;
  const table = createAspaTable(aspas);
  const procedures: readonly (Procedure | undefined)[] =
    role === undefined ? ['downstream', 'upstream'] : [undefined];
  const inputs = procedures.map((procedure) => inputOf(question, procedure));
  const verdicts = inputs.map((input) => ({
    procedure: chooseProcedure(input.neighborRole, input.procedure).procedure,
    evidence: verifyAsPath(table, input),
  }));
  const [first] = inputs;
  if (first === undefined) throw new TypeError('a question has a procedure');
  const asn = originAs(asPath);
  return {
    verdicts,
    asked: { table, input: first },
    ...(revision !== CURRENT_REVISION && { older: { revision, aspas, input: first, prefix } }),
    ...(prefix !== undefined && {
      origin: { asn, prefix, evidence: literalOrigin(vrps, prefix, asn) },
    }),
  };
}

function inputOf(
  { asPath, neighborAs, role }: Question,
  procedure: Procedure | undefined,
): VerificationInput {
  const neighbor = { asPath, neighborAs: neighborAs ?? mostRecentlyAddedAs(asPath) };
  return role === undefined
    ? { ...neighbor, procedure: procedure ?? 'downstream' }
    : { ...neighbor, neighborRole: role };
}

/** The ASes of a path, once each. */
export function asesOf(asPath: AsPath): Asn[] {
  return distinctAsns(asPath.flatMap(({ asns }) => asns));
}

/** What counts of a path: `6 ASes; 64501 stands 3 times and counts once`. */
export function countText(asPath: AsPath): string {
  const all = asPath.flatMap(({ asns }) => asns);
  if (all.length === 0) return 'no AS yet';
  const count = compressAsPath(asPath).length;
  const ases = `${count} ${count === 1 ? 'AS' : 'ASes'}`;
  if (asPath.some(({ type }) => type !== AS_SEQUENCE))
    return `${ases}, with a segment that is no AS_SEQUENCE`;
  const repeated = new Map<Asn, number>();
  for (const [i, asn] of all.entries())
    if (all[i - 1] === asn) repeated.set(asn, (repeated.get(asn) ?? 1) + 1);
  const said = [...repeated]
    .slice(0, 3)
    .map(([asn, times]) => `${asn} stands ${times} times and counts once`);
  return [ases, ...said].join('; ');
}
