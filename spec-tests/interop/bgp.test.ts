import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatAsPath, notificationName } from 'pathsec/bgp';
import { formatPrefix } from 'pathsec/inet';
import { type BgpSpeaker, startBgpSpeaker } from 'pathsec/node';
import type { SpeakerOptions, SpeakerReport } from 'pathsec/speaker';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type BgpRow, writeBgpMatrix } from './bgp-matrix.js';
import { type Neighbor, OWN, PREFIXES, THEIRS } from './bgp-neighbor.js';
import { NEIGHBORS } from './bgp-neighbors.js';
import { freePort, settle } from './daemon.js';
import { lackingFor, versionOf } from './place.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** What came, as the routes that are held and other things by their names. */
interface Heard {
  readonly speaker: BgpSpeaker;
  readonly routes: Map<string, string>;
  readonly events: string[];
}

async function speak(port: number, listens: boolean, options: Partial<SpeakerOptions>): Promise<Heard> {
  const routes = new Map<string, string>();
  const events: string[] = [];
  const note = (report: SpeakerReport): void => {
    if (report.kind === 'state') events.push(report.state);
    else if (report.kind === 'end-of-rib') events.push(`end-of-rib ${report.afi}/${report.safi}`);
    else if (report.kind === 'fault') events.push(`fault ${report.fault.code}: ${report.fault.message}`);
    else if (report.kind === 'notification-received' || report.kind === 'notification-sent') {
      events.push(`${report.kind}: ${notificationName(report.notification)}`);
    } else if (report.kind === 'update') {
      for (const { routes: gone } of report.withdrawn)
        for (const { prefix } of gone) routes.delete(formatPrefix(prefix));
      const path = formatAsPath(report.update.asPath ?? []);
      for (const { routes: come } of report.announced)
        for (const { prefix } of come) routes.set(formatPrefix(prefix), path);
    }
  };
  const session = { localAs: OWN.as, routerId: 0x7f000001, peerAs: THEIRS.as, holdTime: 30, ...options };
  const where = { address: THEIRS.address, localAddress: OWN.address };
  const speaker = await startBgpSpeaker({
    peers: [{ session: { ...session, idleHold: [0.3, 1] }, ...where, ...(!listens && { port }) }],
    ...(listens && { listen: { host: OWN.address, port } }),
    onReport: (_, __, report) => note(report),
  });
  closers.push(() => speaker.stop());
  return { speaker, routes, events };
}

/** Undefined once all of `wanted` is there. */
const has = (heard: Heard, ...wanted: readonly string[]): Promise<string | undefined> =>
  settle(async () => {
    const missing = wanted.filter((one) => !heard.events.includes(one));
    return missing.length === 0 ? undefined : `no ${missing.join()} among ${heard.events.join()}`;
  });
const holds = (heard: Heard, prefixes: readonly string[]): Promise<string | undefined> =>
  settle(async () => {
    const held = [...heard.routes.keys()].toSorted().join();
    return held === prefixes.toSorted().join() ? undefined : held;
  });

const rows: BgpRow[] = [];
const wanted: string[] = [];

function row(neighbor: Neighbor, what: string, body: (folder: string) => Promise<string>): void {
  const { needs, name: peer, package: pack } = neighbor;
  const name = `${peer} (${pack}): ${what}`;
  wanted.push(name);
  const lacking = lackingFor(neighbor);
  if (lacking) {
    it.skip(`${name}: ${lacking}`, () => {});
  } else {
    it(name, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'pathsec-interop-'));
      closers.push(() => rmSync(folder, { recursive: true, force: true }));
      const entry: BgpRow = { peer, package: pack, needs, what, result: 'failed' };
      rows.push(entry);
      entry.result = await body(folder);
    });
  }
}

const END_OF_RIB = ['end-of-rib 1/1', 'end-of-rib 2/1'];

describe.each(NEIGHBORS)('$name ($package)', (neighbor) => {
  const all = PREFIXES.filter((prefix) => neighbor.ipv6 || !prefix.includes(':'));
  const remaining = all.filter((prefix) => prefix !== '203.0.113.0/24');
  const routes = neighbor.ipv6
    ? 'routes of both families'
    : 'routes of IPv4 (it has no next hop of IPv6 for them here)';
  const role = neighbor.roles ? 'customer' : undefined;
  const ours: Partial<SpeakerOptions> = neighbor.roles ? { role: 'provider', strictRole: true } : {};

  row(neighbor, 'it connects to us', async (folder) => {
    const [ownPort, theirPort] = [await freePort(), await freePort()];
    const heard = await speak(ownPort, true, ours);
    const running = await neighbor.start({ folder, ownPort, theirPort, role });
    closers.push(() => running.stop());
    expect(await has(heard, 'Established', ...(neighbor.endOfRib ? END_OF_RIB : []))).toBeUndefined();
    expect(await holds(heard, all)).toBeUndefined();
    expect(new Set(heard.routes.values())).toEqual(new Set([String(THEIRS.as)]));
    await running.withdraw();
    expect(await holds(heard, remaining)).toBeUndefined();
    expect(heard.events.filter((event) => event.startsWith('fault'))).toEqual([]);
    await heard.speaker.stop('maintenance');
    const { ended } = running;
    const told = async (): Promise<string | undefined> => {
      const text = (await ended?.()) ?? '';
      return /administrative(?:ly)? (?:shutdown|down)/i.test(text) ? undefined : text;
    };
    if (ended) expect(await settle(told)).toBeUndefined();
    const stop = ended ? '; it tells that we stopped' : '';
    const ends = neighbor.endOfRib ? ', End-of-RIB' : '';
    return `${routes}${ends}, withdrawal${role ? ', roles confirmed in strict mode' : ''}${stop}`;
  });

  if (neighbor.waits)
    row(neighbor, 'we connect to it', async (folder) => {
      const theirPort = await freePort();
      const heard = await speak(theirPort, false, {});
      const running = await neighbor.start({ folder, ownPort: undefined, theirPort, role: undefined });
      closers.push(() => running.stop());
      expect(await holds(heard, all)).toBeUndefined();
      await running.stop();
      const lost = (): string[] =>
        heard.events.filter((event) => event.startsWith('notification-received: Cease'));
      expect(await settle(async () => (lost().length > 0 ? undefined : heard.events.join()))).toBeUndefined();
      return `${routes}; ends with ${lost().at(-1)?.replace('notification-received: ', '')}`;
    });

  if (!neighbor.roles) return;
  row(neighbor, 'roles that do not fit', async (folder) => {
    const [ownPort, theirPort] = [await freePort(), await freePort()];
    const heard = await speak(ownPort, true, { role: 'provider' });
    const running = await neighbor.start({ folder, ownPort, theirPort, role: 'provider' });
    closers.push(() => running.stop());
    const mismatch = (): string | undefined => heard.events.find((event) => event.endsWith('Role Mismatch'));
    expect(await settle(async () => (mismatch() ? undefined : heard.events.join()))).toBeUndefined();
    expect(heard.events).not.toContain('Established');
    return 'OPEN Message Error / Role Mismatch, no session';
  });
});

afterAll(async () => {
  if (rows.length !== wanted.length) return;
  await writeBgpMatrix(rows, versionOf);
});
