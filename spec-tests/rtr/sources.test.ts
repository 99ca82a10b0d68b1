import { writeFileSync } from 'node:fs';
import { listenRtr } from 'pathsec/node';
import { countPayloads, createPayloadSet } from 'pathsec/payload';
import { readPayloads } from 'pathsec/rpki';
import { createRtrCache, misbehaviourNamed, type RtrCache } from 'pathsec/rtr';
import { afterEach, describe, expect, it } from 'vitest';
import { followSources } from '../../src/cli/shared/follow-sources.js';
import { createPayloadSource, dropOf } from '../../src/cli/shared/payload-source.js';
import { type FileWatch, followFiles, type Occasion } from '../../src/cli/shared/rested-files.js';
import { run, temporaryFile } from '../cli/run.js';
import { expectedOf } from './harness.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Payload JSON with `count` VRPs of an AS. */
const roas = (count: number, asn = 64496): string =>
  JSON.stringify({
    roas: Array.from({ length: count }, (_, i) => ({
      prefix: `10.${i >> 8}.${i & 255}.0/24`,
      maxLength: 24,
      asn,
    })),
  });

const FAULTY = JSON.stringify({ roas: [{ prefix: 'nonsense', maxLength: 24, asn: 1 }] });

const silent = {
  stdin: (async function* () {})(),
  stdout: { isTerminal: false, write: async () => {} },
  stderr: { isTerminal: false, write: async () => {} },
  env: {},
  now: () => 0,
  seed: 1,
};

