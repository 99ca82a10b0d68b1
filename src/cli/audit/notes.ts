import {
  type AspaCounts,
  isKnownPeer,
  type JudgedBy,
  type LazyAuditReport,
  type PathsAndRoutes,
} from '../../audit/index.js';
import type { Asn } from '../../inet/index.js';
import { addPathNotes } from '../shared/add-path-notes.js';
import { unreadableText } from '../shared/route-files.js';
import { formatCount, plural } from '../shared/text-table.js';
import { formatTime } from '../shared/time-option.js';
import { peerName } from './peer-name.js';

/** What a reader must know before any number: which inputs are missing in them, wholly or in part. Escaped. */
export function auditWarnings({ unreadable }: LazyAuditReport): string[] {
  return unreadable.map(unreadableText);
}

/** What a reader of the numbers has to know, as sentences; the same in text and HTML. */
export function auditNotes(report: LazyAuditReport): string[] {
  return [
    ...egressNotes(report),
    ...payloadNotes(report),
    ...directionNotes(report),
    ...report.rolesWithoutPeer.map(roleWithoutPeer),
    ...neighborNotes(report),
    ...signedNotes(report),
    ...pathNotes(report),
    ...inputNotes(report),
    'A "not provider" hop shows where a path contradicts an attestation, not who caused it: the leak can have ' +
      'happened elsewhere, and an incomplete ASPA looks the same.',
    '"unknown" and "not-found" are no accusation. Neither mechanism sees a path forged by a provider towards its ' +
      'customers, or a leak between networks without ASPAs.',
  ];
}

function egressNotes({ egress }: LazyAuditReport): string[] {
  if (egress === undefined) return [];
  return [
    `Routes are judged as they are sent (${egress} section 4.1): the role of a peer is that of who gets its routes, every ` +
      'route counts as sent to such a neighbour, and export policy is not known here.',
  ];
}

function directionNotes({ bothDirections, peers }: LazyAuditReport): string[] {
  if (!bothDirections) return [];
  const count = peers.filter((peer) => peer.role === null).length;
  const { upstream, downstream } = bothDirections;
  return [
    `${count === peers.length ? 'No peer has a role' : `${plural(count, 'peer')} without a role`} (--roles, ` +
      '--neighbor-role), so both directions are reported. As from a customer or peer (upstream): ' +
      `${words(upstream)}. As from a provider (downstream): ${words(downstream)}. The tables take downstream, ` +
      'the more lenient one.',
  ];
}

const words = ({ valid, invalid, unknown }: AspaCounts): string =>
  `${formatCount(valid)} valid, ${formatCount(invalid)} invalid, ${formatCount(unknown)} unknown`;

/** An AS that has a role and sends nothing: most often a slip of the pen, whose victim has none. */
export function roleWithoutPeer(asn: Asn): string {
  return `AS${asn} has a role (--roles), but is no peer in these routes.`;
}

/** The payloads that judged the routes, with how many of each; the same in text and HTML. */
export const PAYLOAD_SETS = {
  title: 'Payloads of the times of the routes',
  head: ['from', 'routes', 'VRPs', 'ASPAs', 'SHA-256 of the VRPs', 'of the ASPAs'],
  row: ({ time, routes, vrps, aspas }: JudgedBy): readonly string[] => [
    formatTime(time),
    formatCount(routes),
    formatCount(vrps.count),
    formatCount(aspas.count),
    vrps.sha256.slice(0, 12),
    aspas.sha256.slice(0, 12),
  ],
} as const;

/** Payloads without any of a kind decide nothing by it. */
function payloadNotes({ payloads: { vrps, aspas } }: LazyAuditReport): string[] {
  return [
    ...(vrps === 0 ? ['The payloads have no VRP: every route is not-found.'] : []),
    ...(aspas === 0 ? ['The payloads have no ASPA: no hop is attested.'] : []),
  ];
}

