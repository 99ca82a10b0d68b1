import type { AddPathFinding, AuditProblem, InputFacts } from '../audit/index.js';
import { formatAddress } from '../inet/index.js';
import type { Peer } from '../routes/index.js';
import type { InputSummary } from './input-routes.js';

/** What was read from a file, and how it begins, in words. */
export interface RouteFile extends InputSummary {
  readonly begins?: string | undefined;
}

function peerText({ asn, address }: Peer): string {
  if (address.length > 0) return `AS${asn} ${formatAddress(address)}`;
  return asn === 0 ? 'other peers' : `AS${asn}`;
}

/** What was read with Path Identifiers, or without, against its record or session (docs/decisions/routes.md D-add-path-detection). */
function addPathFindings({ addPathPeers }: InputSummary['summary']): AddPathFinding[] {
  return [...addPathPeers].flatMap(([peer, { hidden, absent }]): AddPathFinding[] => {
    const evidence = peer === undefined ? 'record-end' : 'prefixes';
    const name = peer === undefined ? null : peerText(peer);
    return [
      { peer: name, read: 'with-identifiers' as const, evidence, count: hidden } as const,
      { peer: name, read: 'without-identifiers' as const, evidence, count: absent } as const,
    ].filter(({ count }) => count > 0);
  });
}

/** What the readers passed over and found damaged, for the report. */
export function inputFacts(inputs: readonly RouteFile[]): Required<InputFacts> {
  const total = (count: (summary: InputSummary['summary']) => number): number =>
    inputs.reduce((sum, { summary }) => sum + count(summary), 0);
  const skipped = [
    {
      what: 'a kind of record or message that is not read',
      count: total((summary) => summary.skippedRecords),
    },
    {
      what: 'another address family than IPv4 or IPv6 unicast',
      count: total((summary) => summary.skippedFamilies),
    },
  ];
  return {
    unreadable: unreadable(inputs),
    skipped: skipped.filter(({ count }) => count > 0),
    addPath: inputs.flatMap(({ summary }) => addPathFindings(summary)),
    problems: {
      count: total((summary) => summary.problems.count),
      listed: inputs
        .flatMap(({ path, summary }) =>
          summary.problems.first.map(({ code, message, offset }) => ({ code, message, file: path, offset })),
        )
        .slice(0, 100),
    },
  };
}

/**
 * The inputs that are no whole file of routes, each with the reason: it cannot be opened, gives no record at all, or ends
 * inside a record or a compressed stream (docs/decisions/cli.md D-cli-unreadable-routes).
 */
function unreadable(inputs: readonly RouteFile[]): AuditProblem[] {
  return inputs.flatMap(({ path, summary, begins }): AuditProblem[] => {
    const { cutOff, octets, problems, records, usable } = summary;
    const problem = (code: string, message: string, offset: number): AuditProblem[] => [
      { code, message, file: path, offset },
    ];
    const broken = cutOff && (usable > 0 || !ENDS.has(cutOff.code)) ? cutOff : undefined;
    if (broken) return problem(broken.code, plainMessage(broken.message), broken.offset);
    if (octets === 0) return problem('no-record', 'the input is empty', 0);
    if (usable > 0) return [];
    const [first] = problems.first;
    const why = first ? `${plainMessage(first.message)} (${first.code})` : 'none is of a kind that is read';
    return problem(
      'no-record',
      `no record of routes in ${records === 1 ? '1 record or line' : `${records.toLocaleString('en')} records or lines`}: ${why}${begins === undefined ? '' : `; it begins with ${begins}`}`,
      0,
    );
  });
}

/** Ends that say nothing where the input is none of routes anyway. */
const ENDS: ReadonlySet<string> = new Set(['record-truncated', 'line-truncated']);

/** The text of a DecodeError names field and offset in front; the report has them as members. */
function plainMessage(message: string): string {
  return message.replace(/^[\w.[\]-]+ at offset \d+: /, '');
}
