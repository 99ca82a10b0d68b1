/**
 * Engines of PLAIN, the experiment of `pathsec/apvas`: one route of four hops and batches of 64 by noble, mcl-wasm and blst, in
 * pairings by noble of the same round, and blst against its own calls without our code.
 *   npx tsx bench/plain.ts [--json] [--quick]
 * CPU time, rounds in turn, medians with quartiles. Packages that are not installed are named.
 */
import { cpus, loadavg } from 'node:os';
import {
  createNobleEngine,
  createSigningKey,
  forward,
  longAggregatePathScheme,
  nobleOctetEngine,
  originate,
  type PlainItem,
  statements,
} from 'pathsec/apvas';
import { concatOctets } from 'pathsec/bytes';
import { loadPlainVerifier, PackageMissing } from 'pathsec/node';
import { ratioOf, type Spread, spreadOf } from './lib/spread.js';

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 3 : 9;
const ROUTES = 64;
const HOPS = 4;

const engine = createNobleEngine();
const keys = Array.from({ length: ROUTES }, (_, i) =>
  createSigningKey(engine, 64500 + i, 7n ** 60n + BigInt(i)),
);
const scheme = longAggregatePathScheme(nobleOctetEngine);
const pairs = keys.map((_, i) => scheme.keyPair(new Uint8Array(32).fill(i + 1)));
/** Four of the signers for each route, so that the batch has nearly all of them. */
const signersOf = (route: number): number[] =>
  Array.from({ length: HOPS }, (_, hop) => (route * 7 + hop * 13) % keys.length);

const made = Array.from({ length: ROUTES }, (_, i) => {
  const own = signersOf(i).map((at) => keys[at] as (typeof keys)[number]);
  const first = { afi: 1, safi: 1, nlri: Uint8Array.of(24, 10, i, 0) } as const;
  let sent = originate(engine, 'plain', own[0] as (typeof keys)[number], first, {
    targetAs: own[1]?.asn ?? 0,
  });
  for (let hop = 1; hop < HOPS; hop++) {
    const publicKeys = own.slice(0, hop).map(({ publicKey }) => publicKey);
    const targetAs = own[hop + 1]?.asn ?? 65000;
    sent = forward(engine, { ...sent, publicKeys }, own[hop] as (typeof keys)[number], { targetAs });
  }
  const long = signersOf(i).map((at) => pairs[at] as (typeof pairs)[number]);
  const [signature = new Uint8Array(0)] = scheme.sign(
    sent.route,
    long.map(({ secret }) => secret),
  );
  const short: PlainItem = {
    route: sent.route,
    publicKeys: own.map(({ publicKey }) => publicKey),
    signature: engine.encodeG1(sent.sigma),
  };
  const publicKeys = long.map(({ verifier }) => verifier.publicKey);
  return { short, long: { route: sent.route, publicKeys, signature } satisfies PlainItem };
});

/** Coefficients for measuring alone: in use they come from a source that nobody can predict. */
const random = (length: number): Uint8Array => Uint8Array.from({ length }, () => Math.random() * 256);
const runs: Record<string, { readonly per: number; readonly work: () => boolean }> = {};
const absent: string[] = [];

const point = engine.hashToG1(new Uint8Array(4), 'bench');
const uncached = createNobleEngine({ cachedKeys: 0 });
runs.pairing = {
  per: 1,
  work: () => {
    engine.finalExponentiation(uncached.miller([{ point, key: engine.generator }]));
    return true;
  },
};
for (const name of ['noble', 'mcl-wasm', 'blst'] as const) {
  try {
    const verifier = await loadPlainVerifier(name);
    const items = made.map((one) => (name === 'blst' ? one.long : one.short));
    let at = 0;
    runs[`${name}, one route`] = {
      per: 1,
      work: () => verifier.verify(items[at++ % ROUTES] as PlainItem),
    };
    runs[`${name}, batch of ${ROUTES}`] = {
      per: ROUTES,
      work: () => verifier.verifyBatch(items, random).every(Boolean),
    };
  } catch (error) {
    if (!(error instanceof PackageMissing)) throw error;
    absent.push(error.packageName);
  }
}
if (!absent.includes('@chainsafe/blst')) {
  const blst = await import('@chainsafe/blst');
  const bare = made.map(({ long }) => ({
    signature: long.signature,
    keys: long.publicKeys.map((octets) => blst.PublicKey.fromBytes(octets, true)),
    messages: statements(long.route, 'plain').map((message, i) =>
      concatOctets([long.publicKeys[i] as Uint8Array, message]),
    ),
  }));
  let at = 0;
  runs['blst, its calls alone'] = {
    per: 1,
    work: () => {
      const { messages, keys: own, signature } = bare[at++ % ROUTES] as (typeof bare)[number];
      return blst.aggregateVerify(messages, own, blst.Signature.fromBytes(signature, true));
    },
  };
}

/** Milliseconds of CPU time a route. */
function timed({ per, work }: { readonly per: number; readonly work: () => boolean }): number {
  const calls = per === 1 ? (quick ? 16 : 64) : 1;
  const start = process.cpuUsage();
  for (let i = 0; i < calls; i++) if (!work()) throw new Error('an honest route is refused');
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e3 / calls / per;
}

const loadBefore = loadavg()[0];
const times: Record<string, number[]> = {};
for (const run of Object.values(runs)) timed(run);
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, run] of Object.entries(runs)) times[name] = [...(times[name] ?? []), timed(run)];
  process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
}
const pairing = times.pairing ?? [];
interface Figure {
  readonly what: string;
  readonly value: Spread;
  readonly unit: string;
  /** At most so much. */
  readonly target: number | null;
}
const AIMS: Readonly<Record<string, number>> = { [`noble, batch of ${ROUTES}`]: 0.85 };
const figures: Figure[] = Object.entries(times).flatMap(([what, values]) => {
  const unit = 'pairings by noble';
  const pairings = { what, value: ratioOf(values, pairing), unit, target: AIMS[what] ?? null };
  return [
    { what, value: spreadOf(values), unit: 'ms a route', target: null },
    ...(what === 'pairing' ? [] : [pairings]),
  ];
});
const [own, alone] = [times['blst, one route'], times['blst, its calls alone']];
if (own && alone) {
  figures.push({
    what: 'blst against its calls alone',
    value: ratioOf(own, alone),
    unit: 'times',
    target: 1.2,
  });
}
const load = [loadBefore, loadavg()[0]];
if (process.argv.includes('--json')) {
  const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version };
  console.log(JSON.stringify({ machine, quick, load, absent, figures }, null, 2));
} else {
  for (const { what, value, unit, target } of figures) {
    const aim = target === null ? '' : `  (aim: at most ${target})`;
    console.log(`${what}: ${value.median} (${value.q1} to ${value.q3}) ${unit}${aim}`);
  }
  for (const name of absent) console.log(`not installed: ${name}`);
  console.log(`load before and after: ${load.map((one) => one?.toFixed(1)).join(', ')}`);
}
