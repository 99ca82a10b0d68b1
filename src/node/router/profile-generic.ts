import { neighborRoleOf } from '../../aspa/index.js';
import { type RouterHello, VERDICT_KIND, VERDICT_VALUE, type VerdictKind } from '../../conformance/index.js';
import { type ConfigWords, NEXT_HOPS, type RouterProfile } from './profile.js';

/** What a router of somebody else marks: origin validation, both procedures of ASPA, or the one of the session's role. */
export const GENERIC_MARKS = ['rov', 'both', 'role'] as const;

export type GenericMark = (typeof GENERIC_MARKS)[number];

/** Where nothing else is said. */
export const USUAL_MARKS: ReadonlySet<GenericMark> = new Set(['rov', 'role']);

/**
 * A router that somebody else configures and runs (docs/decisions/conformance.md D-router-generic).
 *
 * @param marks what it marks; `both` and `role` exclude each other.
 * @param said what else is known of it.
 */
export function genericRouter(marks: ReadonlySet<GenericMark>, said: RouterHello = {}): RouterProfile {
  const {
    asSet = true,
    families,
    firstAs = false,
    maxProviders = null,
    neighborCheck = false,
    ownAs = true,
  } = said;
  const rov = marks.has('rov');
  const kind = marks.has('both') ? 'both' : marks.has('role') ? 'role' : undefined;
  return {
    title: 'the router',
    ...(kind && { aspa: { kind, since: [0] } }),
    abilities: { rov, asSet, firstAs, neighborCheck, ownAs, maxProviders, ...(families && { families }) },
    rtrVersion: ([2, 1, 0] as const).find((one) => said.rtrVersions?.includes(one)) ?? 2,
    rtr: (aspa) => ({
      versions: said.rtrVersions ?? (aspa ? [0, 1, 2] : [0, 1]),
      routerKeys: said.routerKeys ?? false,
    }),
    usualVersion: [0],
    config: (words) => [
      { name: 'What the router has to do', comment: '#', text: wordsFor(words, rov, kind, said) },
    ],
  };
}

const KINDS = { both: ['upstream', 'downstream'], role: ['role'] } as const;

/** What its operator has to configure, in words. */
function wordsFor(
  words: ConfigWords,
  rov: boolean,
  kind: keyof typeof KINDS | undefined,
  { asSet, families = ['ipv4-unicast', 'ipv6-unicast'], firstAs, ownAs }: RouterHello,
): string {
  const { aspa, listenPort, neighbors, router, routerAs, rtr } = words;
  const mark = (of: VerdictKind, absent: 'unknown' | 'not-found'): string =>
    `   ${of}: ${(['valid', 'invalid', absent] as const)
      .map((verdict) => `${routerAs}:${VERDICT_KIND[of]}:${VERDICT_VALUE[verdict]} ${verdict}`)
      .join(', ')}\n`;
  const marks =
    (rov ? mark('rov', 'not-found') : '') +
    (aspa && kind ? KINDS[kind].map((of) => mark(of, 'unknown')).join('') : '');
  const sessions = neighbors
    .map(({ address, as, role }, i) => {
      const whose = i === neighbors.length - 1 ? ', the collector' : '';
      const roles =
        role === undefined ? '' : `, role of our side ${role}, of the router ${neighborRoleOf(role)}`;
      return `   AS ${as} at ${address}${whose}${roles}\n`;
    })
    .join('');
  const connects =
    listenPort === undefined
      ? `It listens for BGP at ${router.host} port ${router.port}, and waits for these neighbours:`
      : `It connects to these neighbours, each at port ${listenPort}:`;
  const carried = families.map((family) => (family === 'ipv4-unicast' ? 'IPv4' : 'IPv6')).join(' and ');
  const strange = [
    'invalid ones',
    ...(asSet === false ? [] : ['those with an AS_SET']),
    ...(ownAs === false ? [] : ['with its own AS in the path']),
    ...(firstAs === true ? [] : ["with another first AS than the neighbour's"]),
  ];
  return `1. Its AS is ${routerAs}.
2. It speaks RTR with the cache at ${rtr.host} port ${rtr.port}${aspa ? ', version 2, for ASPAs' : ''}. It asks again after a Serial Notify,
   judges routes that it holds again when the table changes, and retries within a few seconds.
3. ${connects}
${sessions}   All are external, may be several hops away, and carry ${carried} unicast.
4. It takes every route of the neighbours: ${strange.join(', ')}. What it does not take is reported as refused. It can reach the next hops ${NEXT_HOPS.ipv4} and ${NEXT_HOPS.ipv6}.
5. It adds these large communities, and leaves others on the route:
${marks}6. It takes nothing from the collector, announces its best route of every prefix to it and nothing to the others.
`;
}
