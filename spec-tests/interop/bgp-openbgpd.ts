import { chmodSync, writeFileSync } from 'node:fs';
import { ended, FIRST, IPV6, type Neighbor, OWN, SECOND, THEIRS, WITHDRAWN } from './bgp-neighbor.js';
import { amongPeers, here } from './place.js';

export function openbgpd(peers: boolean): Neighbor['start'] {
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
