import type { BgpRole, NeighborRole } from '../../aspa/index.js';
import { formatAsPath } from '../../bgp/index.js';
import { type Asn, formatPrefix } from '../../inet/index.js';
import type { ReceivedRoute, RouteVerdicts } from '../../live/index.js';
import type { Style } from '../shared/style.js';

/** Who a line is about; null before the OPEN of the peer told it. */
export interface EventPeer {
  readonly address: string;
  readonly as: Asn | null;
  readonly id: string | null;
  /** The address of the router that tells of the peer (BMP). */
  readonly router?: string;
  /** What else tells of it: a file of routes, a collector of RIS Live. */
  readonly source?: string;
}

interface RouteMembers extends Partial<RouteVerdicts> {
  readonly prefix: string;
  readonly path: string;
  readonly pathId?: number;
  readonly localRole: BgpRole | null;
  readonly neighborRole: NeighborRole | null;
}

/** What is printed, one object a line; docs/cli.md has the contract. */
export type BgpEvent = {
  /** Seconds since 1970. */
  readonly time: number;
  readonly peer: EventPeer | null;
} & (
  | {
      readonly type: 'session';
      readonly state: 'idle' | 'open-sent' | 'open-confirm' | 'established' | 'down';
      readonly reason?: string;
      readonly holdTime?: number;
      readonly families?: readonly string[];
      readonly localRole?: BgpRole | null;
      readonly neighborRole?: NeighborRole | null;
    }
  | ({ readonly type: 'route' } & RouteMembers)
  | ({
      readonly type: 'change';
      readonly was: Partial<RouteVerdicts>;
      readonly cause: 'payload' | 'key';
    } & RouteMembers)
  | { readonly type: 'withdraw'; readonly prefix: string; readonly pathId?: number }
  | {
      readonly type: 'fault';
      readonly code: string;
      readonly treatment: string;
      readonly message: string;
      readonly offset?: number;
      /** Of a gap: seconds since 1970 between which nothing is known. */
      readonly from?: number;
      readonly to?: number;
    }
  /** End-of-RIB of a family; or the end of the command, with what it counted. */
  | { readonly type: 'end'; readonly family: string }
  | { readonly type: 'end'; readonly counts: BgpCounts }
);

/** What happened in all. */
export interface BgpCounts {
  /** Sessions that came up. */
  sessions: number;
  routes: number;
  withdrawals: number;
  changes: number;
  faults: number;
}

/** The members that say which route it is. */
export function routeMembers(
  { prefix, asPath, pathId }: ReceivedRoute,
  roles: Pick<RouteMembers, 'localRole' | 'neighborRole'>,
  verdicts: RouteVerdicts | undefined,
): RouteMembers {
  return {
    prefix: formatPrefix(prefix),
    path: formatAsPath(asPath),
    ...(pathId !== undefined && { pathId }),
    ...roles,
    ...verdicts,
  };
}

/** An event as a line of text. */
export function eventText(event: BgpEvent, style: Style): string {
  const { peer } = event;
  const who = peer === null ? '' : style.dim(whoText(peer));
  switch (event.type) {
    case 'session': {
      const { state, reason, families = [], neighborRole } = event;
      const shown = state === 'established' ? style.good(state) : state === 'down' ? style.bad(state) : state;
      const details = [
        ...families.map((family) => `family ${family}`),
        ...(neighborRole ? [`the neighbour is our ${neighborRole}`] : []),
        ...(reason === undefined ? [] : [reason]),
      ];
      return [who, shown, details.join(', ')].filter((part) => part !== '').join('  ');
    }
    case 'route':
      return `${who}  ${style.bold('+')} ${event.prefix}  ${event.path}${verdictText(event, style)}`;
    case 'change':
      return `${who}  ${style.bold('~')} ${event.prefix}  ${event.path}${verdictText(event, style)}  was${verdictText(event.was, style)}`;
    case 'withdraw':
      return `${who}  ${style.bold('-')} ${event.prefix}`;
    case 'fault':
      return `${who}  ${style.bad('fault')} ${event.message} (${event.code}): ${event.treatment}`;
    case 'end':
      if ('family' in event) return `${who}  end of the table of family ${event.family}`;
      return Object.entries(event.counts)
        .map(([name, count]) => `${count} ${name}`)
        .join(', ');
  }
}

function whoText({ address, as, source }: EventPeer): string {
  const of = source === undefined || source === address ? '' : ` of ${source}`;
  return `${address}${as === null ? '' : ` AS${as}`}${of}`.trimStart();
}

function verdictText({ rov, aspa, aspaBoth, bgpsec }: Partial<RouteVerdicts>, style: Style): string {
  const shown = (name: string, verdict: string | null | undefined): string => {
    if (verdict === undefined || verdict === null) return '';
    const colour =
      verdict === 'valid' ? style.good : /^(?:in|not-)valid$/.test(verdict) ? style.bad : style.dim;
    return `  ${name} ${colour(verdict)}`;
  };
  const both = aspaBoth
    ? `${shown('aspa-up', aspaBoth.upstream)}${shown('aspa-down', aspaBoth.downstream)}`
    : shown('aspa', aspa);
  return `${shown('rov', rov)}${both}${shown('bgpsec', bgpsec)}`;
}
