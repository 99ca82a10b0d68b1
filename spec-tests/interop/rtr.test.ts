import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from 'pathsec/bytes';
import { formatPrefix } from 'pathsec/inet';
import { connectRtr, fetchRtr, listenRtr } from 'pathsec/node';
import { createPayloadSet, createVrpStore, type Vrp } from 'pathsec/payload';
import { writeRpkiClientJson } from 'pathsec/rpki';
import { createRtrCache, createRtrClient, type RtrVersion } from 'pathsec/rtr';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { runUntilStopped } from '../rtr/run-until-stopped.js';
import { freePort, settle } from './daemon.js';
import { type Row, writeMatrix } from './matrix.js';
import { amongPeers, here, lackingFor, type Peer, versionOf } from './place.js';
import { FIRST, SECOND, vrp } from './rtr-data.js';
import type { Data, Router } from './rtr-router.js';
import { ROUTERS } from './rtr-routers.js';

const host = '127.0.0.1';
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-interop-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const THIRD: Data = { ...FIRST, vrps: [...FIRST.vrps, vrp('10.0.0.0/8', 8, 64_501)] };

/** The VRPs of both, each once. */
function union(a: readonly Vrp[], b: readonly Vrp[]): Vrp[] {
  return [...createVrpStore([...a, ...b])];
}

const rows: Row[] = [];
const wanted: string[] = [];

/** Runs a test of one row of the matrix, or says why it cannot. */
function row(peer: Omit<Row, 'result'> & Pick<Router, 'program'>, body: () => Promise<string>): void {
  const { program: _, ...rest } = peer;
  const name = `${peer.peer}${peer.needs === 'peers' ? ' (newer)' : ''}, ${peer.role}, version ${peer.version}`;
  wanted.push(name);
  const lacking = lackingFor(peer);
  if (lacking) {
    it.skip(`${name}: ${lacking}`, () => {});
  } else {
    it(name, async () => {
      const entry: Row = { ...rest, result: 'failed' };
      rows.push(entry);
      entry.result = await body();
    });
  }
}

describe('our cache feeds routers', () => {
  for (const router of ROUTERS) {
    for (const version of router.versions) {
      const { name: peer, package: pack, program, needs, compared } = router;
      const about = { peer, package: pack, role: 'router', version, compared, program, needs };
      row(about, async () => {
        const cache = createRtrCache({
          sessionId: 100,
          aspaLayout: router.aspaLayout ?? 'current',
        });
        cache.replace(FIRST);
        const queries = new Set<string>();
        const errors: unknown[] = [];
        const server = await listenRtr(cache, {
          host,
          port: 0,
          highestVersion: version as RtrVersion,
          notifySeconds: 0,
          onEvent: (_, event) => {
            if (event.kind === 'query') queries.add(event.query);
            if (event.kind === 'error-received') errors.push(event);
          },
        });
        closers.push(() => server.close());
        const running = await router.start(server.port, scratch(), version);
        closers.push(() => running.stop());
        expect(await settle(() => running.differs(FIRST))).toBeUndefined();
        cache.replace(SECOND);
        server.notify();
        expect(await settle(() => running.differs(SECOND))).toBeUndefined();
        const incremental = queries.has('serial');
        cache.forgetHistory();
        cache.replace(THIRD);
        cache.forgetHistory();
        server.notify();
        const third = router.keepsAfterReset ? { ...THIRD, vrps: union(SECOND.vrps, THIRD.vrps) } : THIRD;
        expect(await settle(() => running.differs(third))).toBeUndefined();
        expect(errors).toEqual([]);
        if (!incremental) return 'equal: full (asks anew for each dump)';
        return router.keepsAfterReset
          ? 'equal: full, incremental; after Cache Reset it keeps VRPs that are gone'
          : 'equal: full, incremental, after Cache Reset';
      });
    }
  }
});

describe('the command line feeds a router', () => {
  const bird = ROUTERS.find(({ name }) => name === 'BIRD');
  if (!bird) throw new Error('BIRD is among the routers');
  const { name: peer, package: pack, program, needs } = bird;
  const compared = 'what `pathsec rtr serve FILE --script CHANGES` serves, before and after its changes';
  row({ peer, package: pack, role: 'router', version: 1, compared, program, needs }, async () => {
    const folder = scratch();
    const file = `${folder}/payloads.json`;
    const script = `${folder}/changes.json`;
    const json = (data: Data): object => JSON.parse(writeRpkiClientJson(createPayloadSet(data))) as object;
    writeFileSync(file, JSON.stringify(json(FIRST)));
    writeFileSync(script, JSON.stringify({ steps: [{ at: 8, replace: json(SECOND) }] }));
    const port = await freePort();
    const lab = ['--listen', `${host}:${port}`, '--notify-interval', '0'];
    const stop = runUntilStopped(['rtr', 'serve', file, '--script', script, ...lab]);
    closers.push(stop);
    const running = await bird.start(port, folder, 1);
    closers.push(() => running.stop());
    expect(await settle(() => running.differs(FIRST))).toBeUndefined();
    expect(await settle(() => running.differs(SECOND))).toBeUndefined();
    return 'equal: full, incremental';
  });
});

