import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { toHex } from 'pathsec/bytes';
import { freePort, run, startDaemon } from './daemon.js';
import { compare, lineOf, scan } from './lines.js';
import { amongPeers, here, type Place } from './place.js';
import { bird, bird3 } from './rtr-bird.js';
import { openbgpd, openbgpd8 } from './rtr-openbgpd.js';
import type { Router } from './rtr-router.js';

const rtrclient: Router = {
  name: 'rtrclient (RTRlib)',
  package: 'rtr-tools',
  program: 'rtrclient',
  needs: 'program',
  versions: [1, 0],
  compared: 'VRPs and router keys printed as they come and go',
  async start(port, _folder, version) {
    const args = ['-oL', 'rtrclient', '-p', '-k', 'tcp', '127.0.0.1', String(port)];
    const daemon = startDaemon('stdbuf', args);
    return {
      stop: daemon.stop,
      async differs({ vrps, routerKeys }) {
        const held = new Set<string>();
        const pattern = /^([+-]) +([0-9a-f.:]+) +([0-9]+) - +([0-9]+) +([0-9]+)$/gm;
        for (const [, sign, ...rest] of daemon.printed().matchAll(pattern)) {
          const line = `${rest[0]}/${rest[1]}-${rest[2]} ${rest[3]}`;
          if (sign === '+') held.add(line);
          else held.delete(line);
        }
        const hex = (octets: Uint8Array): string => toHex(octets).replace(/..(?!$)/g, '$&:');
        const spoken = daemon.printed().replace(/:\s+/g, ':');
        const missing = version === 0 ? undefined : routerKeys.find((key) => !spoken.includes(hex(key.spki)));
        if (missing) return `no key of AS ${missing.asn}`;
        return compare([...held], vrps.map(lineOf));
      },
    };
  },
};

const dumping = (
  placeFor: (folder: string) => Place,
): Pick<Router, 'name' | 'package' | 'program' | 'start'> => ({
  name: 'rtrdump (StayRTR)',
  package: 'stayrtr',
  program: 'rtrdump',
  async start(port, folder, version) {
    const place = placeFor(folder);
    const asked = ['-connect', `127.0.0.1:${port}`, '-rtr.version', String(version)];
    return {
      stop: async () => place.leave(),
      async differs({ vrps, aspas, routerKeys }) {
        const file = `${place.outside}/rtrdump.json`;
        writeFileSync(file, '{}');
        await place.run('rtrdump', ...asked, '-file', `${place.inside}/rtrdump.json`);
        const dump = JSON.parse(readFileSync(file, 'utf8')) as {
          roas?: { prefix: string; maxLength: number; asn: number }[];
          bgpsec_keys?: { asn: number; ski: string; pubkey: string }[];
          provider_authorizations?: Record<'ipv4' | 'ipv6', { customer_asid: number; providers: number[] }[]>;
        };
        const { roas = [], bgpsec_keys: keys = [], provider_authorizations: aspa } = dump;
        const held = [
          ...roas.map(({ prefix, maxLength, asn }) => `${prefix}-${maxLength} ${asn}`),
          ...keys.map(({ asn, ski, pubkey }) => `${asn} ${ski} ${pubkey}`),
          ...(aspa?.ipv4 ?? []).map(({ customer_asid, providers }) => `4 ${customer_asid} ${providers}`),
          ...(aspa?.ipv6 ?? []).map(({ customer_asid, providers }) => `6 ${customer_asid} ${providers}`),
        ];
        const keyLines = routerKeys.map(({ asn, ski, spki }) => {
          return `${asn} ${toHex(ski)} ${Buffer.from(spki).toString('base64')}`;
        });
        const aspaLines = aspas.flatMap(({ customer, providers }) => {
          return [`4 ${customer} ${providers}`, `6 ${customer} ${providers}`];
        });
        return compare(held, [
          ...vrps.map(lineOf),
          ...(version >= 1 ? keyLines : []),
          ...(version === 2 ? aspaLines : []),
        ]);
      },
    };
  },
});

const rtrdump: Router = {
  ...dumping(here),
  needs: 'program',
  versions: [2, 1, 0],
  aspaLayout: '8210bis-10',
  compared: 'its dumps; version 2 with ASPAs in the layout of 8210bis-10',
};

/** The one of StayRTR 0.6 has no version 2 any more. */
const rtrdump6: Router = {
  ...dumping(() => amongPeers()),
  needs: 'peers',
  versions: [1, 0],
  compared: 'its dumps',
};

const gobgp: Router = {
  name: 'GoBGP',
  package: 'gobgpd',
  program: 'gobgpd',
  needs: 'program',
  versions: [0],
  keepsAfterReset: true,
  compared: '`rpki table` of both families',
  async start(port, folder) {
    const api = String(await freePort());
    writeFileSync(
      `${folder}/gobgp.toml`,
      `[global.config]
as = 65000
router-id = "127.0.0.8"
port = -1
[[rpki-servers]]
[rpki-servers.config]
address = "127.0.0.1"
port = ${port}
`,
    );
    const daemon = startDaemon('gobgpd', ['-f', `${folder}/gobgp.toml`, '--api-hosts', `127.0.0.1:${api}`]);
    return {
      stop: daemon.stop,
      async differs({ vrps }) {
        const tables = ['ipv4', 'ipv6'].map((family) =>
          run('gobgp', '-p', api, 'rpki', 'table', '-a', family),
        );
        const text = (await Promise.all(tables)).join('');
        return compare(scan(text, /^([0-9a-f.:]+)\/([0-9]+) +([0-9]+) +([0-9]+) /gm), vrps.map(lineOf));
      },
    };
  },
};

const frr: Router = {
  name: 'FRR bgpd (RTRlib)',
  package: 'frr-rpki-rtrlib',
  program: '/usr/lib/x86_64-linux-gnu/frr/modules/bgpd_rpki.so',
  needs: 'root',
  versions: [1, 0],
  compared: '`show rpki prefix-table`',
  async start(port, folder) {
    const home = `${folder}/frr`;
    mkdirSync(home, { recursive: true });
    const config = `${home}/bgpd.conf`;
    writeFileSync(config, `rpki\n rpki cache 127.0.0.1 ${port} preference 1\nexit\n`);
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number(await run('id', flag, 'frr'))),
    );
    chmodSync(folder, 0o755);
    for (const path of [home, config]) chownSync(path, uid ?? 0, gid ?? 0);
    const files = ['-f', config, '-i', `${home}/bgpd.pid`, '--vty_socket', home];
    const daemon = startDaemon('/usr/lib/frr/bgpd', [
      '-Z',
      '-n',
      '-p',
      '0',
      '-P',
      '0',
      '-M',
      'rpki',
      ...files,
    ]);
    return {
      stop: daemon.stop,
      async differs({ vrps }) {
        const text = await run('vtysh', '--vty_socket', home, '-c', 'show rpki prefix-table');
        const pattern = /^([0-9a-f.:]+) +([0-9]+) - +([0-9]+) +([0-9]+)\s*$/gm;
        return compare(scan(text, pattern), vrps.map(lineOf));
      },
    };
  },
};

/** Every router that the interoperability run feeds. */
export const ROUTERS: readonly Router[] = [
  rtrclient,
  rtrdump,
  rtrdump6,
  bird,
  bird3,
  gobgp,
  openbgpd,
  openbgpd8,
  frr,
];
