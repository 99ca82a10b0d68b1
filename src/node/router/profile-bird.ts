import { VERDICT_KIND, VERDICT_VALUE } from '../../conformance/index.js';
import type { LabNeighbor } from './lab.js';
import type { ConfigWords, RouterProfile } from './profile.js';

/** BIRD 2 and 3: every route is marked with both procedures, whatever the session. */
export const bird: RouterProfile = {
  title: 'BIRD',
  aspa: { kind: 'both', since: [2, 16] },
  abilities: { asSet: true, firstAs: false, neighborCheck: false, ownAs: true, maxProviders: null },
  rtrVersion: 2,
  rtr: (aspa) => ({ versions: aspa ? [0, 1, 2] : [0, 1], routerKeys: false }),
  usualVersion: [3, 1],
  config: (words) => [{ name: 'bird.conf', comment: '#', text: birdConfig(words) }],
  program: {
    path: 'bird',
    versionArgs: ['--version'],
    args: (folder) => ['-f', '-c', `${folder}/bird.conf`, '-s', `${folder}/bird.ctl`],
  },
};

function birdConfig({ routerAs, router, rtr, neighbors, aspa }: ConfigWords): string {
  const mark = (kind: keyof typeof VERDICT_KIND, value: number): string =>
    `bgp_large_community.add((${routerAs}, ${VERDICT_KIND[kind]}, ${value}));`;
  const judge = (kind: keyof typeof VERDICT_KIND, call: string, word: string): string => `  case ${call} {
    ${word}_VALID: ${mark(kind, VERDICT_VALUE.valid)}
    ${word}_INVALID: ${mark(kind, VERDICT_VALUE.invalid)}
    else: ${mark(kind, VERDICT_VALUE.unknown)}
  }
`;
  const paths = aspa
    ? judge('upstream', 'aspa_check_upstream(aspas)', 'ASPA') +
      judge('downstream', 'aspa_check_downstream(aspas)', 'ASPA')
    : '';
  const filter = (family: string, table: string): string => `filter mark_${family} {
${judge('rov', `roa_check(${table})`, 'ROA')}${paths}  accept;
}
`;
  const session = ({ as, address }: LabNeighbor, index: number): string => {
    const isCollector = index === neighbors.length - 1;
    const channels = isCollector
      ? `  ipv4 { import none; export where source = RTS_BGP; next hop self; };
  ipv6 { import none; export where source = RTS_BGP; next hop address 2001:2:0:fffd::2; };`
      : `  ipv4 { import table on; import filter mark_ipv4; export none; gateway recursive; };
  ipv6 { import table on; import filter mark_ipv6; export none; gateway recursive; };`;
    return `protocol bgp ${isCollector ? 'collector' : `neighbor_${index + 1}`} {
  local ${router.host} port ${router.port} as ${routerAs};
  neighbor ${address} as ${as};
  multihop;
  passive;
  allow local as;
  error wait time 1, 2;
${channels}
}
`;
  };
  return `log stderr { warning, error, fatal, bug };
router id ${router.host};
roa4 table roas4;
roa6 table roas6;
${aspa ? 'aspa table aspas;\n' : ''}
protocol device {}
protocol static { ipv4; route 198.18.255.0/24 blackhole; }
protocol static { ipv6; route 2001:2:0:fffd::/64 blackhole; }
protocol rpki cache {
  roa4 { table roas4; };
  roa6 { table roas6; };
${aspa ? '  aspa { table aspas; };\n  max version 2;\n' : ''}  remote "${rtr.host}" port ${rtr.port};
  retry keep 1;
}
${filter('ipv4', 'roas4')}${filter('ipv6', 'roas6')}${neighbors.map(session).join('')}`;
}
