import { mkdirSync } from 'node:fs';
import { type BgpRole, neighborRoleOf } from '../../aspa/index.js';
import { VERDICT_KIND, VERDICT_VALUE } from '../../conformance/index.js';
import type { LabNeighbor } from './lab.js';
import type { ConfigWords, RouterProfile } from './profile.js';

/** OpenBGPD: every route is marked with the procedure that the role of its session asks for. */
export const openbgpd: RouterProfile = {
  title: 'OpenBGPD',
  aspa: { kind: 'role', since: [8, 0] },
  abilities: { asSet: true, firstAs: false, neighborCheck: false, ownAs: true, maxProviders: 10_000 },
  rtrVersion: 2,
  rtr: (aspa) => ({ versions: aspa ? [2] : [0, 1], routerKeys: false }),
  usualVersion: [8, 8],
  // It refuses a configuration that others may read.
  config: (words) => [{ name: 'bgpd.conf', comment: '#', text: openbgpdConfig(words), mode: 0o600 }],
  program: {
    path: '/usr/sbin/bgpd',
    versionArgs: ['-V'],
    /** The home of its user, which its processes make their root. */
    async prepare(place) {
      mkdirSync(place.seen('/run/openbgpd'), { recursive: true, mode: 0o755 });
    },
    args: (folder) => ['-d', '-f', `${folder}/bgpd.conf`],
  },
};

function openbgpdConfig({ routerAs, router, rtr, neighbors, aspa, folder }: ConfigWords): string {
  const marks = (of: 'ovs' | 'avs', kind: keyof typeof VERDICT_KIND, unknown: string): string =>
    Object.entries({
      valid: VERDICT_VALUE.valid,
      invalid: VERDICT_VALUE.invalid,
      [unknown]: VERDICT_VALUE.unknown,
    })
      .map(
        ([state, value]) =>
          `match from any ${of} ${state} set large-community ${routerAs}:${VERDICT_KIND[kind]}:${value}\n`,
      )
      .join('');
  const session = ({ as, address, role }: LabNeighbor, index: number): string => {
    const isCollector = index === neighbors.length - 1;
    return `neighbor ${address} {
	remote-as ${as}
	passive
	local-address ${router.host}
	multihop 8
	announce IPv4 unicast
	announce IPv6 unicast
	enforce neighbor-as no
	enforce local-as no
${role === undefined ? '' : `	role ${roleWord(role)}\n`}}
${isCollector ? `allow to ${address}\nmatch to ${address} set nexthop self\n` : ''}`;
  };
  return `${folder === undefined ? '' : `socket "${folder}/bgpd.sock"\n`}AS ${routerAs}
router-id ${router.host}
fib-update no
nexthop qualify via default
listen on ${router.host} port ${router.port}
rtr ${rtr.host} {
	port ${rtr.port}
${aspa ? '	min-version 2\n' : ''}}
${neighbors.map(session).join('')}allow from any
${marks('ovs', 'rov', 'not-found')}${aspa ? marks('avs', 'role', 'unknown') : ''}`;
}

/** The router's own role, where the neighbour has this one (RFC 9234). */
function roleWord(role: BgpRole): string {
  return neighborRoleOf(role);
}
