import type { ImpactReport, KindOfChange } from '../../audit/index.js';
import { roleWithoutPeer } from '../audit/notes.js';
import { addPathNotes } from '../shared/add-path-notes.js';
import { formatCount, plural } from '../shared/text-table.js';

/** What a reader of the numbers has to know, as sentences. */
export function impactNotes(report: ImpactReport): string[] {
  const { bothDirections, notVerified, problems, skipped } = report;
  const { local, sentByCollector, pathOnly } = notVerified;
  const passedOver = local + sentByCollector + pathOnly;
  return [
    ...(bothDirections === null ? [] : [directionNote(bothDirections)]),
    ...report.rolesWithoutPeer.map(roleWithoutPeer),
    ...(passedOver > 0
      ? [
          `${plural(passedOver, 'route')} not looked at: of the dumping router itself (${formatCount(local)}), sent by ` +
            `the collector (${formatCount(sentByCollector)}), a path without prefix (${formatCount(pathOnly)}).`,
        ]
      : []),
    ...addPathNotes(report.addPath),
    ...skipped.map(({ what, count }) => `${plural(count, 'record')} skipped: ${what}.`),
    ...(problems.count > 0 ? [`${plural(problems.count, 'fault')} in the input.`] : []),
    'Routes that no collector shows are not here: a provider or a prefix that is used only when something fails is ' +
      'missed by this as by any look at one table.',
  ];
}

function directionNote({ upstream, downstream }: NonNullable<ImpactReport['bothDirections']>): string {
  return (
    'Peers without a role (--roles, --neighbor-role) are judged as providers (downstream), the more lenient way. Their ' +
    `routes as from a customer or peer (upstream): ${words(upstream)}; as from a provider (downstream): ${words(downstream)}.`
  );
}

function words(kinds: readonly KindOfChange[]): string {
  if (kinds.length === 0) return 'none changes by ASPA';
  return kinds.map(({ from, to, routes }) => `${formatCount(routes)} ${from} -> ${to}`).join(', ');
}