describe('our router is fed by StayRTR', () => {
  const input = ({ vrps, aspas, routerKeys }: Data): string => {
    const authorizations = aspas.map(({ customer, providers }) => ({ customer_asid: customer, providers }));
    return JSON.stringify({
      metadata: { vrps: vrps.length, buildtime: '2026-01-01T00:00:00Z' },
      roas: vrps.map(({ prefix, maxLength, asn }) => ({
        prefix: formatPrefix(prefix),
        maxLength,
        asn,
        ta: 'test',
      })),
      bgpsec_keys: routerKeys.map(({ asn, ski, spki }) => ({
        asn,
        ski: toHex(ski),
        pubkey: Buffer.from(spki).toString('base64'),
        ta: 'test',
      })),
      provider_authorizations: { ipv4: authorizations, ipv6: authorizations },
    });
  };
  const linesOf = (
    { vrps, aspas, routerKeys }: { [K in keyof Data]: Iterable<Data[K][number]> },
    version: number,
  ) =>
    [
      ...[...vrps].map(({ prefix, maxLength, asn }) => `${formatPrefix(prefix)}-${maxLength} ${asn}`),
      ...(version >= 1 ? [...routerKeys] : []).map(
        ({ asn, ski, spki }) => `${asn} ${toHex(ski)} ${toHex(spki)}`,
      ),
      ...(version === 2 ? [...aspas] : []).map(({ customer, providers }) => `${customer}: ${providers}`),
    ].sort();
  const about = { peer: 'StayRTR', package: 'stayrtr', role: 'cache', program: 'stayrtr' };
  const serve = async (needs: Peer['needs']): Promise<{ port: number; file: string }> => {
    const port = await freePort();
    const place = needs === 'peers' ? amongPeers() : here(scratch());
    closers.push(() => place.leave());
    const file = `${place.outside}/input.json`;
    writeFileSync(file, input(FIRST));
    const addresses = ['-bind', `${host}:${port}`, '-metrics.addr', `${host}:${await freePort()}`];
    const read = ['-cache', `${place.inside}/input.json`, '-checktime=false', '-refresh', '1'];
    const daemon = place.start('stayrtr', ...addresses, ...read);
    closers.push(() => daemon.stop());
    return { port, file };
  };

  // StayRTR 0.6, of the peers' root, has no version 2 any more.
  for (const [needs, version] of [
    ['program', 2],
    ['program', 1],
    ['program', 0],
    ['peers', 1],
    ['peers', 0],
  ] as const) {
    const compared = version === 2 ? 'all payloads, ASPAs in the layout of 8210bis-10' : 'all payloads';
    row({ ...about, needs, version, compared }, async () => {
      const { port, file } = await serve(needs);
      const client = createRtrClient({
        highestVersion: version,
        aspaLayout: '8210bis-10',
        timing: { retry: 1 },
      });
      const kinds: string[] = [];
      const connection = connectRtr(client, { host, port }, (event) => kinds.push(event.kind));
      closers.push(() => connection.close());
      const differs = (data: Data) => async (): Promise<string | undefined> => {
        const held = linesOf(client.payloads(), version).join('\n');
        return held === linesOf(data, version).join('\n') ? undefined : held;
      };
      expect(await settle(differs(FIRST))).toBeUndefined();
      writeFileSync(`${file}.new`, input(SECOND));
      renameSync(`${file}.new`, file);
      expect(await settle(differs(SECOND))).toBeUndefined();
      expect(client.status.version).toBe(version);
      expect(kinds.filter((kind) => kind === 'update').length).toBeGreaterThanOrEqual(2);
      expect(kinds).not.toContain('error-sent');
      return 'equal: full, incremental';
    });
  }

  row(
    {
      ...about,
      needs: 'program',
      version: 2,
      compared: 'the layout of 8210bis-10 in a session of the current one',
    },
    async () => {
      const { port } = await serve('program');
      const reached = await settle(() =>
        fetchRtr({ host, port }, { highestVersion: 0 }).then(() => undefined, String),
      );
      expect(reached).toBeUndefined();
      await expect(fetchRtr({ host, port })).rejects.toThrowError(/rtr-aspa-old-layout/);
      return 'refused with error 9, nothing misread';
    },
  );
});

afterAll(async () => {
  // A run without all peers says nothing about the absent ones, and leaves the document as it is.
  if (rows.length === wanted.length) await writeMatrix(rows, versionOf);
});
