import { chmodSync, writeFileSync } from 'node:fs';
import { formatPrefix } from 'pathsec/inet';
import type { Vrp } from 'pathsec/payload';
import { createRovTable, validateOrigin } from 'pathsec/rov';
import { freePort } from './daemon.js';
import { amongPeers, here } from './place.js';
import type { Router } from './rtr-router.js';

/** The AS of the OpenBGPD under test: its own networks have it as origin. */
export const OPENBGPD_AS = 65_000;

const about: Pick<Router, 'name' | 'program' | 'start'> = {
  name: 'OpenBGPD',
  program: 'bgpctl',
  async start(port, folder, version) {
    const place = version === 2 ? amongPeers() : here(folder);
    await place.run('mkdir', '-p', '/run/openbgpd');
    const socket = `${place.inside}/bgpd.sock`;
    const config = `${place.outside}/bgpd.conf`;
    writeFileSync(
      config,
      `AS ${OPENBGPD_AS}
router-id 127.0.0.7
fib-update no
listen on 127.0.0.7 port ${await freePort()}
socket "${socket}"
rtr 127.0.0.1 {
	port ${port}${version === 2 ? '\n\tmin-version 2' : ''}
}
neighbor 127.0.0.5 {
	remote-as 65001
	passive
	announce IPv6 unicast
}
`,
    );
    chmodSync(config, 0o600);
    const daemon = place.start('/usr/sbin/bgpd', '-d', '-f', `${place.inside}/bgpd.conf`);
    const ctl = (...args: string[]): Promise<string> => place.run('bgpctl', '-s', socket, ...args);
    // bgpd counts prefixes, not VRPs.
    const sizes = (vrps: readonly Vrp[], afi: number): number =>
      new Set(vrps.filter(({ prefix }) => prefix.afi === afi).map(({ prefix }) => formatPrefix(prefix))).size;
    let added: readonly string[] = [];
    const verdicts = async (networks: readonly string[]): Promise<string> => {
      // A network is judged when it is added: those of the last time go first.
      for (const network of added) await ctl('network', 'delete', network);
      added = networks;
      for (const network of added) await ctl('network', 'add', network);
      const { rib = [] } = JSON.parse((await ctl('-j', 'show', 'rib')) || '{}') as {
        rib?: { prefix: string; ovs: string }[];
      };
      return rib
        .map(({ prefix, ovs }) => `${prefix} ${ovs}`)
        .toSorted()
        .join('\n');
    };
    return {
      async stop() {
        await daemon.stop();
        place.leave();
      },
      async differs({ aspas, vrps }) {
        const { sets = [] } = JSON.parse((await ctl('-j', 'show', 'sets')) || '{}') as {
          sets?: { type: string; num_IPv4: number; num_IPv6: number; num_ASnum?: number }[];
        };
        const roas = sets.find(({ type }) => type === 'ROA');
        if (roas?.num_IPv4 !== sizes(vrps, 1) || roas.num_IPv6 !== sizes(vrps, 2)) {
          return `${roas?.num_IPv4} IPv4 and ${roas?.num_IPv6} IPv6`;
        }
        const attested = sets.find(({ type }) => type === 'ASPA')?.num_ASnum;
        if (version === 2 && attested !== aspas.length) return `${attested} ASPAs`;
        const table = createRovTable(vrps);
        const prefixes = vrps.flatMap(({ prefix }) => [prefix, { ...prefix, length: prefix.length + 1 }]);
        const expected = new Map(
          prefixes.map((prefix) => [formatPrefix(prefix), validateOrigin(table, prefix, OPENBGPD_AS)]),
        );
        const text = [...expected]
          .map(([prefix, verdict]) => `${prefix} ${verdict}`)
          .toSorted()
          .join('\n');
        const held = await verdicts([...expected.keys()]);
        return held === text ? undefined : held;
      },
    };
  },
};

export const openbgpd: Router = {
  ...about,
  package: 'openbgpd',
  needs: 'root',
  versions: [1],
  compared: 'set sizes, and `ovs` of a network for each VRP and one more specific',
};

/** OpenBGPD 8 has a set of ASPAs and speaks version 2. */
export const openbgpd8: Router = {
  ...about,
  package: 'openbgpd',
  needs: 'peers',
  versions: [2],
  compared: 'set sizes, that of ASPAs too, and `ovs` of a network for each VRP and one more specific',
};
