import type { NeighborEvidence, ProviderReport, ShownBy } from '../../audit/index.js';
import type { Asn } from '../../inet/index.js';
import { unreadableText } from '../shared/route-files.js';
import type { Style } from '../shared/style.js';
import { formatCount, plural, shorten, tableLines, wrap } from '../shared/text-table.js';

const RIGHT = { align: 'right' } as const;
const WIDTH = 110;

const SHOWN: Readonly<Record<ShownBy, string>> = {
  'passes-up': 'passes routes up',
  'passes-on': 'passes routes on',
  last: 'has routes',
  behind: 'gives routes only',
};

/** The report for a person, line by line. */
export function* suggestTextLines(report: ProviderReport, style: Style): Generator<string> {
  const { asn, routes, paths, seenBy, aspa, neighbors, missing, unseen } = report;
  yield style.bold(`pathsec aspa suggest: AS${asn} in ${plural(routes, 'route')}`);
  for (const one of report.unreadable) yield* wrap(unreadableText(one), WIDTH, '! ').map(style.bad);
  yield `${plural(paths, 'distinct path')} with it, seen by ${plural(seenBy.length, 'peer')}`;
  yield `ASPA of AS${asn}: ${aspa === null ? 'none' : list(aspa)}`;
  if (neighbors.length > 0) {
    yield '';
    yield* tableLines(
      [
        { head: 'neighbour', ...RIGHT },
        { head: 'shows' },
        { head: 'paths', ...RIGHT },
        { head: 'routes', ...RIGHT },
        { head: 'peers', ...RIGHT },
        { head: 'as origin', ...RIGHT },
        { head: 'as transit', ...RIGHT },
        { head: 'passed on', ...RIGHT },
        { head: 'behind', ...RIGHT },
        { head: 'as-rel' },
        { head: 'in ASPA' },
        { head: 'to its provider or peer' },
      ],
      neighbors.map(neighborRow),
    );
  }
  yield '';
  yield* findings(report, style);
  const proposed = [...new Set([...(aspa ?? []), ...missing])].sort((a, b) => a - b);
  if (missing.length > 0) {
    yield '';
    yield `To be checked by AS${asn}, and then by pathsec impact --change:`;
    yield `  AS${asn} => ${list(proposed)}`;
  }
  yield '';
  yield style.bold('Remarks');
  for (const note of notes(report, unseen)) yield* wrap(note, WIDTH, '- ');
}

function neighborRow(one: NeighborEvidence): string[] {
  return [
    `AS${one.asn}`,
    SHOWN[one.shownBy],
    formatCount(one.toward.paths),
    formatCount(one.toward.routes),
    formatCount(one.seenBy.length),
    formatCount(one.asOrigin),
    formatCount(one.asTransit),
    formatCount(one.passedOn),
    formatCount(one.behind.paths),
    one.relation ?? '-',
    one.listed === null ? '-' : one.listed ? 'yes' : 'no',
    shorten(
      one.passedUp
        .map(({ asn, relation, by, paths }) => `AS${asn} (${relation} by ${by}, ${paths})`)
        .join(', '),
      60,
    ),
  ];
}

function* findings(
  { asn, aspa, missing, unseen, neighbors }: ProviderReport,
  style: Style,
): Generator<string> {
  if (missing.length > 0) {
    const where = aspa === null ? 'Evidence of providers' : `Missing in the ASPA of AS${asn}`;
    yield style.bad(`${where}: ${list(missing)}`);
  }
  for (const { asn: neighbor, beyond, provider } of neighbors) {
    if (beyond === null || beyond.invalid === 0 || !provider) continue;
    yield* wrap(
      `AS${neighbor} is not in the ASPA: ${plural(beyond.invalid, 'path')} up to it ${beyond.invalid === 1 ? 'is' : 'are'} ` +
        'invalid for its own providers and peers (draft-zhang-sidrops-aspa-egress, missing provider).',
      WIDTH,
      '  ',
    );
  }
  if (unseen.length > 0) yield `In the ASPA, and not seen with routes of AS${asn}: ${list(unseen)}`;
  if (missing.length + unseen.length === 0) {
    yield aspa === null
      ? 'No neighbour has the evidence of a provider.'
      : 'The routes show nothing that the ASPA lacks or has too many.';
  }
}

function notes({ asn, withSets, problems }: ProviderReport, unseen: readonly Asn[]): string[] {
  return [
    `A neighbour "passes routes up" that gave routes of AS${asn} to a provider or peer of its own, by ASPAs or AS ` +
      'relationships. Only a provider does that, unless it leaks: a customer or peer that leaks looks the same. Few paths, or a ' +
      'few peers that see them, are weak evidence.',
    'A neighbour that "passes routes on" is a provider or a peer: routes do not tell which, where the relation to whom it ' +
      'passed them is not known. One that only "has" or "gives" routes may be anything.',
    `What is not seen here is not shown to be wrong: backups, and sessions behind which no collector listens.${
      unseen.length > 0 ? ' A provider that is listed and not seen is no fault by itself.' : ''
    }`,
    'A route server whose AS stands in paths belongs into the ASPA like a provider; one whose AS does not is not seen.',
    ...(withSets > 0
      ? [`${plural(withSets, 'path')} with an AS_SET or a confederation: not looked at.`]
      : []),
    ...(problems.count > 0 ? [`${plural(problems.count, 'fault')} in the input.`] : []),
  ];
}

function list(asns: readonly Asn[]): string {
  return asns.length === 0 ? 'no provider' : asns.map((one) => `AS${one}`).join(', ');
}
