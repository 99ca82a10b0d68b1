import { type CacheUnderLoad, pause } from './cache-under-load.js';
import { connectRawRouter, type RawRouter } from './raw-router.js';

/** One row of the figures: what was asked of a cache, and what it did. */
export interface LoadResult {
  readonly cache: string;
  readonly phase: string;
  /** Whether everything that has to come came. */
  readonly passed: boolean;
  readonly detail: string;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

/** How much load; `limitSeconds` ends a phase that does not end by itself. */
export interface LoadPlan {
  readonly records: number;
  readonly routers: number;
  readonly images: number;
  readonly reloads: number;
  readonly limitSeconds: number;
}

type Phase = (
  cache: CacheUnderLoad,
  plan: LoadPlan,
  done: (all: () => boolean) => Promise<boolean>,
) => Promise<Pick<LoadResult, 'passed' | 'detail'>>;

const routersOf = (cache: CacheUnderLoad, count: number, deaf = false): RawRouter[] =>
  Array.from({ length: count }, () => connectRawRouter({ ...cache, deaf }));
const complete = (routers: readonly RawRouter[]): number =>
  routers.filter(({ answers }) => answers > 0).length;

/** So many full images at once. */
const images: Phase = async (cache, plan, done) => {
  const routers = routersOf(cache, plan.images);
  await done(() => complete(routers) === plan.images);
  const whole = routers.filter(({ answers, records }) => answers > 0 && records === plan.records).length;
  for (const router of routers) router.close();
  return { passed: whole === plan.images, detail: `${whole} of ${plan.images} images complete` };
};

/**
 * Many routers, some of which never read, and a file that changes all the time: after the last change everybody who
 * reads has the last state.
 */
const reloads: Phase = async (cache, plan, done) => {
  const silent = routersOf(cache, Math.ceil(plan.routers / 20), true);
  const routers = routersOf(cache, plan.routers);
  await done(() => complete(routers) === plan.routers);
  let marker = 1;
  for (let i = 0; i < plan.reloads; i++) {
    cache.replace(++marker);
    await pause(250 + ((i * 997) % 2_000));
  }
  await done(() => routers.every((router) => router.marker === marker));
  const current = routers.filter((router) => router.marker === marker).length;
  for (const router of [...silent, ...routers]) router.close();
  return {
    passed: current === plan.routers,
    detail: `${current} of ${plan.routers} routers have the last of ${plan.reloads} states; ${silent.length} never read`,
  };
};

/** Connections that come and go as fast as they can, each asking and leaving in the middle of its answer. */
const storm: Phase = async (cache, plan, done) => {
  let connections = 0;
  for (let round = 0; round < 20 && cache.alive; round++) {
    const routers = routersOf(cache, Math.ceil(plan.routers / 10));
    await pause(100);
    for (const router of routers) router.close();
    connections += routers.length;
  }
  const last = connectRawRouter(cache);
  await done(() => last.answers > 0);
  const passed = last.answers > 0 && last.records === plan.records;
  last.close();
  return { passed, detail: `${connections} connections came and went; the next router has its image` };
};

const PHASES: Readonly<Record<string, Phase>> = { images, storm, reloads };

/** Plays all phases against a cache, one after the other. */
export async function* playLoad(cache: CacheUnderLoad, plan: LoadPlan): AsyncGenerator<LoadResult> {
  for (const [phase, play] of Object.entries(PHASES)) {
    const started = performance.now();
    const end = started + 1000 * plan.limitSeconds;
    const done = async (all: () => boolean): Promise<boolean> => {
      while (cache.alive && !all() && performance.now() < end) await pause(50);
      return all();
    };
    const { passed, detail } = await play(cache, plan, done);
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    if (!cache.alive) {
      yield { cache: cache.name, phase, passed: false, detail: 'the cache ended', seconds, peakMegabytes: 0 };
      return;
    }
    yield { cache: cache.name, phase, passed, detail, seconds, peakMegabytes: cache.peak() };
  }
}
