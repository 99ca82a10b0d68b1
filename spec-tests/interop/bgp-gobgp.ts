import { writeFileSync } from 'node:fs';
import { ended, FIRST, IPV6, type Neighbor, OWN, SECOND, THEIRS, WITHDRAWN } from './bgp-neighbor.js';
import { freePort, run } from './daemon.js';
import { gobgpConfig } from './gobgp-config.js';
import { here } from './place.js';

export const gobgp: Neighbor['start'] = async ({ folder, ownPort, theirPort }) => {
  const api = String(await freePort());
  writeFileSync(
    `${folder}/gobgp.toml`,
    gobgpConfig({
      ...THEIRS,
      port: theirPort,
      neighbor: OWN,
      timers: 'connect-retry = 1\nidle-hold-time-after-reset = 1',
      transport: `local-address = "${THEIRS.address}"
remote-port = ${ownPort ?? 1}
passive-mode = ${ownPort === undefined}`,
    }),
  );
  const place = here(folder);
  const daemon = place.start('gobgpd', '-f', `${folder}/gobgp.toml`, '--api-hosts', `127.0.0.1:${api}`);
  const rib = (...words: string[]): Promise<string> => run('gobgp', '-p', api, 'global', 'rib', ...words);
  while ((await run('gobgp', '-p', api, 'global')) === '')
    await new Promise((resolve) => setTimeout(resolve, 100));
  for (const prefix of [FIRST, SECOND, WITHDRAWN]) await rib('add', prefix);
  await rib('-a', 'ipv6', 'add', IPV6, 'nexthop', '2001:db8::2');
  const heldOf = async (family: string): Promise<number> => {
    const text = await run('gobgp', '-p', api, 'neighbor', OWN.address, 'adj-in', '-a', family);
    return text.split('\n').filter((line) => /[0-9a-f.:]+\/\d+ /.test(line)).length;
  };
  const held = async (): Promise<number> => (await heldOf('ipv4')) + (await heldOf('ipv6'));
  return { withdraw: () => rib('del', WITHDRAWN), held, stop: () => ended(daemon.stop(), place) };
};
