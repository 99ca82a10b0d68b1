import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { pathAttribute } from 'pathsec/bgp';
import { generateRouterKey, unicast } from 'pathsec/bgpsec';
import { parsePrefix } from 'pathsec/inet';
import { describe, expect, it, onTestFinished } from 'vitest';
import { madeRouterKey } from '../../src/node/made-router-key.js';
import { createOpensslEngine } from '../../src/node/openssl-engine.js';
import { signRoutes } from '../../src/node/sign-routes.js';
import { packMessages, type SignWork, unpackMessages } from '../../src/node/sign-work.js';
import { createSigningCrew } from '../../src/node/signing-crew.js';
import { inject, receiver } from './bgp-inject-peer.js';
import { folder, privateFile } from './bgpsec-world.js';
import { run, temporaryFile } from './run.js';
import { until } from './running.js';

const engine = createOpensslEngine({ nonces: 'derived' });
const own = generateRouterKey(new Uint8Array(48).fill(7));

/** Works of routes whose attributes are parts of larger octets, as those of readers are. */
const works = fc.array(
  fc.record({
    peerAs: fc.integer({ min: 1, max: 70_000 }),
    extendedMessages: fc.boolean(),
    routes: fc.array(
      fc.record({
        hops: fc.array(fc.integer({ min: 64_496, max: 64_500 }), { minLength: 1, maxLength: 6 }),
        med: fc.uint8Array({ minLength: 4, maxLength: 4 }),
      }),
      { maxLength: 6 },
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

const LONG = {
  ...{ peerAs: 1, extendedMessages: false },
  routes: [{ hops: new Array<number>(45).fill(64_497), med: new Uint8Array(4) }],
};

const workOf = ({
  routes,
  ...whom
}: {
  readonly peerAs: number;
  readonly extendedMessages: boolean;
  readonly routes: readonly { readonly hops: readonly number[]; readonly med: Uint8Array }[];
}): SignWork => ({
  ...whom,
  routes: routes.map(({ hops, med }, i) => ({
    announced: unicast(parsePrefix(`10.0.${i}.0/24`)),
    hops: hops.map((asn) => ({ asn, pCount: 1 })),
    nextHop: new Uint8Array([9, 192, 0, 2, 1, 9]).subarray(1, 5),
    attributes: [pathAttribute(4, new Uint8Array([9, ...med, 9]).subarray(1, 5))],
  })),
});

describe('threads that sign', () => {
  it('sign as this one does, in any number, and leave out what fits into no message', async () => {
    const seed = 3;
    const made = [64_497, 64_498, 64_499, 64_500].map((asn) => [asn, madeRouterKey(seed, asn)] as const);
    const ring = new Map([...made, [64_496, own]]);
    const keyOf = (asn: number) => ring.get(asn);
    const crew = createSigningCrew({ keys: [[64_496, own.scalar()]], seed }, 2);
    onTestFinished(() => crew.close());
    let tooLong = 0;
    await fc.assert(
      fc.asyncProperty(works, async (several) => {
        const asked = [...several, LONG].map(workOf);
        const signed = await Promise.all(asked.map((work) => crew.sign(work)));
        for (const [i, { routes, ...whom }] of asked.entries()) {
          const expected = signRoutes(routes, whom, engine, keyOf);
          tooLong += expected.filter((one) => one === undefined).length;
          expect(signed[i]?.map((one) => one && [...one])).toEqual(expected.map((one) => one && [...one]));
        }
      }),
      { numRuns: 20 },
    );
    expect(tooLong).toBeGreaterThan(0);
  });

  it('end where an AS has no key, and say which', async () => {
    const crew = createSigningCrew({ keys: [[64_496, own.scalar()]], seed: undefined }, 1);
    onTestFinished(() => crew.close());
    const work = (asn: number): SignWork =>
      workOf({
        ...{ peerAs: 1, extendedMessages: false },
        routes: [{ hops: [asn], med: new Uint8Array(4) }],
      });
    await expect(crew.sign(work(64_497))).rejects.toThrow(/64497/);
  });

  it('pack what they made', () => {
    const message = fc.option(fc.uint8Array({ minLength: 1, maxLength: 50 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        expect(unpackMessages(packMessages(messages))).toEqual(messages);
      }),
    );
  });
});

describe('pathsec bgp inject --jobs', () => {
  const keys = (): string =>
    temporaryFile(
      'keys.json',
      JSON.stringify(Object.fromEntries([64496, 64497, 64498, 64499].map((asn) => [asn, privateFile(asn)]))),
    );

  it('makes the octets that one thread makes: of made routes and of routes of files', async () => {
    const sign = keys();
    const lines = Array.from(
      { length: 300 },
      (_, i) => `10.${i >> 8}.${i & 255}.0/24|64498 ${64496 + (i % 2)}|64498`,
    );
    const routes = temporaryFile('routes', `${lines.join('\n')}\n`);
    for (const source of [
      ['--count', '200', '--seed', '4', '--sign', sign],
      ['--routes', routes, '--sign', sign],
      ['--routes', routes, '--generate-keys', '--seed', '5'],
    ]) {
      const written = async (jobs: string): Promise<Buffer> => {
        const file = join(folder(), 'out');
        const words = ['--local-as', '64499', '--peer-as', '64500', ...source, '--write', file];
        const { code, stderr } = await run(['bgp', 'inject', ...words, '--jobs', jobs]);
        expect([code, stderr.includes('rror')]).toEqual([0, false]);
        return readFileSync(file);
      };
      const one = await written('1');
      expect(one.length).toBeGreaterThan(10_000);
      expect(await written('3')).toEqual(one);
    }
  });

  it('over a session: all arrive, and its threads end with it', async () => {
    const peer = await receiver({ bgpsec: ['receive'] });
    const command = inject(
      peer,
      '--count',
      '300',
      '--hops',
      '2',
      '--seed',
      '1',
      '--sign',
      keys(),
      '--jobs',
      '2',
    );
    await until(() => peer.held.size === 300);
    expect((await command.stop()).code).toBe(0);
  });

  it('names the AS that has no key', async () => {
    const sign = temporaryFile('keys.json', JSON.stringify({ 64499: privateFile(64499) }));
    const words = [
      '--local-as',
      '64499',
      '--peer-as',
      '64500',
      '--routes',
      temporaryFile('r', '10.0.0.0/8|64498|64498\n'),
    ];
    const file = join(folder(), 'out');
    const { code, stderr } = await run([
      'bgp',
      'inject',
      ...words,
      '--sign',
      sign,
      '--write',
      file,
      '--jobs',
      '2',
    ]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/AS 64498 on the path of 10\.0\.0\.0\/8 has no key/),
    ]);
  });

  it.each([
    [['--count', '1', '--jobs', '2'], /--jobs is for --sign, or --generate-keys with --routes/],
    [['--routes', 'x', '--jobs', '2'], /--jobs is for --sign/],
    [['--count', '1', '--sign', 'x', '--jobs', '257'], /At most 256/],
    [['--count', '1', '--sign', 'x', '--jobs', '0'], /A whole number/],
  ])('%j is refused', async (argv, wanted) => {
    const { code, stderr } = await run(['bgp', 'inject', '127.0.0.1:1', '--local-as', '1', ...argv]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(wanted)]);
  });
});
