import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeNlri, formatAsPath } from 'pathsec/bgp';
import { formatPrefix } from 'pathsec/inet';
import { startBgpSpeaker } from 'pathsec/node';
import { createRouteReader } from 'pathsec/routes';
import { afterEach, describe, expect, it } from 'vitest';
import { attributes, mpReach, nlri, update } from '../routes/fixtures.js';
import { connectPeer } from './bgp-peer.js';
import { freePort, run, settle } from './daemon.js';
import { gobgpConfig } from './gobgp-config.js';
import { amongPeers, here, lackingFor, type Peer } from './place.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const ROUTER = { as: 64_511, address: '127.0.0.9' } as const;
const OWN = { as: 64_496, address: '127.0.0.5' } as const;

const MESSAGES = [
  update({
    attributes: attributes('64496 64497 {64498 64499}'),
    nlri: encodeNlri(nlri('198.51.100.128/25', '203.0.113.0/24'), false),
  }),
  update({ attributes: attributes('64496 4200000001'), nlri: encodeNlri(nlri('10.0.0.0/8'), false) }),
  update({
    attributes: [
      mpReach(encodeNlri(nlri('2001:db8::/32', '2001:db8:1234:5678:9abc::/80'), false)),
      ...attributes('64496 64500').slice(0, 2),
    ],
  }),
];
const ROUTES = [
  '10.0.0.0/8 64496 4200000001',
  '198.51.100.128/25 64496 64497 {64498,64499}',
  '2001:db8:1234:5678:9abc::/80 64496 64500',
  '2001:db8::/32 64496 64500',
  '203.0.113.0/24 64496 64497 {64498,64499}',
];

/** The distinct routes of our AS in what a program printed, and what could not be read. */
function routesIn(text: string): { readonly routes: string[]; readonly problems: string[] } {
  const routes = new Set<string>();
  const reader = createRouteReader((element) => {
    if (element.kind === 'route' && element.peerAs === OWN.as)
      routes.add(`${formatPrefix(element.prefix)} ${formatAsPath(element.asPath)}`);
  });
  reader.push(new TextEncoder().encode(text));
  reader.end();
  return {
    routes: [...routes].sort(),
    problems: reader.summary.problems.first.map(({ message }) => message),
  };
}

/** Asks until the program prints all routes. */
async function printsAll(print: () => Promise<string>): Promise<void> {
  let text = '';
  await settle(async () => {
    text = await print();
    return routesIn(text).routes.length >= ROUTES.length ? undefined : text;
  });
  expect(routesIn(text), text).toEqual({ routes: ROUTES, problems: [] });
}

function printed(title: string, peer: Peer, body: (folder: string) => Promise<void>): void {
  const lacking = lackingFor(peer);
  if (lacking) it.skip(`${title}: ${lacking}`, () => {});
  else
    it(title, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'pathsec-printed-'));
      closers.push(() => rmSync(folder, { recursive: true, force: true }));
      chmodSync(folder, 0o755);
      await body(folder);
    });
}

async function announceTo(port: number): Promise<void> {
  const peer = await connectPeer({ from: OWN.address, to: ROUTER.address, port, asn: OWN.as });
  closers.push(() => peer.close());
  for (const message of MESSAGES) peer.send(message);
}

