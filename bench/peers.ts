/**
 * RTR against other programs: a cache of ours and StayRTR in turn, each emptied into a router of ours, rtrlib's client, BIRD
 * and OpenBGPD, in turn, until it has the whole image; by the clock, processes and all.
 *   npx tsx bench/peers.ts [--json]
 * Programs that are not installed are named. BIRD 3 and OpenBGPD 8 run in the root that scripts/peers.sh makes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatPrefix } from 'pathsec/inet';
import { fetchRtr, listenRtr } from 'pathsec/node';
import { createPayloadSet, createVrpStore } from 'pathsec/payload';
import { writeRpkiClientJson } from 'pathsec/rpki';
import { createRtrCache, storeSize } from 'pathsec/rtr';
import { findProgram, freePort, run, startDaemon } from '../spec-tests/interop/daemon.js';
import { amongPeers, hasPeers, here, type Place } from '../spec-tests/interop/place.js';
import { ratioOf, spreadOf } from './lib/spread.js';
import { vrps } from './lib/vrps.js';

const VRPS = 100_000;
const ROUNDS = 5;
const HOST = '127.0.0.1';
/** How often a program is asked whether it has everything. */
const ASK_MS = 20;
const LIMIT_MS = 60_000;

const scratch = mkdtempSync(join(tmpdir(), 'pathsec-bench-peers-'));
const json = join(scratch, 'rpki.json');
/** Without 127.0.0.0/8, of which BIRD takes no route. */
const held = createVrpStore(
  [...vrps(VRPS)].filter(({ prefix: { afi, octets } }) => afi === 2 || octets[0] !== 127),
);
const size = held.size;
/** BIRD and OpenBGPD count by family, BIRD routes and OpenBGPD prefixes. */
const prefixes = new Set([...held].map(({ prefix }) => formatPrefix(prefix))).size;
const absent: string[] = [];

