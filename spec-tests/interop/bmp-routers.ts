import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { gobgpConfig } from './gobgp-config.js';
import { amongPeers, here } from './place.js';
import type { Router } from './rtr-router.js';

/** AS and address of a router that is monitored, and of the peer that announces routes to it. */
export const ROUTER_AS = 64_511;
export const ROUTER_ADDRESS = '127.0.0.9';
export const PEER_AS = 64_496;
export const PEER_ADDRESS = '127.0.0.5';

/** A router that sends BMP to our station. */
export interface BmpRouterProgram extends Pick<Router, 'name' | 'package' | 'program' | 'needs'> {
  /** It puts its own AS in front of the paths that it tells: a fault of its own (docs/decisions/bmp.md D-bmp-own-as). */
  readonly prependsOwnAs?: true;
  /** What it is told to send. */
  readonly sends: string;
  /** Starts it: it listens for BGP on `bgp`, and connects to the station on 127.0.0.1, `station`. */
  start(bgp: number, station: number, folder: string): Promise<{ stop(): Promise<void>; output(): string }>;
}

/** The configuration of FRR. */
const frrConfig = (station: number): string => `router bgp ${ROUTER_AS}
 bgp router-id ${ROUTER_ADDRESS}
 no bgp ebgp-requires-policy
 neighbor ${PEER_ADDRESS} remote-as ${PEER_AS}
 neighbor ${PEER_ADDRESS} passive
 neighbor ${PEER_ADDRESS} ebgp-multihop 8
 neighbor ${PEER_ADDRESS} disable-connected-check
 address-family ipv4 unicast
  neighbor ${PEER_ADDRESS} soft-reconfiguration inbound
 exit-address-family
 address-family ipv6 unicast
  neighbor ${PEER_ADDRESS} activate
  neighbor ${PEER_ADDRESS} soft-reconfiguration inbound
 exit-address-family
 bmp targets station
  bmp monitor ipv4 unicast pre-policy
  bmp monitor ipv6 unicast pre-policy
  bmp connect 127.0.0.1 port ${station} min-retry 200 max-retry 1000
 exit
exit
`;

const frr: BmpRouterProgram = {
  name: 'FRR bgpd',
  package: 'frr',
  program: '/usr/lib/x86_64-linux-gnu/frr/modules/bgpd_bmp.so',
  needs: 'root',
  prependsOwnAs: true,
  sends: '`bmp monitor … pre-policy`, with `soft-reconfiguration inbound`',
  async start(bgp, station, folder) {
    const place = here(folder);
    const home = `${place.outside}/frr`;
    mkdirSync(home, { recursive: true });
    writeFileSync(`${home}/bgpd.conf`, frrConfig(station));
    chmodSync(folder, 0o755);
    await place.run('chown', '-R', 'frr:frr', home);
    const files = ['-f', `${home}/bgpd.conf`, '-i', `${home}/bgpd.pid`, '--vty_socket', home];
    const listen = ['-l', ROUTER_ADDRESS, '-p', String(bgp), '-P', '0'];
    return place.start('/usr/lib/frr/bgpd', '-Z', '-n', '-M', 'bmp', ...listen, ...files);
  },
};

const gobgp: BmpRouterProgram = {
  name: 'GoBGP',
  package: 'gobgpd',
  program: 'gobgpd',
  needs: 'program',
  sends: '`route-monitoring-policy = "all"`',
  async start(bgp, station, folder) {
    const place = here(folder);
    writeFileSync(
      `${place.outside}/gobgp.toml`,
      gobgpConfig({
        as: ROUTER_AS,
        address: ROUTER_ADDRESS,
        port: bgp,
        neighbor: { address: PEER_ADDRESS, as: PEER_AS },
        tables: `[[bmp-servers]]
[bmp-servers.config]
address = "127.0.0.1"
port = ${station}
route-monitoring-policy = "all"`,
      }),
    );
    return place.start('gobgpd', '-f', `${place.inside}/gobgp.toml`, '--api-hosts', '127.0.0.9:0');
  },
};

const bird3: BmpRouterProgram = {
  name: 'BIRD',
  package: 'bird3',
  program: 'bird',
  needs: 'peers',
  sends: '`monitoring rib in pre_policy`, with `import table on`',
  async start(bgp, station) {
    const place = amongPeers();
    writeFileSync(
      `${place.outside}/bird.conf`,
      `router id ${ROUTER_ADDRESS};
protocol device {}
protocol bmp to_station {
  station address ip 127.0.0.1 port ${station};
  monitoring rib in pre_policy;
}
protocol bgp announcer {
  local ${ROUTER_ADDRESS} port ${bgp} as ${ROUTER_AS};
  neighbor ${PEER_ADDRESS} as ${PEER_AS};
  passive;
  multihop;
  ipv4 { import table on; import all; export none; };
  ipv6 { import table on; import all; export none; };
}
`,
    );
    const socket = `${place.inside}/bird.ctl`;
    const daemon = place.start('bird', '-f', '-c', `${place.inside}/bird.conf`, '-s', socket);
    return {
      output: daemon.output,
      async stop() {
        await daemon.stop();
        place.leave();
      },
    };
  },
};

export const BMP_ROUTERS: readonly BmpRouterProgram[] = [frr, gobgp, bird3];
