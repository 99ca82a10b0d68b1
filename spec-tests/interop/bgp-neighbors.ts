import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { freePort, run } from './daemon.js';
import { amongPeers, here, type Place } from './place.js';

/**
 * What every neighbour announces at first; the last IPv4 prefix is withdrawn later. ExaBGP 4.2.25 refuses its neighbour beside a
 * route of IPv6 with 32 bits: it takes the mask of one for that of the other.
 */
export const PREFIXES = ['192.0.2.0/24', '198.51.100.128/25', '203.0.113.0/24', '2001:db8::/48'] as const;
const [FIRST, SECOND, WITHDRAWN, IPV6] = PREFIXES;

export const OWN = { as: 64_500, address: '127.0.0.1' } as const;
export const THEIRS = { as: 64_499, address: '127.0.0.2' } as const;

/** How a neighbour is to speak. */
export interface Speaking {
  /** Scratch folder. */
  readonly folder: string;
  /** It connects to this port; undefined: it waits at `theirPort`. */
  readonly ownPort: number | undefined;
  readonly theirPort: number;
  /** Its role (RFC 9234), where it knows roles. */
  readonly role: string | undefined;
}

export interface RunningNeighbor {
  /** Withdraws the last IPv4 prefix. */
  withdraw(): Promise<unknown>;
  /** What it says of the session, where it tells why that ended. */
  ended?(): Promise<string>;
  stop(): Promise<void>;
}

/** A BGP speaker of somebody else. */
export interface Neighbor {
  readonly name: string;
  /** Debian package. */
  readonly package: string;
  readonly program: string;
  readonly needs: 'program' | 'root' | 'peers';
  readonly roles: boolean;
  /** It sends End-of-RIB to a peer that has not offered graceful restart. */
  readonly endOfRib: boolean;
  /** It announces IPv6 over a session of IPv4 addresses with the next hop that it is told. */
  readonly ipv6: boolean;
  /** It can wait for us. */
  readonly waits: boolean;
  start(speaking: Speaking): Promise<RunningNeighbor>;
}

function bird(peers: boolean): Neighbor['start'] {
  return async ({ folder, ownPort, theirPort, role }) => {
    const place = peers ? amongPeers() : here(folder);
    writeFileSync(
      `${place.outside}/bird.conf`,
      `router id ${THEIRS.address};
protocol device {}
protocol static s4 { ipv4; route ${FIRST} blackhole; route ${SECOND} blackhole; }
protocol static gone { ipv4; route ${WITHDRAWN} blackhole; }
protocol static s6 { ipv6; route ${IPV6} blackhole; }
protocol bgp session {
  local ${THEIRS.address} port ${theirPort} as ${THEIRS.as};
  neighbor ${OWN.address} port ${ownPort ?? 1} as ${OWN.as};
  multihop;
  ${ownPort === undefined ? 'passive;' : 'connect delay time 1; connect retry time 1; error wait time 1, 2;'}
  ${role === undefined ? '' : `local role ${role};`}
  ipv4 { import none; export all; };
  ipv6 { import none; export all; next hop address 2001:db8::2; };
}
`,
    );
    const socket = `${place.inside}/bird.ctl`;
    const daemon = place.start('bird', '-f', '-c', `${place.inside}/bird.conf`, '-s', socket);
    return {
      withdraw: () => place.run('birdc', '-s', socket, 'disable', 'gone'),
      ended: () => place.run('birdc', '-s', socket, 'show', 'protocols', 'all', 'session'),
      stop: () => ended(daemon.stop(), place),
    };
  };
}

