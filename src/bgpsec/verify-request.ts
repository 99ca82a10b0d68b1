import { BgpError, type Family, formatAsPath, type PeerKind, readFamilies } from '../bgp/index.js';
import { DecodeError, fromHex, toHex } from '../bytes/index.js';
import { type Asn, formatPrefix, parseAsn } from '../inet/index.js';
import { explainResult } from './explain.js';
import type { BgpsecVerdict } from './reasons.js';
import type { BgpsecResult, BlockResult } from './result.js';
import type { BgpsecSession, OwnConfederation } from './session.js';
import type { Verifier } from './validation-algorithm.js';
import { verifyUpdate } from './verify-update.js';

/** The answer to one request of a batch, ready for JSON. Octets are hexadecimal. */
export interface VerifyAnswer {
  readonly id?: unknown;
  readonly outcome: BgpsecVerdict | 'session-reset';
  /** Item of the list in RFC 8205 §5.2 that failed. */
  readonly check?: number;
  /** `ok`, or what decided. */
  readonly reason: string;
  readonly source: string;
  readonly detail?: string;
  readonly prefix?: string;
  /** As text, neighbour first: `65536 64496`, confederation segments in parentheses. */
  readonly asPath?: string;
  readonly blocks?: readonly BlockAnswer[];
  readonly notes?: readonly string[];
  /** With `explain`. */
  readonly explanation?: string;
}

/** One Signature_Block of an answer. */
export interface BlockAnswer {
  readonly suite: number;
  readonly state: BlockResult['state'];
  readonly verified: number;
  readonly signatures: readonly {
    readonly hop: number;
    readonly signerAs: Asn;
    readonly targetAs: Asn;
    readonly ski: string;
    readonly keyFound: boolean;
    readonly state: string;
    readonly reason?: string;
    /** With `explain`: the octets to be hashed and their digest. */
    readonly octets?: string;
    readonly digest?: string;
  }[];
}

/** What holds for all requests of a batch that do not say otherwise. */
export interface RequestDefaults {
  readonly attributeType?: 33 | 30;
  /** Evaluate every signature and put octets, digests and an explanation into the answers. */
  readonly explain?: boolean;
  /** Families whose routes come with Path Identifiers; default none. */
  readonly addPath?: readonly Family[];
}

/**
 * Answers one request of `pathsec bgpsec verify --batch`: `{"id"?, "message": hex, "localAs", "peerAs",
 * "confederation"?: {"id", "members": []}, "allowPcountZero"?, "ibgp"?, "extendedMessages"?, "attributeType"?,
 * "verifyMembers"?, "addPath"?: true or ["AFI/SAFI"]}`. A peer in `members` other than the own Member-AS is `confed-external`; without `ibgp` a peer of
 * the same AS is internal. A fault that resets the session is the outcome `session-reset`.
 * NON-SPEC: the batch contract.
 *
 * @throws {DecodeError} `request`, `request-member`, `asn-syntax`, `asn-range`, `family-syntax`, `hex-syntax`, `hex-length` for a
 * request that cannot be read, and `truncated`, `trailing-octets`, `message-kind` when `message` is not one UPDATE.
 */
export function answerRequest(
  request: unknown,
  verifier: Verifier,
  defaults: RequestDefaults = {},
): VerifyAnswer {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw new DecodeError('request', 'a request is a JSON object', { field: 'request' });
  }
  const members = request as Readonly<Record<string, unknown>>;
  const id = members.id === undefined ? {} : { id: members.id };
  if (typeof members.message !== 'string') throw badMember('message', 'hexadecimal text');
  const message = fromHex(members.message, 'message');
  const session = sessionOf(members, defaults);
  const explain = defaults.explain === true;
  try {
    const result = verifyUpdate(message, session, verifier, {
      exhaustive: explain,
      attributeType: attributeTypeOf(members) ?? defaults.attributeType ?? 33,
      extendedMessages: flag(members, 'extendedMessages') ?? true,
    });
    return { ...id, ...answerOf(result, explain) };
  } catch (error) {
    if (!(error instanceof BgpError) || error.treatment !== 'session-reset') throw error;
    return { ...id, outcome: 'session-reset', reason: error.code, source: 'RFC 7606', detail: error.message };
  }
}

