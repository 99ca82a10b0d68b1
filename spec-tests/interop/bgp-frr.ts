import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { ended, FIRST, IPV6, type Neighbor, OWN, SECOND, THEIRS, WITHDRAWN } from './bgp-neighbor.js';
import { run } from './daemon.js';
import { here } from './place.js';

export const frr: Neighbor['start'] = async ({ folder, ownPort, theirPort, role }) => {
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
    held: async () => {
      const text = await run('vtysh', '--vty_socket', home, '-c', 'show bgp summary json');
      return [...text.matchAll(/"pfxRcd":\s*(\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0);
    },
    stop: () => ended(daemon.stop(), place),
  };
};
