import {
  type EgressInput,
  type EgressMode,
  egressProcedureOfRole,
  type NeighborRole,
  type Procedure,
  procedureOfRole,
  type VerificationInput,
} from '../aspa/index.js';
import type { AsPath } from '../bgp/index.js';
import { DecodeError, proposal } from '../bytes/index.js';
import { AFI_IPV4, AFI_IPV6, type Afi, type Asn, type Prefix } from '../inet/index.js';
import type { QuestionMemberName } from './members.js';
import { readPath } from './path.js';
import { isPresent, optional, type Place, readAnyAsn, readOneOf, readPrefix } from './place.js';
import { openQuestion, type Question, type QuestionPlace } from './question.js';

/** The roles that a neighbour can have (draft-28 §6.3); `complex` takes the procedure of `direction`. */
export const NEIGHBOR_ROLES: readonly NeighborRole[] = [
  'provider',
  'customer',
  'peer',
  'rs',
  'rs-client',
  'complex',
];

/** The two procedures (draft-28 §5.5, §5.6). */
export const PROCEDURES: readonly Procedure[] = ['upstream', 'downstream'];

const FAMILIES: Readonly<Record<string, Afi>> = { 'ipv4-unicast': AFI_IPV4, 'ipv6-unicast': AFI_IPV6 };

/** A path to verify: what `verifyAsPath` and `verifyByRevision` of `pathsec/aspa` take. */
export type PathQuestion = VerificationInput & {
  /** Of `prefix` or `family`; revision 28 does not look at it (draft-28 §7.1). */
  readonly afi?: Afi;
};

/** A route whose origin is validated (RFC 6811 §2). */
export interface OriginQuestion {
  readonly prefix: Prefix;
  /** `undefined` is NONE. */
  readonly origin: Asn | undefined;
}

/**
 * Reads a question about a path: `path`, `neighborRole` or `direction`, `neighborAs`, and of what else describes a route
 * the family. NON-SPEC: the question contract (docs/cli.md).
 *
 * @throws {DecodeError} as {@link openQuestion}; `path-missing`, `direction-missing`, `direction-unknown`,
 * `neighbor-role-unknown`, `direction-conflict`, `family-conflict`, and the codes of paths, ASNs and prefixes.
 */
export function readPathQuestion(value: unknown, place?: QuestionPlace): PathQuestion {
  const question = openQuestion(value, 'aspa', place);
  const fieldOf = (name: QuestionMemberName) => ({ field: question.at(name).path });
  const { asPath, neighborAs, neighborRole, procedure, afi } = readRoute(question);
  if (asPath === undefined) throw new DecodeError('path-missing', 'no member path', fieldOf('path'));
  const family = afi === undefined ? undefined : { afi };
  // docs/decisions/cli.md D-cli-batch-direction: there is no default role.
  if (neighborRole !== undefined) return { asPath, neighborAs, neighborRole, procedure, ...family };
  if (procedure !== undefined) return { asPath, neighborAs, procedure, ...family };
  throw new DecodeError('direction-missing', 'this or direction is needed', fieldOf('neighborRole'));
}

/**
 * Reads a question about a path that is about to be sent: `path` as it would be sent, `neighborRole` and `neighborAs` of the
 * receiver, `ownAs`, `direction` in place of a role or for a complex receiver. NON-SPEC: the question contract (docs/cli.md).
 *
 * @throws {DecodeError} as {@link readPathQuestion}; in the augmented mode `receiver-missing` where the receiver's AS or role
 * is needed.
 */
export function readEgressQuestion(value: unknown, mode: EgressMode, place?: QuestionPlace): EgressInput {
  const question = openQuestion(value, 'aspa', place);
  const fieldOf = (name: QuestionMemberName) => ({ field: question.at(name).path });
  const { asPath, neighborAs, neighborRole, procedure, ownAs } = readRoute(question, egressProcedureOfRole);
  if (asPath === undefined) throw new DecodeError('path-missing', 'no member path', fieldOf('path'));
  if (neighborRole === undefined && procedure === undefined) {
    throw new DecodeError('direction-missing', 'this or direction is needed', fieldOf('neighborRole'));
  }
  if (mode === 'augmented') {
    const receiver = 'the augmented verification needs this, of the receiver';
    if (neighborRole === undefined) {
      throw new DecodeError('receiver-missing', receiver, fieldOf('neighborRole'));
    }
    const isPutInFront = neighborRole === 'provider' || neighborRole === 'customer';
    if (isPutInFront && neighborAs === undefined) {
      throw new DecodeError('receiver-missing', receiver, fieldOf('neighborAs'));
    }
  }
  return { asPath, neighborAs, neighborRole, localAs: ownAs, procedure, mode };
}