describe('what programs print of routes that they received is read', () => {
  printed(
    'show ip bgp of FRR',
    { program: '/usr/lib/frr/bgpd', package: 'frr', needs: 'root' },
    async (folder) => {
      const home = `${folder}/frr`;
      mkdirSync(home);
      writeFileSync(
        `${home}/bgpd.conf`,
        `router bgp ${ROUTER.as}
 bgp router-id ${ROUTER.address}
 no bgp ebgp-requires-policy
 neighbor ${OWN.address} remote-as ${OWN.as}
 neighbor ${OWN.address} passive
 neighbor ${OWN.address} ebgp-multihop 8
 neighbor ${OWN.address} disable-connected-check
 address-family ipv6 unicast
  neighbor ${OWN.address} activate
 exit-address-family
exit
`,
      );
      const place = here(folder);
      await place.run('chown', '-R', 'frr:frr', home);
      const port = await freePort();
      const files = ['-f', `${home}/bgpd.conf`, '-i', `${home}/bgpd.pid`, '--vty_socket', home];
      const listen = ['-l', ROUTER.address, '-p', String(port), '-P', '0'];
      const daemon = place.start('/usr/lib/frr/bgpd', '-Z', '-n', ...listen, ...files);
      closers.push(() => daemon.stop());
      await announceTo(port);
      const tables = ['show ip bgp', 'show bgp ipv6 unicast'].flatMap((say) => ['-c', say]);
      await printsAll(() => run('vtysh', '--vty_socket', home, ...tables));
    },
  );

  printed('JSON of gobgp', { program: 'gobgpd', package: 'gobgpd', needs: 'program' }, async (folder) => {
    const [port, api] = [await freePort(), String(await freePort())];
    writeFileSync(`${folder}/gobgp.toml`, gobgpConfig({ ...ROUTER, port, neighbor: OWN }));
    const place = here(folder);
    const daemon = place.start('gobgpd', '-f', `${folder}/gobgp.toml`, '--api-hosts', `127.0.0.1:${api}`);
    closers.push(() => daemon.stop());
    const gobgp = (...words: string[]): Promise<string> => run('gobgp', '-p', api, '-j', ...words);
    await settle(async () => ((await gobgp('global')) === '' ? 'no answer' : undefined));
    const monitors = ['ipv4', 'ipv6'].map((family) =>
      place.start('gobgp', '-p', api, '-j', 'monitor', 'global', 'rib', '-a', family),
    );
    for (const monitor of monitors) closers.push(() => monitor.stop());
    await announceTo(port);
    await printsAll(async () => {
      const tables = await Promise.all(
        ['ipv4', 'ipv6'].map((family) => gobgp('global', 'rib', '-a', family)),
      );
      return tables.map((table) => table.trim()).join('\n');
    });
    await printsAll(async () => monitors.map((monitor) => monitor.printed()).join('\n'));
  });

  printed('JSON of ExaBGP', { program: 'exabgp', package: 'exabgp', needs: 'peers' }, async () => {
    const place = amongPeers();
    closers.push(() => place.leave());
    chmodSync(place.outside, 0o777);
    writeFileSync(
      `${place.outside}/keep.sh`,
      `#!/bin/sh\n# ExaBGP makes the pipe one that does not block, which ends cat.\nwhile :; do cat >> ${place.inside}/heard.jsonl 2>/dev/null; sleep 0.1; done\n`,
    );
    chmodSync(`${place.outside}/keep.sh`, 0o755);
    const port = await freePort();
    writeFileSync(
      `${place.outside}/exabgp.conf`,
      `process keep {
  run ${place.inside}/keep.sh;
  encoder json;
}
neighbor ${OWN.address} {
  router-id ${ROUTER.address};
  local-address ${ROUTER.address};
  local-as ${ROUTER.as};
  peer-as ${OWN.as};
  connect ${port};
  family { ipv4 unicast; ipv6 unicast; }
  api { processes [ keep ]; receive { parsed; update; } }
}
`,
    );
    const speaker = await startBgpSpeaker({
      listen: { host: OWN.address, port },
      peers: [
        {
          session: { localAs: OWN.as, routerId: 0x7f000005, peerAs: ROUTER.as },
          address: ROUTER.address,
          localAddress: OWN.address,
        },
      ],
      onReport(connection, _, report) {
        if (report.kind === 'state' && report.state === 'Established')
          for (const message of MESSAGES) connection.send(message);
      },
    });
    closers.push(() => speaker.stop());
    const settings = ['exabgp.daemon.user=root', 'exabgp.tcp.attempts=0', 'exabgp.api.cli=false'];
    const daemon = place.start('env', ...settings, 'exabgp', `${place.inside}/exabgp.conf`);
    closers.push(() => daemon.stop());
    await printsAll(async () => {
      try {
        return readFileSync(`${place.outside}/heard.jsonl`, 'utf8');
      } catch {
        return ''; // it has not begun
      }
    });
  });
});