function openbgpd(peers: boolean): Neighbor['start'] {
  return async ({ folder, ownPort, theirPort, role }) => {
    const place = peers ? amongPeers() : here(folder);
    await place.run('mkdir', '-p', '/run/openbgpd');
    const socket = `${place.inside}/bgpd.sock`;
    const config = `${place.outside}/bgpd.conf`;
    writeFileSync(
      config,
      `AS ${THEIRS.as}
router-id ${THEIRS.address}
fib-update no
listen on ${THEIRS.address} port ${theirPort}
socket "${socket}"
network ${FIRST}
network ${SECOND}
network ${WITHDRAWN}
network ${IPV6}
neighbor ${OWN.address} {
	remote-as ${OWN.as}
	${ownPort === undefined ? 'passive' : `port ${ownPort}`}
	local-address ${THEIRS.address}
	multihop 8
	announce IPv4 unicast
	announce IPv6 unicast${role === undefined ? '' : `\n\trole ${role}`}
}
allow to any
match to any prefix ${IPV6} set nexthop 2001:db8::2
allow from any
`,
    );
    chmodSync(config, 0o600);
    const daemon = place.start('/usr/sbin/bgpd', '-d', '-f', `${place.inside}/bgpd.conf`);
    return {
      withdraw: () => place.run('bgpctl', '-s', socket, 'network', 'delete', WITHDRAWN),
      ended: () => place.run('bgpctl', '-s', socket, 'show', 'neighbor', OWN.address),
      stop: () => ended(daemon.stop(), place),
    };
  };
}

const gobgp: Neighbor['start'] = async ({ folder, ownPort, theirPort }) => {
  const api = String(await freePort());
  writeFileSync(
    `${folder}/gobgp.toml`,
    `[global.config]
as = ${THEIRS.as}
router-id = "${THEIRS.address}"
port = ${theirPort}
local-address-list = ["${THEIRS.address}"]
[[neighbors]]
[neighbors.config]
neighbor-address = "${OWN.address}"
peer-as = ${OWN.as}
[neighbors.timers.config]
connect-retry = 1
idle-hold-time-after-reset = 1
[neighbors.transport.config]
local-address = "${THEIRS.address}"
remote-port = ${ownPort ?? 1}
passive-mode = ${ownPort === undefined}
[[neighbors.afi-safis]]
[neighbors.afi-safis.config]
afi-safi-name = "ipv4-unicast"
[[neighbors.afi-safis]]
[neighbors.afi-safis.config]
afi-safi-name = "ipv6-unicast"
`,
  );
  const place = here(folder);
  const daemon = place.start('gobgpd', '-f', `${folder}/gobgp.toml`, '--api-hosts', `127.0.0.1:${api}`);
  const rib = (...words: string[]): Promise<string> => run('gobgp', '-p', api, 'global', 'rib', ...words);
  while ((await run('gobgp', '-p', api, 'global')) === '')
    await new Promise((resolve) => setTimeout(resolve, 100));
  for (const prefix of [FIRST, SECOND, WITHDRAWN]) await rib('add', prefix);
  await rib('-a', 'ipv6', 'add', IPV6, 'nexthop', '2001:db8::2');
  return { withdraw: () => rib('del', WITHDRAWN), stop: () => ended(daemon.stop(), place) };
};

const frr: Neighbor['start'] = async ({ folder, ownPort, theirPort, role }) => {
  const place = here(folder);
  const home = `${folder}/frr`;
  mkdirSync(home, { recursive: true });
  const config = `${home}/bgpd.conf`;
  const neighbor = (words: string): string => ` neighbor ${OWN.address} ${words}\n`;
  writeFileSync(
    config,
    `router bgp ${THEIRS.as}
 bgp router-id ${THEIRS.address}
 no bgp ebgp-requires-policy
 no bgp network import-check
${neighbor(`remote-as ${OWN.as}`)}${neighbor(ownPort === undefined ? 'passive' : `port ${ownPort}`)}${neighbor(
  `update-source ${THEIRS.address}`,
)}${neighbor('ebgp-multihop 255')}${neighbor('timers connect 1')}${role === undefined ? '' : neighbor(`local-role ${role}`)} address-family ipv4 unicast
  network ${FIRST}
  network ${SECOND}
  network ${WITHDRAWN}
 exit-address-family
 address-family ipv6 unicast
  network ${IPV6}
  neighbor ${OWN.address} activate
  neighbor ${OWN.address} route-map six out
 exit-address-family
exit
route-map six permit 10
 set ipv6 next-hop global 2001:db8::2
exit
`,
  );
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number(await run('id', flag, 'frr'))),
  );
  chmodSync(folder, 0o755);
  for (const path of [home, config]) chownSync(path, uid ?? 0, gid ?? 0);
  const files = ['-f', config, '-i', `${home}/bgpd.pid`, '--vty_socket', home];
  const listen = ['-l', THEIRS.address, '-p', String(theirPort), '-P', '0'];
  const daemon = place.start('/usr/lib/frr/bgpd', '-Z', '-n', ...listen, ...files);
  const say = [
    'configure terminal',
    `router bgp ${THEIRS.as}`,
    'address-family ipv4 unicast',
    `no network ${WITHDRAWN}`,
  ];
  return {
    withdraw: () => run('vtysh', '--vty_socket', home, ...say.flatMap((line) => ['-c', line])),
    ended: () => run('vtysh', '--vty_socket', home, '-c', `show bgp neighbors ${OWN.address}`),
    stop: () => ended(daemon.stop(), place),
  };
};

