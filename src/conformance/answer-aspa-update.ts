import {
  type AspaTable,
  applicability,
  type SessionKind,
  type VerificationInput,
  verifyAsPath,
} from '../aspa/index.js';
import { type AsnSize, BgpError, decodeUpdate, type Nlri, type PeerKind, type Update } from '../bgp/index.js';
import { DecodeError } from '../bytes/index.js';
import { AFI_IPV4, formatPrefix, SAFI_UNICAST } from '../inet/index.js';
import { member, optional, type Place, readNumber, readOctets, readOneOf } from '../questions/index.js';
import { readNeighbor, readTable } from './aspa-fields.js';
import { type Answer, RequestError } from './request.js';
import type { Json, Request } from './vector.js';

const SESSIONS: Readonly<Record<PeerKind, SessionKind>> = {
  external: 'ebgp',
  internal: 'ibgp',
  'confed-external': 'confederation-internal',
};
const PEER_KINDS = ['external', 'internal', 'confed-external'] as const;
const AFI_NAMES = new Map([
  [1, 'ipv4'],
  [2, 'ipv6'],
]);
const SAFI_NAMES = new Map([
  [1, 'unicast'],
  [2, 'multicast'],
]);

/**
 * Operation `verify-update`: the announced routes of an UPDATE, those of the NLRI field before those of MP_REACH_NLRI, each
 * with its outcome or `not-applicable` (draft-28 §5.1, §6.2). Routes that RFC 7606 makes withdrawn have none.
 */
export function answerUpdate(request: Request): Answer {
  const octets = readOctets(member(request, 'message'));
  const asnSize = optional(member(request, 'asnSize'), readAsnSize, 4);
  const peer = optional(member(request, 'session'), (one) => readOneOf(one, PEER_KINDS), 'external');
  const table = readTable(request, member(request, 'aspas'));
  const neighbor = readNeighbor(request);
  try {
    const update = decodeUpdate(octets, { asnSize, peer });
    const { treatment = 'none', asPath = [] } = update;
    if (treatment === 'treat-as-withdraw') return { routes: [], treatment };
    return { routes: routesOf(update, table, { asPath, ...neighbor }, SESSIONS[peer]), treatment };
  } catch (error) {
    if (error instanceof BgpError) return { routes: [], treatment: 'session-reset' };
    if (error instanceof DecodeError) throw new RequestError('message', error.message);
    throw error;
  }
}

function readAsnSize(place: Place): AsnSize {
  const size = readNumber(place, 2, 4);
  if (size === 3) throw new RequestError(place.path, 'must be 2 or 4');
  return size === 2 ? 2 : 4;
}

function routesOf(update: Update, table: AspaTable, input: VerificationInput, session: SessionKind): Json[] {
  const { mpReach } = update.values;
  const routes = familyRoutes(AFI_IPV4, SAFI_UNICAST, update.nlri);
  if (mpReach !== undefined) routes.push(...familyRoutes(mpReach.afi, mpReach.safi, mpReach.nlri));
  return routes.map(({ afi, safi, prefix }) => {
    const applies = applicability({ afi, safi, session });
    const outcome = applies.applies ? verifyAsPath(table, input).outcome : applies.outcome;
    return { prefix, family: familyName(afi, safi), outcome };
  });
}

interface FamilyRoute {
  readonly afi: number;
  readonly safi: number;
  readonly prefix: string | null;
}

/** One entry per prefix; one without prefix for a family whose NLRI are not read as prefixes. */
function familyRoutes(afi: number, safi: number, nlri: readonly Nlri[] | undefined): FamilyRoute[] {
  if (nlri === undefined) return [{ afi, safi, prefix: null }];
  return nlri.map(({ prefix }) => ({ afi, safi, prefix: formatPrefix(prefix) }));
}

function familyName(afi: number, safi: number): string {
  const [first, second] = [AFI_NAMES.get(afi), SAFI_NAMES.get(safi)];
  return first && second ? `${first}-${second}` : `afi-${afi}-safi-${safi}`;
}