/** Lets other things happen until `wanted` holds. */
async function until(wanted: () => boolean): Promise<void> {
  while (!wanted()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A file whose looks and readings the test decides. */
function scripted(): {
  stamps: string[];
  readings: { occasion: Occasion; stamp: string }[];
  taken: string[];
  hold: Promise<void> | undefined;
  changes: number;
  start(): Promise<FileWatch>;
} {
  let now = '';
  const script: ReturnType<typeof scripted> = {
    stamps: ['first'],
    readings: [],
    taken: [],
    hold: undefined,
    changes: 0,
    async start() {
      const file = {
        file: 'scripted',
        async load(occasion: Occasion) {
          const stamp = now;
          script.readings.push({ occasion, stamp });
          await script.hold;
          return () => {
            script.taken.push(stamp);
            return true;
          };
        },
      };
      const look = async () => {
        now = script.stamps.length > 1 ? (script.stamps.shift() as string) : (script.stamps[0] as string);
        return { text: now, time: 0, once: false };
      };
      const watch = await followFiles([file], 1, () => script.changes++, look);
      closers.push(() => watch.close());
      return watch;
    },
  };
  return script;
}

describe('files that are followed', () => {
  it('count once they have rested for a look', async () => {
    const script = scripted();
    await script.start();
    script.stamps = ['a', 'b', 'c', 'd', 'd'];
    await until(() => script.taken.length === 2);
    expect(script.readings).toEqual([
      { occasion: 'start', stamp: 'first' },
      { occasion: 'change', stamp: 'd' },
    ]);
    expect(script.taken).toEqual(['first', 'd']);
    expect(script.changes).toBe(2);
  });

  it('are read again when they change while they are read, and not taken over half', async () => {
    const script = scripted();
    await script.start();
    let release = (): void => {};
    script.hold = new Promise((resolve) => {
      release = resolve;
    });
    script.stamps = ['second'];
    await until(() => script.readings.length === 2);
    script.stamps = ['third'];
    release();
    await until(() => script.taken.includes('third'));
    expect(script.taken).toEqual(['first', 'third']);
  });

  it('are read on request at once, and again when the request comes while they are read', async () => {
    const script = scripted();
    const watch = await script.start();
    let release = (): void => {};
    script.hold = new Promise((resolve) => {
      release = resolve;
    });
    watch.readAll();
    await until(() => script.readings.length === 2);
    watch.readAll();
    watch.readAll();
    release();
    await until(() => script.readings.length === 3);
    expect(script.readings.map(({ occasion }) => occasion)).toEqual(['start', 'told', 'told']);
  });

  it('are the last that was written, whatever was written before and however fast', async () => {
    const file = temporaryFile('fast.json', roas(1, 1));
    let content = '';
    const source = {
      file,
      load: async () => {
        const read = readPayloads(
          await import('node:fs').then(({ readFileSync }) => readFileSync(file, 'utf8')),
        );
        return () => {
          content = [...read.vrps].map(({ asn }) => asn).join();
          return true;
        };
      },
    };
    const watch = await followFiles([source], 2, () => {});
    closers.push(() => watch.close());
    for (let asn = 2; asn <= 60; asn++) {
      writeFileSync(file, roas(1, asn));
      if (asn % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await until(() => content === '60');
    expect(content).toBe('60');
  });
});

describe('a payload file as a source', () => {
  const none = countPayloads(createPayloadSet());
  const counts = (vrps: number, aspas = 0, routerKeys = 0) => ({ ...none, vrps, aspas, routerKeys });

  it.each([
    [counts(100), counts(50), 50, false],
    [counts(100), counts(49), 50, true],
    [counts(99), counts(1), 50, false],
    [counts(99), counts(0), 50, true],
    [counts(1), counts(0), 50, true],
    [counts(1), counts(0), 100, false],
    [counts(1000), counts(999), 0, true],
    [counts(1000), counts(1), 100, false],
    [counts(1000, 200), counts(1000, 99), 50, true],
    [counts(1000, 0, 200), counts(1000, 0, 99), 50, true],
    [counts(1, 1), counts(0, 1), 50, false],
    [counts(0), counts(0), 50, false],
  ] as const)('from %j to %j with --max-drop %d', (before, after, maxDrop, refused) => {
    expect(dropOf(before, after, maxDrop) !== undefined).toBe(refused);
  });

  it('keeps good data when it becomes unreadable, faulty or much smaller, until that is confirmed', async () => {
    const notes: string[] = [];
    const file = temporaryFile('payloads.json', roas(200));
    const source = createPayloadSource(file, { maxDrop: 50 }, silent, (text) => notes.push(text));
    const read = async (text: string, occasion: Occasion): Promise<number> => {
      writeFileSync(file, text);
      (await source.load(occasion))?.();
      return source.payloads.vrps.size;
    };
    expect(await read(roas(200), 'start')).toBe(200);
    expect(await read('{"roas": [{"prefix": "10.', 'change')).toBe(200);
    expect(await read(FAULTY, 'change')).toBe(200);
    expect(notes).toEqual([
      expect.stringContaining(`warning: kept the old data: ${file}: `),
      `warning: kept the old data: ${file}: nothing in it can be read`,
    ]);
    expect(await read(roas(90), 'change')).toBe(200);
    expect(notes.at(-1)).toContain('of 200 VRPs 90 would stay; kept the old data until a second reading');
    // Another loss is not the same loss.
    expect(await read(roas(80), 'change')).toBe(200);
    expect(await read(roas(80), 'change')).toBe(80);
    expect(await read('{"roas": []}', 'change')).toBe(80);
    expect(notes.at(-1)).toContain('all 80 records would go');
    expect(source.due?.()).toBe(false);
    // A person who asks for it is believed at once.
    expect(await read('{"roas": []}', 'told')).toBe(0);
    const free = createPayloadSource(file, { maxDrop: 100 }, silent, () => {});
    (await free.load('start'))?.();
    writeFileSync(file, roas(1000));
    (await free.load('change'))?.();
    writeFileSync(file, '{"roas": []}');
    (await free.load('change'))?.();
    expect(free.payloads.vrps.size).toBe(0);
  });

  it('has to be good at the start, and with --strict wholly good', async () => {
    const half = JSON.stringify({ roas: [...JSON.parse(roas(3)).roas, ...JSON.parse(FAULTY).roas] });
    const start = async (text: string, strict: boolean): Promise<number> => {
      const file = temporaryFile('payloads.json', text);
      const source = createPayloadSource(file, { strict, maxDrop: 50 }, silent, () => {});
      (await source.load('start'))?.();
      return source.payloads.vrps.size;
    };
    expect(await start(half, false)).toBe(3);
    await expect(start(half, true)).rejects.toThrow();
    await expect(start(FAULTY, false)).rejects.toThrow('nothing in it can be read');
    expect(await start('{"roas": []}', true)).toBe(0);
    expect(
      (await run(['rtr', 'serve', temporaryFile('half.json', half), '--strict', '--for', '0'])).code,
    ).toBe(2);
  });
});

describe('pathsec rtr serve: its sources', () => {
  async function follow(sources: readonly string[], cache: RtrCache, notes: string[] = []) {
    const note = (text: string): void => void notes.push(text);
    const follower = await followSources(sources, [], cache, silent, note, { maxDrop: 50 });
    closers.push(() => follower.close());
    return notes;
  }

  it('a file that lost everything is served on SIGHUP, and not before', async () => {
    const file = temporaryFile('payloads.json', roas(3));
    const cache = createRtrCache({ sessionId: 1 });
    const before = new Set(process.listeners('SIGHUP'));
    const notes = await follow([file], cache);
    writeFileSync(file, '{"roas": []}');
    await until(() => notes.some((note) => note.includes('all 3 records would go')));
    expect(expectedOf(cache, 2).length).toBe(3);
    for (const listener of process.listeners('SIGHUP')) if (!before.has(listener)) listener('SIGHUP');
    await until(() => cache.serial === 1);
    expect(expectedOf(cache, 2)).toEqual([]);
    expect(cache.hasData).toBe(true);
  });

  it('a cache that loses its data leaves none to serve: error 2, and changes once they are back (§8.4)', async () => {
    const upstream = createRtrCache({ sessionId: 1 });
    upstream.replace(readPayloads(roas(3)));
    const server = await listenRtr(upstream, { host: '127.0.0.1', port: 0, notifySeconds: 0 });
    closers.push(() => server.close());
    const cache = createRtrCache({ sessionId: 2 });
    const notes = await follow([`127.0.0.1:${server.port}`], cache);
    await until(() => cache.hasData);
    server.inject(misbehaviourNamed('garbage'));
    await until(() => !cache.hasData);
    expect(notes.at(-1)).toBe('no source has data any more: routers are told so (error 2)');
  });

  it('the data of a cache that is complete but empty can be lost too', async () => {
    const upstream = createRtrCache({ sessionId: 1 });
    upstream.replace(createPayloadSet());
    const server = await listenRtr(upstream, { host: '127.0.0.1', port: 0, notifySeconds: 0 });
    closers.push(() => server.close());
    const cache = createRtrCache({ sessionId: 2 });
    await follow([`127.0.0.1:${server.port}`], cache);
    await until(() => cache.hasData);
    server.inject(misbehaviourNamed('garbage'));
    await until(() => !cache.hasData);
    expect(cache.hasData).toBe(false);
  });
});