const exabgp: Neighbor['start'] = async ({ ownPort }) => {
  const place = amongPeers();
  const flag = `${place.inside}/withdraw`;
  writeFileSync(
    `${place.outside}/say.sh`,
    `#!/bin/sh
while [ ! -e ${flag} ]; do sleep 0.2; done
echo "withdraw route ${WITHDRAWN} next-hop ${THEIRS.address}"
while :; do sleep 1; done
`,
  );
  chmodSync(`${place.outside}/say.sh`, 0o755);
  chmodSync(place.outside, 0o755);
  writeFileSync(
    `${place.outside}/exabgp.conf`,
    `process say {
  run ${place.inside}/say.sh;
  encoder text;
}
neighbor ${OWN.address} {
  router-id ${THEIRS.address};
  local-address ${THEIRS.address};
  local-as ${THEIRS.as};
  peer-as ${OWN.as};
  connect ${ownPort ?? 1};
  family { ipv4 unicast; ipv6 unicast; }
  api { processes [ say ]; }
  static {
    route ${FIRST} next-hop ${THEIRS.address};
    route ${SECOND} next-hop ${THEIRS.address};
    route ${WITHDRAWN} next-hop ${THEIRS.address};
    route ${IPV6} next-hop 2001:db8::2;
  }
}
`,
  );
  const daemon = place.start(
    'env',
    'exabgp.daemon.user=root',
    'exabgp.tcp.attempts=0',
    'exabgp.api.cli=false',
    'exabgp',
    `${place.inside}/exabgp.conf`,
  );
  return {
    async withdraw() {
      writeFileSync(`${place.outside}/withdraw`, '');
    },
    stop: () => ended(daemon.stop(), place),
  };
};

async function ended(stopped: Promise<void>, place: Place): Promise<void> {
  await stopped;
  place.leave();
}

/** Every neighbour that is spoken with. */
export const NEIGHBORS: readonly Neighbor[] = [
  {
    name: 'BIRD',
    package: 'bird2',
    program: 'bird',
    needs: 'program',
    roles: true,
    endOfRib: true,
    ipv6: true,
    waits: true,
    start: bird(false),
  },
  {
    name: 'BIRD',
    package: 'bird3',
    program: 'bird',
    needs: 'peers',
    roles: true,
    endOfRib: true,
    ipv6: true,
    waits: true,
    start: bird(true),
  },
  {
    name: 'OpenBGPD',
    package: 'openbgpd',
    program: 'bgpctl',
    needs: 'root',
    roles: false,
    endOfRib: false,
    ipv6: true,
    waits: true,
    start: openbgpd(false),
  },
  {
    name: 'OpenBGPD 8',
    package: 'openbgpd',
    program: 'bgpctl',
    needs: 'peers',
    roles: true,
    endOfRib: false,
    ipv6: false,
    waits: true,
    start: openbgpd(true),
  },
  {
    name: 'FRR bgpd',
    package: 'frr',
    program: '/usr/lib/frr/bgpd',
    needs: 'root',
    roles: true,
    endOfRib: false,
    ipv6: true,
    waits: true,
    start: frr,
  },
  {
    name: 'GoBGP',
    package: 'gobgpd',
    program: 'gobgpd',
    needs: 'program',
    roles: false,
    endOfRib: false,
    ipv6: true,
    waits: true,
    start: gobgp,
  },
  {
    name: 'ExaBGP',
    package: 'exabgp',
    program: 'exabgp',
    needs: 'peers',
    roles: false,
    endOfRib: true,
    ipv6: true,
    waits: false,
    start: exabgp,
  },
];
