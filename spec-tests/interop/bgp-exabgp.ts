import { chmodSync, writeFileSync } from 'node:fs';
import { ended, FIRST, IPV6, type Neighbor, OWN, SECOND, THEIRS, WITHDRAWN } from './bgp-neighbor.js';
import { amongPeers } from './place.js';

export const exabgp: Neighbor['start'] = async ({ ownPort }) => {
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