/**
 * Reads a question about an origin: `prefix`, and `origin` (null is NONE) or `path`, whose origin `originOf` finds.
 * NON-SPEC: the question contract (docs/cli.md).
 *
 * @param originOf the origin of a path, with `ownAs` where the question has it: `originAs` of `pathsec/rov`.
 * @throws {DecodeError} as {@link openQuestion}; `prefix-missing`, `origin-missing`, `origin-conflict`, and the codes of
 * {@link readPathQuestion} for members that are there.
 */
export function readOriginQuestion(
  value: unknown,
  originOf: (asPath: AsPath, ownAs?: Asn) => Asn | undefined,
  place?: QuestionPlace,
): OriginQuestion {
  const question = openQuestion(value, 'rov', place);
  const { asPath, ownAs } = readRoute(question);
  const stated = question.at('origin');
  const at = question.at('prefix');
  if (!isPresent(at)) throw new DecodeError('prefix-missing', 'no member prefix', { field: at.path });
  const prefix = readPrefix(at);
  const origin = optional(stated, readAnyAsn, undefined);
  if (asPath === undefined) {
    if (stated.value === undefined) {
      throw new DecodeError('origin-missing', 'this (null for NONE) or path is needed', {
        field: stated.path,
      });
    }
    return { prefix, origin };
  }
  const found = originOf(asPath, ownAs);
  if (stated.value !== undefined && origin !== found) {
    throw new DecodeError('origin-conflict', `the path has the origin ${found ?? 'NONE'}`, {
      field: stated.path,
    });
  }
  return { prefix, origin: found };
}

/** What describes a route, each member read where it is given; RFC 4271, draft-28 §5.1. */
interface Route {
  readonly asPath: AsPath | undefined;
  readonly neighborAs: Asn | undefined;
  readonly neighborRole: NeighborRole | undefined;
  readonly procedure: Procedure | undefined;
  readonly afi: Afi | undefined;
  readonly ownAs: Asn | undefined;
}

/**
 * Also a member that decides nothing in this question is read: a fault in it is a fault of the question.
 *
 * @param ofRole the procedure that a role means, for a direction beside it.
 */
function readRoute(
  { at }: Question,
  ofRole: (role: NeighborRole) => Procedure | undefined = procedureOfRole,
): Route {
  const path = at('path');
  const neighborAs = at('neighborAs');
  const role = readWord(
    at('neighborRole'),
    NEIGHBOR_ROLES,
    (message, field) => new DecodeError('neighbor-role-unknown', message, { field }),
  );
  const procedure = readWord(
    at('direction'),
    PROCEDURES,
    (message, field) => new DecodeError('direction-unknown', message, { field }),
  );
  const judged = role && ofRole(role);
  if (procedure && judged && procedure !== judged) {
    throw new DecodeError('direction-conflict', `a ${role} is judged ${judged}`, {
      field: at('direction').path,
    });
  }
  optional(at('origin'), readAnyAsn, undefined);
  const ownAs = optional(at('ownAs'), readAnyAsn, undefined);
  const afi = familyOf(at('prefix'), at('family'));
  return {
    asPath: path.value === undefined ? undefined : readPath(path),
    neighborAs: optional(neighborAs, readAnyAsn, undefined),
    neighborRole: role,
    procedure,
    afi,
    ownAs,
  };
}

/** docs/decisions/cli.md D-question-family */
function familyOf(prefix: Place, family: Place): Afi | undefined {
  const ofPrefix = isPresent(prefix) ? readPrefix(prefix).afi : undefined;
  if (!isPresent(family)) return ofPrefix;
  const named = FAMILIES[readOneOf(family, Object.keys(FAMILIES))];
  if (ofPrefix !== undefined && ofPrefix !== named) {
    throw new DecodeError('family-conflict', 'the prefix is of the other family', { field: family.path });
  }
  return named;
}

function readWord<T extends string>(
  { path, value }: Place,
  words: readonly T[],
  fault: (message: string, field: string) => DecodeError,
): T | undefined {
  if (value === undefined || value === null) return undefined;
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw fault(`must be ${words.join(', ')}${proposal(value, words)}`, path);
}
