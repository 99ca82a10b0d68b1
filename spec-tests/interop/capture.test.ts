import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatAsPath } from 'pathsec/bgp';
import { formatAddress, formatPrefix } from 'pathsec/inet';
import { createRouteReader, type Element } from 'pathsec/routes';
import { afterEach, describe, expect, it } from 'vitest';
import { findProgram, freePort, settle } from './daemon.js';
import { gobgpConfig } from './gobgp-config.js';
import { here } from './place.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const BIRD = { address: '127.0.0.21', as: 64496 };
const GOBGP = { address: '127.0.0.22', as: 64511 };

/** BIRD announces two paths of one prefix by ADD-PATH, paths of its own making, IPv6, and withdraws one route. */
const birdConfig = (port: number): string => `router id ${BIRD.address};
protocol device {}
protocol static one { ipv4; route 198.51.100.0/24 blackhole; route 203.0.113.0/24 blackhole; }
protocol static two { ipv4 { preference 150; }; route 198.51.100.0/24 unreachable; }
protocol static gone { ipv4; route 192.0.2.0/24 blackhole; }
protocol static six { ipv6; route 2001:db8::/32 blackhole; }
filter outward { bgp_path.prepend(4200000001); if net = 203.0.113.0/24 then bgp_path.prepend(64500); accept; }
protocol bgp session {
  local ${BIRD.address} as ${BIRD.as};
  neighbor ${GOBGP.address} port ${port} as ${GOBGP.as};
  multihop;
  connect delay time 1; connect retry time 1; error wait time 1, 2;
  ipv4 { import all; export filter outward; add paths tx; };
  ipv6 { import all; export filter outward; next hop address 2001:db8::2; };
}
`;

/** The routes and withdrawals of a capture as text, and with the number of their packets. */
function read(octets: Uint8Array) {
  const lines: string[] = [];
  const prefixes: string[] = [];
  const reader = createRouteReader((element, source) => {
    if (!('prefix' in element)) return;
    lines.push(shown(element));
    prefixes.push(`${source.number} ${formatPrefix(element.prefix)}`);
  });
  reader.push(octets);
  reader.end();
  return { lines, prefixes, summary: reader.summary };
}

function shown(element: Extract<Element, { prefix: unknown }>): string {
  const { kind, peer, peerAs, prefix, pathId } = element;
  const path = element.kind === 'route' ? ` ${formatAsPath(element.asPath)}` : '';
  return `${kind} ${formatAddress(peer.address)} AS${peerAs} ${formatPrefix(prefix)}${pathId === undefined ? '' : ' id'}${path}`;
}

/** What tshark finds: the number of the packet with each prefix. */
function dissected(file: string, port: number): string[] {
  const text = execFileSync(
    'tshark',
    ['-r', file, '-d', `tcp.port==${port},bgp`, '-Y', 'bgp.type==2', '-T', 'pdml'],
    { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return text
    .split('<packet>')
    .slice(1)
    .flatMap((packet) => {
      const [, frame = ''] = /<field name="frame\.number"[^>]* show="(\d+)"/.exec(packet) ?? [];
      return [...packet.matchAll(/name="" show="([0-9a-f.:]+\/\d+)(?: PathId \d+ ?)?"/g)].map(
        ([, prefix = '']) => `${frame} ${prefix}`,
      );
    });
}

const missing = ['dumpcap', 'bird', 'gobgpd', 'tshark'].find((program) => !findProgram(program));
const lacking = missing ?? (process.getuid?.() === 0 ? undefined : 'root');

describe('a session of BIRD and GoBGP that dumpcap captures', () => {
  if (lacking !== undefined) {
    it.skip(`needs ${lacking}`, () => {});
    return;
  }
  it('gives what both sent, with ADD-PATH in one direction, as tshark reads it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pathsec-capture-'));
    closers.push(() => rmSync(folder, { recursive: true, force: true }));
    const place = here(folder);
    const port = await freePort();
    const api = await freePort();
    const file = join(folder, 'session.pcapng');
    const capture = place.start('dumpcap', '-q', '-i', 'lo', '-f', `tcp port ${port}`, '-w', file);
    closers.push(() => capture.stop());
    const until = async (ask: () => Promise<string | undefined>): Promise<void> => {
      expect(await settle(ask)).toBeUndefined();
    };
    await until(async () => (capture.output().includes('File:') ? undefined : capture.output()));

    const config = gobgpConfig({ ...GOBGP, port, neighbor: BIRD });
    const receives = '[neighbors.afi-safis.add-paths.config]\nreceive = true\n';
    writeFileSync(
      join(folder, 'gobgp.toml'),
      config.replace('"ipv4-unicast"\n', `"ipv4-unicast"\n${receives}`),
    );
    const gobgpd = place.start(
      'gobgpd',
      '-f',
      join(folder, 'gobgp.toml'),
      '--api-hosts',
      `${GOBGP.address}:${api}`,
    );
    closers.push(() => gobgpd.stop());
    writeFileSync(join(folder, 'bird.conf'), birdConfig(port));
    const socket = join(folder, 'bird.ctl');
    const bird = place.start('bird', '-f', '-c', join(folder, 'bird.conf'), '-s', socket);
    closers.push(() => bird.stop());
    const gobgp = (...args: string[]) => place.run('gobgp', '-u', GOBGP.address, '-p', String(api), ...args);

    const captured = () => read(readFileSync(file));
    const told = (line: string) => async () =>
      captured().lines.includes(line) ? undefined : captured().lines.join('\n') || bird.output();
    await until(told(`route ${BIRD.address} AS${BIRD.as} 2001:db8::/32 64496 4200000001`));
    await until(told(`route ${BIRD.address} AS${BIRD.as} 192.0.2.0/24 id 64496 4200000001`));
    await gobgp('global', 'rib', 'add', '10.9.0.0/16');
    await until(told(`route ${GOBGP.address} AS${GOBGP.as} 10.9.0.0/16 64511`));
    await place.run('birdc', '-s', socket, 'disable', 'gone');
    await until(told(`withdrawal ${BIRD.address} AS${BIRD.as} 192.0.2.0/24 id`));
    await capture.stop();

    const { lines, prefixes, summary } = captured();
    expect([...lines].sort()).toEqual([
      'route 127.0.0.21 AS64496 192.0.2.0/24 id 64496 4200000001',
      'route 127.0.0.21 AS64496 198.51.100.0/24 id 64496 4200000001',
      'route 127.0.0.21 AS64496 198.51.100.0/24 id 64496 4200000001',
      'route 127.0.0.21 AS64496 2001:db8::/32 64496 4200000001',
      'route 127.0.0.21 AS64496 203.0.113.0/24 id 64496 64500 4200000001',
      'route 127.0.0.22 AS64511 10.9.0.0/16 64511',
      'withdrawal 127.0.0.21 AS64496 192.0.2.0/24 id',
    ]);
    expect(summary.problems.first).toEqual([]);
    expect([...prefixes].sort()).toEqual(dissected(file, port).sort());
    // The same in the forms that other programs make of the file, and with packets cut short.
    for (const form of ['pcap', 'nsecpcap', 'pcapng']) {
      const other = join(folder, `session.${form}`);
      execFileSync('editcap', ['-F', form, file, other]);
      expect(read(readFileSync(other)).lines).toEqual(lines);
    }
    const short = join(folder, 'short.pcap');
    execFileSync('editcap', ['-F', 'pcap', '-s', '100', file, short]);
    expect(read(readFileSync(short)).summary.problems.byCode.get('packet-cut')).toBeGreaterThan(0);
  });
});
