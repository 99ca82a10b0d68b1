import { BgpError, formatAsPath } from '../bgp/index.js';
import { toHex } from '../bytes/index.js';
import { type Asn, formatPrefix } from '../inet/index.js';
import { explainResult } from './explain.js';
import type { BgpsecVerdict } from './reasons.js';
import type { BgpsecResult, BlockResult } from './result.js';
import type { BgpsecSession } from './session.js';
import type { Verifier } from './validation-algorithm.js';
import { verifyUpdate } from './verify-update.js';

/** The answer to one question, ready for JSON. Octets are hexadecimal. */
export interface UpdateAnswer {
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

/** One BGP message, and what is known of the session on which it arrived. */
export interface ReceivedMessage {
  /** A whole UPDATE, header included. */
  readonly message: Uint8Array;
  readonly session: BgpsecSession;
  /** 30 also takes attribute 30 for BGPsec_PATH (docs/decisions/bgpsec.md D-bgpsec-type-30); default 33. */
  readonly attributeType?: 33 | 30;
  /** Whether this side announced Extended Messages (RFC 8654); default true. */
  readonly extendedMessages?: boolean;
}

/**
 * The answer to one question of `pathsec bgpsec verify --batch`, which `readUpdateQuestion` of `pathsec/questions` reads.
 * A fault that resets the session is the outcome `session-reset`. NON-SPEC: the batch contract.
 *
 * @param explain evaluates every signature and puts octets, digests and an explanation into the answer.
 * @throws {DecodeError} `truncated`, `trailing-octets`, `message-kind` when `message` is not one UPDATE; as `verifyUpdate`
 * for a session that makes no sense.
 */
export function answerUpdate(
  { message, session, attributeType = 33, extendedMessages = true }: ReceivedMessage,
  verifier: Verifier,
  explain = false,
): UpdateAnswer {
  try {
    const options = { exhaustive: explain, attributeType, extendedMessages };
    return answerOf(verifyUpdate(message, session, verifier, options), explain);
  } catch (error) {
    if (!(error instanceof BgpError) || error.treatment !== 'session-reset') throw error;
    return { outcome: 'session-reset', reason: error.code, source: 'RFC 7606', detail: error.message };
  }
}

function answerOf(result: BgpsecResult, explain: boolean): UpdateAnswer {
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