function neighborNotes({ peers, neighborCheckMode }: LazyAuditReport): string[] {
  const names = (list: typeof peers) =>
    list.slice(0, 8).map(peerName).join(', ') + (list.length > 8 ? ', ...' : '');
  const strangers = peers.filter((peer) => peer.neighborCheck === 'not-its-own-as');
  const unknown = peers.filter((peer) => !isKnownPeer(peer.peerAs));
  const exempt = peers.filter((peer) => peer.neighborCheck === 'exempt');
  return [
    ...(strangers.length > 0
      ? [
          `${names(strangers)}: no path begins with the peer's own AS (an iBGP feed or a route server); checked ` +
            'without step 2, the neighbour check.',
        ]
      : []),
    ...(unknown.length > 0
      ? [
          `${names(unknown)}: the recorded AS does not say who the peer is (AS_TRANS in a record of 2 octets, or AS 0); ` +
            'told apart by address, checked without step 2, the neighbour check.',
        ]
      : []),
    ...(exempt.length > 0 ? [`${names(exempt)}: a route server, exempt from step 2.`] : []),
    ...(neighborCheckMode === 'off' ? ['Step 2, the neighbour check, is switched off.'] : []),
  ];
}

function signedNotes({ signed: { routes, rov, aspa } }: LazyAuditReport): string[] {
  if (routes === 0) return [];
  const origins = `${formatCount(rov.valid)} valid, ${formatCount(rov.invalid)} invalid, ${formatCount(rov.notFound)} not-found`;
  return [
    `${plural(routes, 'route')} signed (BGPsec): judged by the path that the Secure_Path stands for, ROV ${origins}, ASPA ` +
      `${words(aspa)}; the signatures themselves are not verified here.`,
  ];
}

function pathNotes({ asSets, confederations, specialAsns }: LazyAuditReport): string[] {
  const found = ({ paths, routes }: PathsAndRoutes) =>
    `${plural(routes, 'route')} on ${plural(paths, 'path')}`;
  const note = (counts: PathsAndRoutes, text: string) =>
    counts.paths > 0 ? [`${found(counts)} ${text}`] : [];
  return [
    ...note(
      asSets,
      `with an AS_SET (a set of one AS: ${found(asSets.ofOneMember)}): invalid at step 3; RFC 9774 deprecates them.`,
    ),
    ...note(confederations, 'with confederation segments, which must not leave a confederation (RFC 5065).'),
    ...note(specialAsns.zero, 'with AS 0: malformed (RFC 7607).'),
    ...note(
      specialAsns.asTrans,
      'with AS 23456 (AS_TRANS): the path was not fully reconstructed (RFC 6793).',
    ),
    ...note(specialAsns.private, 'with private ASNs (RFC 6996).'),
    ...note(specialAsns.documentation, 'with documentation ASNs (RFC 5398).'),
    ...note(specialAsns.reserved, 'with reserved ASNs.'),
  ];
}

function inputNotes(report: LazyAuditReport): string[] {
  const { withdrawals, stateChanges, notVerified, skipped, problems, invalidOrigins } = report;
  const { local, sentByCollector, pathOnly } = notVerified;
  return [
    ...(withdrawals + stateChanges > 0
      ? [`${plural(withdrawals, 'withdrawal')} and ${plural(stateChanges, 'state change')} carry no path.`]
      : []),
    ...(local > 0 ? [`${plural(local, 'route')} of the dumping router itself: not verified.`] : []),
    ...(sentByCollector > 0
      ? [`${plural(sentByCollector, 'route')} sent by the collector: not verified.`]
      : []),
    ...(pathOnly > 0 ? [`${plural(pathOnly, 'line')} with a path but no prefix: not verified.`] : []),
    ...addPathNotes(report.addPath),
    ...skipped.map(({ what, count }) => `${plural(count, 'record')} skipped: ${what}.`),
    ...(problems.count > 0 ? [`${plural(problems.count, 'fault')} in the input:`] : []),
    ...problems.listed
      .slice(0, 5)
      .map(
        ({ code, message, file, offset }) => `  ${file ?? 'input'} at ${offset ?? '?'}: ${message} (${code})`,
      ),
    ...(invalidOrigins.routesNotListed > 0
      ? [
          `${plural(invalidOrigins.routesNotListed, 'ROV-invalid route')} not listed: too many different ones.`,
        ]
      : []),
  ];
}