function answerOf(result: BgpsecResult, explain: boolean): VerifyAnswer {
  const { verdict, check, reason, source, detail, prefix, asPath, blocks, notes } = result;
  return {
    outcome: verdict,
    ...(check !== undefined && { check }),
    reason,
    source,
    ...(detail !== undefined && { detail }),
    ...(prefix && { prefix: formatPrefix(prefix) }),
    ...(asPath && { asPath: formatAsPath(asPath) }),
    ...(blocks.length > 0 && { blocks: blocks.map((block) => blockAnswer(block, explain)) }),
    ...(notes.length > 0 && { notes }),
    ...(explain && { explanation: explainResult(result) }),
  };
}

function blockAnswer({ suite, state, verified, signatures }: BlockResult, explain: boolean): BlockAnswer {
  return {
    suite,
    state,
    verified,
    signatures: signatures.map(
      ({ hop, signerAs, targetAs, ski, keys, state: one, reason, octets, digest }) => ({
        hop,
        signerAs,
        targetAs,
        ski: toHex(ski),
        keyFound: keys > 0,
        state: one,
        ...(reason && { reason }),
        ...(explain && octets && digest && { octets: toHex(octets), digest: toHex(digest) }),
      }),
    ),
  };
}

function sessionOf(members: Readonly<Record<string, unknown>>, defaults: RequestDefaults): BgpsecSession {
  const localAs = asnMember(members.localAs, 'localAs');
  const peerAs = asnMember(members.peerAs, 'peerAs');
  const allowPcountZero = flag(members, 'allowPcountZero') ?? false;
  const inside = confederationOf(members, localAs);
  const addPath = members.addPath === undefined ? defaults.addPath : readFamilies(members.addPath, 'addPath');
  return {
    localAs,
    peerAs,
    kind: kindOf(flag(members, 'ibgp'), localAs, peerAs, inside?.members),
    allowPcountZero,
    ...(inside && { confederation: inside.confederation }),
    ...(addPath && { addPath }),
  };
}

function kindOf(
  ibgp: boolean | undefined,
  localAs: Asn,
  peerAs: Asn,
  members: readonly Asn[] = [],
): PeerKind {
  if (ibgp ?? localAs === peerAs) return 'internal';
  return members.includes(peerAs) ? 'confed-external' : 'external';
}

/** The own Member-AS is the one announced inside; towards external peers it plays no part. */
function confederationOf(
  members: Readonly<Record<string, unknown>>,
  localAs: Asn,
): { readonly confederation: OwnConfederation; readonly members: readonly Asn[] } | undefined {
  const value = members.confederation;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || !('id' in value)) throw badMember('confederation', 'an object with "id"');
  const list = 'members' in value ? value.members : [];
  if (!Array.isArray(list)) throw badMember('confederation.members', 'an array');
  const numbers = list.map((asn, i) => asnMember(asn, `confederation.members[${i}]`));
  const identifier = asnMember(value.id, 'confederation.id');
  const verifyMembers = flag(members, 'verifyMembers') ?? true;
  const memberAs = localAs === identifier ? (numbers[0] ?? localAs) : localAs;
  return { confederation: { identifier, memberAs, verifyMembers }, members: numbers };
}

function attributeTypeOf({ attributeType }: Readonly<Record<string, unknown>>): 33 | 30 | undefined {
  if (attributeType === undefined || attributeType === 33 || attributeType === 30) return attributeType;
  throw badMember('attributeType', '33 or 30');
}

function asnMember(value: unknown, field: string): Asn {
  const asn = parseAsn(value, field);
  if (asn === 0) throw new DecodeError('asn-range', 'AS 0 cannot stand in an OPEN', { field });
  return asn;
}

function flag(members: Readonly<Record<string, unknown>>, name: string): boolean | undefined {
  const value = members[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw badMember(name, 'true or false');
}

function badMember(field: string, wanted: string): DecodeError {
  return new DecodeError('request-member', `must be ${wanted}`, { field });
}
