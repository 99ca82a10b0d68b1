import { writeFileSync } from 'node:fs';
import { ended, FIRST, IPV6, type Neighbor, OWN, SECOND, THEIRS, WITHDRAWN } from './bgp-neighbor.js';
import { amongPeers, here } from './place.js';

export function bird(peers: boolean): Neighbor['start'] {
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
  ipv4 { import all; export all; };
  ipv6 { import all; export all; next hop address 2001:db8::2; };
}
`,
    );
    const socket = `${place.inside}/bird.ctl`;
    const daemon = place.start('bird', '-f', '-c', `${place.inside}/bird.conf`, '-s', socket);
    return {
      withdraw: () => place.run('birdc', '-s', socket, 'disable', 'gone'),
      ended: () => place.run('birdc', '-s', socket, 'show', 'protocols', 'all', 'session'),
      held: async () => {
        const text = await place.run('birdc', '-s', socket, 'show', 'route', 'protocol', 'session', 'count');
        return [...text.matchAll(/^(\d+) of \d+ routes .* in table/gm)].reduce(
          (sum, [, n]) => sum + Number(n),
          0,
        );
      },
      stop: () => ended(daemon.stop(), place),
    };
  };
}
