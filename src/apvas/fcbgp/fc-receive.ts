import {
  type AsPath,
  BgpError,
  decodeUpdate,
  FLAG_OPTIONAL,
  FLAG_TRANSITIVE,
  type PathAttribute,
  reconstructAsPath,
  type SessionOptions,
  type Update,
} from '../../bgp/index.js';
import type { Asn, Prefix } from '../../inet/index.js';
import { ATTR_FC_PATH, decodeFcPath, type FcPath, requireType } from './attr-255-fc-path.js';
import { requireFcSession, requireFcVerifier } from './fc-arguments.js';
import type { FcResult } from './fc-result.js';
import type { FcSession, FcVerifier } from './fc-route.js';
import { verifyFcRoute, without } from './fc-verify.js';

/** How {@link verifyFcUpdate} reads a message. */
export interface FcReading extends Pick<SessionOptions, 'asnSize' | 'addPath' | 'extendedMessages'> {
  /** NON-SPEC: the type code that the laboratory agreed on. Default {@link ATTR_FC_PATH}. */
  readonly attributeType?: number;
}

const BOTH = FLAG_OPTIONAL | FLAG_TRANSITIVE;

/**
 * Receives one UPDATE: `message` is the whole BGP message, header included, or what `decodeUpdate` made of it. Beside a
 * BGPsec_PATH its Secure_Path stands for the AS_PATH (draft-wang-sidrops-fcbgp-protocol §6.11;
 * docs/decisions/fcbgp.md D-fcbgp-beside-bgpsec). NON-STANDARD.
 *
 * @throws {BgpError} for an error that resets the session; {@link DecodeError} for what is no UPDATE;
 * {@link TypeError} and {@link RangeError} for what is no session, verifier or type code.
 */
export function verifyFcUpdate(
  message: Uint8Array | Update,
  session: FcSession,
  verifier: FcVerifier,
  { attributeType = ATTR_FC_PATH, ...reading }: FcReading = {},
): FcResult {
  requireFcSession(session);
  requireFcVerifier(verifier);
  requireType(attributeType);
  const peer = session.kind;
  const update =
    message instanceof Uint8Array
      ? decodeUpdate(message, { ...reading, peer, bgpsecReceived: true })
      : message;
  const fault = update.faults.find(({ treatment }) => treatment !== 'attribute-discard');
  if (fault !== undefined) {
    const detail = `${fault.field} at offset ${fault.offset}: ${fault.message}`;
    return { ...without('treat-as-withdraw', fault.code), detail };
  }
  const { bgpsecPath, mpReach } = update.values;
  const asPath = bgpsecPath === undefined ? update.asPath : reconstructAsPath(bgpsecPath.segments);
  const attribute = update.message.attributes.find(({ code }) => code === attributeType);
  if (attribute === undefined) return withoutPath(asPath, verifier);
  // RFC 7606 §3 c. Partial and Extended Length are not judged (docs/decisions/fcbgp.md D-fcbgp-codes).
  if ((attribute.flags & BOTH) !== BOTH) return without('treat-as-withdraw', 'fc-path-flags');
  if (asPath === undefined) return without('treat-as-withdraw', 'as-path-missing');
  // One prefix (§4.1), in the NLRI field or in MP_REACH_NLRI.
  const nlri = [...update.nlri, ...(mpReach?.nlri ?? [])];
  const prefix: Prefix | undefined = nlri[0]?.prefix;
  if (prefix === undefined || nlri.length !== 1) return without('treat-as-withdraw', 'nlri-count');
  const path = pathOf(attribute);
  return 'verdict' in path ? path : verifyFcRoute({ asPath, prefix, path }, session, verifier);
}

/** Check 1 of §5.2.1. */
function pathOf({ value }: PathAttribute): FcPath | FcResult {
  try {
    return decodeFcPath(value);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    const { field, offset, message } = error.fault;
    const detail = `${field} at offset ${offset} of the value: ${message}`;
    return { ...without('treat-as-withdraw', error.fault.code), detail };
  }
}

/**
 * No FC path attribute: taken out by somebody if the origin takes part (§5.2), otherwise an ordinary UPDATE, to which
 * nobody on the way adds segments (§4.2; docs/decisions/fcbgp.md D-fcbgp-removed).
 */
function withoutPath(asPath: AsPath | undefined, { keys }: FcVerifier): FcResult {
  const origin: Asn | undefined = asPath?.at(-1)?.asns.at(-1);
  const removed = origin !== undefined && keys.takesPart(origin);
  return removed ? without('treat-as-withdraw', 'fc-path-removed') : without('unsigned', 'no-fc-path');
}
