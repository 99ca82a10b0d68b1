import {
  type AsPath,
  ATTR_AS_PATH,
  ATTR_BGPSEC_PATH,
  type Fault,
  FLAG_PARTIAL,
  type MpReach,
  type Update,
} from '../bgp/index.js';
import { AFI_IPV4, AFI_IPV6, requireObject, SAFI_UNICAST } from '../inet/index.js';
import { reconstructAsPath } from './as-path-reconstruction.js';
import { requireMessage } from './check-arguments.js';
import { checkSecurePath, notesOnPath } from './path-checks.js';
import { type BgpsecNote, type BgpsecReason, originOf, type UnsignedReason } from './reasons.js';
import type { BgpsecResult } from './result.js';
import type { BgpsecSession } from './session.js';
import type { SignedRoute } from './validation-algorithm.js';

/** What precedes cryptography: a final result, or a signed route that passed every check. */
export type Reception =
  | { readonly result: BgpsecResult; readonly route?: undefined }
  | { readonly result?: undefined; readonly route: SignedRoute };

/**
 * Applies to a decoded UPDATE everything that RFC 8205 asks before the signatures are looked at: the errors the decoder
 * found (RFC 7606 §3 h; items 1 and 3 of §5.2 among them), the presence of the two path attributes, the one prefix in
 * MP_REACH_NLRI (§4.1), and the other items of §5.2. The first failure, in this order, names the reason
 * (docs/decisions/bgpsec.md D-bgpsec-check-order).
 */
export function receiveUpdate(update: Update, session: BgpsecSession): Reception {
  requireMessage(update);
  requireObject(session, 'the session', '{localAs, peerAs, kind}');
  const { values, message, faults } = update;
  const hasAsPath = message.attributes.some(({ code }) => code === ATTR_AS_PATH);
  // With a BGPsec_PATH the checks on AS_PATH do not apply (§5.2); its mere presence is item 4.
  const signed =
    values.bgpsecPath !== undefined || faults.some(({ attribute }) => attribute === ATTR_BGPSEC_PATH);
  const fault = faults.find(
    ({ treatment, attribute }) =>
      treatment !== 'attribute-discard' && !(signed && attribute === ATTR_AS_PATH),
  );
  if (fault !== undefined) return { result: malformed(fault) };
  const path = values.bgpsecPath;
  if (path === undefined) return { result: withoutBgpsecPath(update, hasAsPath, session) };

  const reach = values.mpReach;
  const reason = checkReach(reach, update.nlri.length, session) ?? checkSecurePath(path, hasAsPath, session);
  const prefix = reach?.nlri?.[0]?.prefix;
  if (reason !== undefined || reach === undefined || prefix === undefined) {
    return { result: withdrawn(reason ?? 'nlri-count') };
  }
  return { route: { path, session, announced: { prefix, safi: reach.safi } } };
}

/** Neither a BGPsec_PATH nor a fault: the presence table of RFC 8205 §2.2, §4.1, §4.4. */
function withoutBgpsecPath(update: Update, hasAsPath: boolean, session: BgpsecSession): BgpsecResult {
  const prefix = update.values.mpReach?.nlri?.[0]?.prefix ?? update.nlri[0]?.prefix;
  const internalOrigin = !hasAsPath && session.kind === 'internal' && prefix !== undefined;
  return unsigned(internalOrigin ? 'internal-origin' : 'no-bgpsec-path', {
    ...(prefix && { prefix }),
    asPath: update.asPath ?? [],
  });
}

/**
 * Negotiation (§2.2), and exactly one prefix of a usable family, in MP_REACH_NLRI (§4.1); all are treated as withdrawn
 * where it is not so (docs/decisions/bgpsec.md D-bgpsec-one-prefix).
 */
function checkReach(
  reach: MpReach | undefined,
  inNlriField: number,
  session: BgpsecSession,
): BgpsecReason | undefined {
  const { negotiated, safis = [SAFI_UNICAST] } = session;
  const afi = reach?.afi ?? AFI_IPV4;
  const known = afi === AFI_IPV4 || afi === AFI_IPV6;
  if (negotiated !== undefined && known && !negotiated.includes(afi)) return 'not-negotiated';
  // Also where no prefix is anywhere: docs/decisions/bgpsec.md D-bgpsec-no-prefix
  if (reach === undefined) return 'mp-reach-missing';
  if (inNlriField > 0) return 'nlri-field-used';
  if (!known) return 'afi-unsupported';
  if (!safis.includes(reach.safi) || reach.nlri === undefined) return 'safi-unsupported';
  return reach.nlri.length === 1 ? undefined : 'nlri-count';
}

/** Notes on an UPDATE with a signed route, and on its path. */
export function notesOnUpdate(
  { message, values }: Update,
  { path, session }: SignedRoute,
): readonly BgpsecNote[] {
  const notes: BgpsecNote[] = [];
  const attribute = message.attributes.find(({ code }) => code === ATTR_BGPSEC_PATH);
  if (attribute === undefined) notes.push('legacy-type-30');
  else if ((attribute.flags & FLAG_PARTIAL) !== 0) notes.push('partial-bit-set');
  if (hasTrailingBits(values.mpReach)) notes.push('nlri-trailing-bits-set');
  return [...notes, ...notesOnPath(path, session)];
}

/** Whether bits behind the length of the one prefix are set: the decoder clears them, the field keeps them. */
function hasTrailingBits(reach: MpReach | undefined): boolean {
  const prefix = reach?.nlri?.[0]?.prefix;
  if (reach === undefined || prefix === undefined || prefix.length % 8 === 0) return false;
  return reach.field[reach.field.length - 1] !== prefix.octets[prefix.length >> 3];
}

/** The result for an UPDATE that counts as one without signatures. */
export function unsigned(
  reason: UnsignedReason,
  members: { readonly prefix?: BgpsecResult['prefix']; readonly asPath: AsPath },
): BgpsecResult {
  const { prefix, asPath } = members;
  return {
    verdict: 'unsigned',
    reason,
    ...originOf(reason),
    ...(prefix && { prefix }),
    asPath,
    pathLength: lengthOf(asPath),
    blocks: [],
    notes: [],
  };
}

/** The AS_PATH and its length for a result. */
export function pathMembers({ path }: SignedRoute): Required<Pick<BgpsecResult, 'asPath' | 'pathLength'>> {
  const asPath = reconstructAsPath(path.segments);
  return { asPath, pathLength: lengthOf(asPath) };
}

/** RFC 4271 §9.1.2.2 a: a set counts as one AS; RFC 5065 §5.3: confederation segments do not count. */
function lengthOf(asPath: AsPath): number {
  let length = 0;
  for (const { type, asns } of asPath) {
    if (type === 2) length += asns.length;
    else if (type === 1) length += 1;
  }
  return length;
}

function malformed({ code, field, offset, message }: Fault): BgpsecResult {
  return { ...withdrawn(code), detail: `${field} at offset ${offset}: ${message}` };
}

function withdrawn(reason: string): BgpsecResult {
  return { verdict: 'treat-as-withdraw', reason, ...originOf(reason), blocks: [], notes: [] };
}