/** Takes the whole image from a cache; seconds. */
interface Router {
  readonly name: string;
  fill(port: number): Promise<void>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks until it holds; a program that never gets there is named, and not measured. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + LIMIT_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${LIMIT_MS / 1000} s`);
    await pause(ASK_MS);
  }
}

const own: Router = {
  name: 'pathsec',
  fill: async (port) => {
    const { store } = await fetchRtr({ host: HOST, port });
    if (storeSize(store) !== size) throw new Error(`${storeSize(store)} of ${size} VRPs`);
  },
};

const rtrlib: Router = {
  name: 'rtrclient',
  fill: async (port) => {
    await run('rtrclient', '-e', '-o', '/dev/null', 'tcp', HOST, String(port));
  },
};

/** BIRD, here or among the peers. */
function bird(name: string, place: Place): Router {
  return {
    name,
    fill: async (port) => {
      const config = `router id 127.0.0.9;\nroa4 table r4;\nroa6 table r6;\nprotocol device {}
protocol rpki cache { roa4 { table r4; }; roa6 { table r6; }; remote ${HOST} port ${port}; retry keep 1; }\n`;
      writeFileSync(`${place.outside}/bird.conf`, config);
      const socket = `${place.inside}/bird.ctl`;
      const daemon = place.start('bird', '-f', '-c', `${place.inside}/bird.conf`, '-s', socket);
      try {
        await until(async () => {
          let routes = 0;
          for (const table of ['r4', 'r6']) {
            const text = await place.run('birdc', '-s', socket, 'show', 'route', 'count', 'table', table);
            routes += Number(/^(\d+) of \d+ routes/m.exec(text)?.[1] ?? 0);
          }
          return routes >= size;
        });
      } finally {
        await daemon.stop();
      }
    },
  };
}

/** OpenBGPD, here or among the peers. */
function openbgpd(name: string, place: Place): Router {
  return {
    name,
    fill: async (port) => {
      const config = `${place.outside}/bgpd.conf`;
      const socket = `${place.inside}/bgpd.sock`;
      writeFileSync(
        config,
        `AS 65000\nrouter-id 127.0.0.7\nfib-update no\nlisten on 127.0.0.7 port ${await freePort()}
socket "${socket}"\nrtr ${HOST} {\n\tport ${port}\n}\n`,
        { mode: 0o600 },
      );
      await place.run('mkdir', '-p', '/run/openbgpd');
      const daemon = place.start('/usr/sbin/bgpd', '-d', '-f', `${place.inside}/bgpd.conf`);
      try {
        await until(async () => {
          const text = await place.run('bgpctl', '-s', socket, '-j', 'show', 'sets');
          const { sets = [] } = JSON.parse(text || '{}') as {
            sets?: { type: string; num_IPv4: number; num_IPv6: number }[];
          };
          const roas = sets.find(({ type }) => type === 'ROA');
          return roas !== undefined && roas.num_IPv4 + roas.num_IPv6 >= prefixes;
        });
      } finally {
        await daemon.stop();
      }
    },
  };
}

const isRoot = process.getuid?.() === 0;
const routers: Router[] = [own];
const closers: (() => unknown)[] = [];
/** Adds a router that is there, names one that is not. */
function add(name: string, there: boolean, make: () => Router): void {
  if (there) routers.push(make());
  else absent.push(name);
}
function among(): Place {
  const place = amongPeers();
  closers.push(() => place.leave());
  return place;
}
const installed = (program: string): boolean => findProgram(program) !== undefined;
const folderOf = (name: string): Place => here(mkdtempSync(join(scratch, name)));

try {
  add('rtrclient of rtrlib', installed('rtrclient'), () => rtrlib);
  add('BIRD', installed('bird'), () => bird('BIRD', folderOf('bird')));
  add('OpenBGPD', installed('bgpctl') && isRoot, () => openbgpd('OpenBGPD', folderOf('bgpd')));
  add('BIRD 3 of scripts/peers.sh', hasPeers && isRoot, () => bird('BIRD 3', among()));
  add('OpenBGPD 8 of scripts/peers.sh', hasPeers && isRoot, () => openbgpd('OpenBGPD 8', among()));

  writeFileSync(json, writeRpkiClientJson({ ...createPayloadSet(), vrps: held }));
  const cache = createRtrCache({ sessionId: 1 });
  cache.replace({ ...createPayloadSet(), vrps: held });
  const server = await listenRtr(cache, { host: HOST, port: 0 });
  closers.push(() => server.close());
  const caches = [{ name: 'pathsec', port: server.port }];
  if (installed('stayrtr')) {
    const port = await freePort();
    const options = ['-bind', `${HOST}:${port}`, '-cache', json, '-checktime=false', '-metrics.addr', ''];
    const daemon = startDaemon('stayrtr', options);
    closers.push(() => daemon.stop());
    await until(async () => {
      const client = await fetchRtr({ host: HOST, port }, {}, 1).catch(() => undefined);
      return client !== undefined && storeSize(client.store) === size;
    });
    caches.push({ name: 'StayRTR', port });
  } else absent.push('StayRTR');

  const seconds = new Map<string, number[]>();
  const key = (router: string, from: string): string => `${router} from ${from}`;
  for (let round = -1; round < ROUNDS; round++) {
    process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
    for (const router of [...routers]) {
      for (const { name, port } of caches) {
        const begun = process.hrtime.bigint();
        try {
          await router.fill(port);
        } catch (error) {
          absent.push(
            `${router.name} from ${name}: ${error instanceof Error ? error.message : String(error)}`,
          );
          routers.splice(routers.indexOf(router), 1);
          break;
        }
        // The first round warms up.
        if (round < 0) continue;
        const took = Number(process.hrtime.bigint() - begun) / 1e9;
        seconds.set(key(router.name, name), [...(seconds.get(key(router.name, name)) ?? []), took]);
      }
    }
  }
  const of = (router: string, from: string): number[] => seconds.get(key(router, from)) ?? [];
  const result = {
    benchmark: 'peers',
    vrps: size,
    seconds: Object.fromEntries([...seconds].map(([what, all]) => [what, spreadOf(all)])),
    // Below 1: our cache fills the same router in less time.
    cacheAgainstStayRTR: Object.fromEntries(
      caches.length > 1
        ? routers.map(({ name }) => [`router ${name}`, ratioOf(of(name, 'pathsec'), of(name, 'StayRTR'))])
        : [],
    ),
    // Below 1: our router takes the image of the same cache in less time. It runs in this process, the others start.
    routerAgainst: Object.fromEntries(
      routers.slice(1).map(({ name }) => [name, ratioOf(of('pathsec', 'pathsec'), of(name, 'pathsec'))]),
    ),
    absent,
  };
  console.log(JSON.stringify(result, null, process.argv.includes('--json') ? 0 : 2));
} finally {
  for (const close of closers.reverse()) await close();
  rmSync(scratch, { recursive: true, force: true });
}
