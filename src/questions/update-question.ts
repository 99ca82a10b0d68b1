import { type PeerKind, readFamilies } from '../bgp/index.js';
import type { BgpsecSession, OwnConfederation, ReceivedMessage } from '../bgpsec/index.js';
import { DecodeError } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';
import { SESSION_MEMBERS } from './members.js';
import {
  badMember,
  isPresent,
  member,
  optional,
  type Place,
  readAfi,
  readAsn,
  readFields,
  readFlag,
  readList,
  readNumber,
  readOctets,
  readOneOf,
} from './place.js';
import { openQuestion, type QuestionPlace } from './question.js';

const KINDS: readonly PeerKind[] = ['external', 'confed-external', 'internal'];

/**
 * Reads a question about a signed UPDATE: `message`, and the session it came over, whose members stand beside it or in
 * `session`. NON-SPEC: the question contract (docs/cli.md).
 *
 * @throws {DecodeError} as `openQuestion`; `request-member`, `member-twice`, and the codes of octets, ASNs and families.
 */
export function readUpdateQuestion(value: unknown, place?: QuestionPlace): ReceivedMessage {
  const { at } = openQuestion(value, 'bgpsec', place);
  const message = readOctets(at('message'));
  const attributeType = optional(at('attributeType'), readAttributeType, undefined);
  const extendedMessages = optional(at('extendedMessages'), readFlag, undefined);
  const session = at('session');
  if (isPresent(session)) {
    const twice = SESSION_MEMBERS.map(at).find(isPresent);
    if (twice !== undefined) {
      throw new DecodeError('member-twice', 'there is a member session, which has it', { field: twice.path });
    }
  }
  return {
    message,
    session: isPresent(session) ? readSession(session) : sessionOf(at),
    ...(attributeType !== undefined && { attributeType }),
    ...(extendedMessages !== undefined && { extendedMessages }),
  };
}

/** The type code of BGPsec_PATH: 33, or 30 as RFC 8608 prints it. @throws {DecodeError} `request-member`. */
export function readAttributeType({ path, value }: Place): 33 | 30 {
  if (value === 33 || value === 30) return value;
  throw badMember(path, '33 or 30');
}

/** The session of a member of its own. @throws {DecodeError} as {@link readUpdateQuestion}. */
export function readSession(place: Place): BgpsecSession {
  const fields = readFields(place, SESSION_MEMBERS);
  return sessionOf((name) => member(fields, name, place.path));
}

/** docs/decisions/bgpsec.md D-batch-session */
function sessionOf(at: (name: (typeof SESSION_MEMBERS)[number]) => Place): BgpsecSession {
  const localAs = readAsn(at('localAs'));
  const peerAs = readAsn(at('peerAs'));
  const { confederation, members } = confederationOf(at('confederation'), at('verifyMembers'), localAs);
  const kind = optional(at('kind'), (one) => readOneOf(one, KINDS), undefined);
  const ibgp = optional(at('ibgp'), readFlag, undefined);
  if (kind !== undefined && ibgp !== undefined) {
    throw new DecodeError('member-twice', 'kind says it too; give one of them', { field: at('ibgp').path });
  }
  if (kind === 'confed-external' && confederation === undefined) {
    throw badMember(at('confederation').path, 'there for a confed-external peer');
  }
  const optionalList = <T>(place: Place, read: (one: Place) => T): readonly T[] | undefined =>
    isPresent(place) ? readList(place, read) : undefined;
  const ownAses = optionalList(at('ownAses'), readAsn);
  const negotiated = optionalList(at('negotiated'), readAfi);
  const safis = optionalList(at('safis'), (safi) => readNumber(safi, 1, 255));
  const addPath = optional(at('addPath'), ({ path, value }) => readFamilies(value, path), undefined);
  return {
    localAs,
    peerAs,
    kind: kind ?? kindOf(ibgp, localAs, peerAs, members),
    allowPcountZero: optional(at('allowPcountZero'), readFlag, false),
    ...(confederation && { confederation }),
    ...(ownAses && { ownAses }),
    ...(negotiated && { negotiated }),
    ...(safis && { safis }),
    ...(addPath && { addPath }),
  };
}

function kindOf(ibgp: boolean | undefined, localAs: Asn, peerAs: Asn, members: readonly Asn[]): PeerKind {
  if (ibgp ?? localAs === peerAs) return 'internal';
  return members.includes(peerAs) ? 'confed-external' : 'external';
}

/**
 * `{"id", "members"}`, or the kit's `{"identifier", "memberAs", "verifyMembers"}`. Without `memberAs` the own Member-AS is
 * the one announced inside; towards external peers it plays no part.
 */
function confederationOf(
  place: Place,
  verify: Place,
  localAs: Asn,
): { readonly confederation?: OwnConfederation; readonly members: readonly Asn[] } {
  const outside = optional(verify, readFlag, undefined);
  if (!isPresent(place)) return { members: [] };
  const fields = readFields(place, ['id', 'identifier', 'members', 'memberAs', 'verifyMembers']);
  const at = (name: string): Place => member(fields, name, place.path);
  const twice = (one: string, other: string): DecodeError =>
    new DecodeError('member-twice', `the same member as ${other}; give one of them`, { field: one });
  if (isPresent(at('id')) && isPresent(at('identifier'))) throw twice(at('identifier').path, 'id');
  const inside = optional(at('verifyMembers'), readFlag, undefined);
  if (inside !== undefined && outside !== undefined) throw twice(verify.path, at('verifyMembers').path);
  const identifier = readAsn(isPresent(at('identifier')) ? at('identifier') : at('id'));
  const members = optional(at('members'), (list) => readList(list, readAsn), []);
  const announced = localAs === identifier ? (members[0] ?? localAs) : localAs;
  const memberAs = optional(at('memberAs'), readAsn, announced);
  return {
    confederation: { identifier, memberAs, verifyMembers: inside ?? outside ?? true },
    members,
  };
}
