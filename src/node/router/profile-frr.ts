import { VERDICT_KIND, VERDICT_VALUE } from '../../conformance/index.js';
import type { LabNeighbor } from './lab.js';
import type { ConfigWords, RouterProfile } from './profile.js';

/** The bgpd of FRR 8: origin validation alone. */
export const frr: RouterProfile = {
  title: 'FRR bgpd',
  abilities: { asSet: true, firstAs: false, neighborCheck: false, ownAs: true, maxProviders: null },
  rtrVersion: 1,
  rtr: () => ({ versions: [0, 1], routerKeys: true }),
  usualVersion: [8, 4],
  config: (words) => [{ name: 'bgpd.conf', comment: '!', text: frrConfig(words) }],
  program: {
    path: '/usr/lib/frr/bgpd',
    versionArgs: ['--version'],
    /** It gives its rights away, and has to read and write there all the same. */
    async prepare(place) {
      await place.ask('chown', '-R', 'frr:frr', place.inside);
    },
    args: (folder, { router }) => [
      ...['-f', `${folder}/bgpd.conf`, '-i', `${folder}/bgpd.pid`, '--vty_socket', folder],
      ...['-Z', '-n', '-M', 'rpki', '-l', router.host, '-p', String(router.port), '-P', '0'],
    ],
  },
};

function frrConfig({ routerAs, router, rtr, neighbors }: ConfigWords): string {
  const isCollector = (index: number): boolean => index === neighbors.length - 1;
  const all = (words: (neighbor: LabNeighbor, index: number) => string): string =>
    neighbors.map(words).join('');
  const session = ({ as, address }: LabNeighbor): string => ` neighbor ${address} remote-as ${as}
 neighbor ${address} passive
 neighbor ${address} update-source ${router.host}
 neighbor ${address} ebgp-multihop 255
 neighbor ${address} disable-connected-check
`;
  const family = (name: string): string => ` address-family ${name} unicast
${all(
  ({ address }, i) => `  neighbor ${address} activate
  neighbor ${address} allowas-in 10
  neighbor ${address} soft-reconfiguration inbound
  neighbor ${address} route-map ${isCollector(i) ? 'nothing in' : 'mark in'}
${isCollector(i) ? `  neighbor ${address} next-hop-self\n` : `  neighbor ${address} route-map nothing out\n`}`,
)} exit-address-family
`;
  // The last entry of `mark` takes routes that came before the first table: no state matches them, and they are judged again with it.
  const states = [
    ['valid', VERDICT_VALUE.valid],
    ['invalid', VERDICT_VALUE.invalid],
    ['notfound', VERDICT_VALUE['not-found']],
  ] as const;
  return `rpki
 rpki polling_period 3600
 rpki retry_interval 1
 rpki cache ${rtr.host} ${rtr.port} preference 1
exit
router bgp ${routerAs}
 bgp router-id ${router.host}
 no bgp ebgp-requires-policy
 no bgp network import-check
${all(session)}${family('ipv4')}${family('ipv6')}exit
${states
  .map(
    ([state, value], i) => `route-map mark permit ${10 * (i + 1)}
 match rpki ${state}
 set large-community ${routerAs}:${VERDICT_KIND.rov}:${value} additive
exit
`,
  )
  .join('')}route-map mark permit 40
exit
route-map nothing deny 10
exit
`;
}
