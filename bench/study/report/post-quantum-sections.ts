import { SIGNATURE_SIZES, type SignatureSizes } from 'pathsec/apvas';
import { DEFAULT_ASSUMPTIONS, meanHops } from 'pathsec/cost';
import type { StudyResults } from '../results.js';
import { type Spread, spread } from '../statistics.js';
import { NATIVE_ECDSA, PQ_NATIVE } from '../tasks/post-quantum-facts.js';
import { cellOf, factsOf, milliseconds, ratioOf, times } from './analysis.js';
import { FEED, num, table, withSpread } from './format.js';

/** ASes with a router key: assumed. */
const ASES = 80_000;

/** Octets that depend on signature and key alone, and what stands beside them. */
interface Sizes extends SignatureSizes {
  readonly name: string;
  /** Octets of a message with `hops` hops and one IPv4 /24. */
  readonly update: (hops: number) => number;
  /** Octets that are hashed to verify it. */
  readonly hashed: (hops: number) => number;
}

const sum = (hops: number, of: (hop: number) => number): number => {
  let total = 0;
  for (let hop = 1; hop <= hops; hop++) total += of(hop);
  return total;
};

function bgpsec(name: string, sizes: SignatureSizes): Sizes {
  const s = sizes.meanSignatureOctets;
  return {
    ...sizes,
    name,
    update: (hops) => 52 + hops * (28 + s),
    // RFC 8205 §4.2: target, segment and what came before, with all older signatures.
    hashed: (hops) => sum(hops, (hop) => 12 + 6 * hop + (hop - 1) * (22 + s)),
  };
}

const ECDSA: SignatureSizes = { publicKeyOctets: 65, signatureOctets: 72, meanSignatureOctets: 71 };

const SIZES: readonly Sizes[] = [
  bgpsec('ECDSA P-256', ECDSA),
  {
    ...ECDSA,
    name: 'FC-BGP, ECDSA P-256',
    update: (hops) => 52 + hops * (4 + 36 + 71),
    hashed: (hops) => 41 * hops,
  },
  ...Object.entries(SIGNATURE_SIZES).map(([name, sizes]) => bgpsec(name, sizes)),
];

/** Octets of UPDATEs, tables and keys; computed. */
export function postQuantumSizes(): string {
  const hopsOfFeed = meanHops(DEFAULT_ASSUMPTIONS.pathLengths);
  const fits = (update: Sizes['update'], limit: number): number => {
    let hops = 0;
    while (update(hops + 1) <= limit) hops++;
    return hops;
  };
  const head = [
    'algorithm',
    'key',
    'signature',
    'UPDATE: 1, 4, 8 hops',
    'hops in 4096; 65535',
    'hashed at 4 hops',
    'signatures of a feed, GB',
    'keys of all ASes, MB',
  ];
  const rows = SIZES.map(({ name, publicKeyOctets, meanSignatureOctets, update, hashed }) => [
    name,
    num(publicKeyOctets),
    num(meanSignatureOctets),
    [1, 4, 8].map((hops) => num(update(hops))).join(', '),
    [4096, 65_535].map((limit) => num(fits(update, limit))).join('; '),
    num(hashed(4)),
    num((FEED * hopsOfFeed * meanSignatureOctets) / 1e9),
    num((ASES * publicKeyOctets) / 1e6),
  ]);
  return `${table(head, rows)}

Computed, with mean signatures where they vary; the package's tests encode such messages. Keys are raw. A feed is ${num(FEED)} routes with the
path lengths of a full feed (mean ${num(hopsOfFeed)}), each signature held once; keys are one for each of ${num(ASES)} ASes.`;
}

/** From the appendix of draft-yoshikawa-sidrops-pqc-rpki: milliseconds on an Apple M4, OpenSSL 3.6.2. */
const PUBLISHED: Readonly<Record<string, { readonly sign: number; readonly verify: number }>> = {
  'ECDSA P-256': { sign: 0.01266, verify: 0.034535 },
  'ML-DSA-44': { sign: 0.249238, verify: 0.047798 },
  'ML-DSA-65': { sign: 0.405729, verify: 0.073411 },
  'ML-DSA-44 + P-256': { sign: 0.26, verify: 0.083 },
  'ML-DSA-65 + P-256': { sign: 0.456, verify: 0.119 },
};

type Operation = 'sign' | 'verify';

/** One table for an operation: portable, native and published times, each as a ratio to native ECDSA beside it. */
export function postQuantumTimes(results: StudyResults, operation: Operation): string {
  const absent = 'absent';
  const rows = Object.keys(PQ_NATIVE).map((name) => {
    const portable = milliseconds(results, 'postQuantum', name, operation);
    const sample = factsOf(results, 'postQuantum').signMs[name];
    const native = nativeOf(results, name, operation);
    return [
      name,
      portable.count > 0
        ? withSpread(portable)
        : operation === 'sign' && sample !== undefined
          ? `${num(sample)} (one sample)`
          : absent,
      portable.count > 0 ? withSpread(times(results, 'postQuantum', name, operation, NATIVE_ECDSA)) : '',
      native === undefined ? absent : withSpread(native.ms),
      native === undefined ? absent : withSpread(native.times),
      ...published(name, operation),
    ];
  });
  const composites = ['ML-DSA-44', 'ML-DSA-65'].map((name) => compositeRow(results, name, operation, absent));
  const ecdsa = nativeOf(results, 'ecdsap256', operation);
  const first = [
    'ECDSA P-256',
    withSpread(milliseconds(results, 'postQuantum', 'ECDSA, noble', operation)),
    withSpread(times(results, 'postQuantum', 'ECDSA, noble', operation, NATIVE_ECDSA)),
    ecdsa === undefined ? absent : withSpread(ecdsa.ms),
    ecdsa === undefined ? absent : '1',
    ...published('ECDSA P-256', operation),
  ];
  return table(
    [
      operation === 'sign' ? 'one signature made' : 'one signature verified',
      'portable ms (quartiles)',
      'times native ECDSA',
      'native ms (quartiles)',
      'times native ECDSA',
      'published ms',
      'times its ECDSA',
    ],
    [first, ...rows, ...composites],
  );
}

/** The sum of the parts: a model. */
function compositeRow(results: StudyResults, name: string, operation: Operation, absent: string): string[] {
  const composite = `${name} + P-256`;
  const cell = (scheme: string) => cellOf(results, 'postQuantum', scheme, operation);
  const plus = (a: Spread, b: Spread): Spread => ({
    ...a,
    median: a.median + b.median,
    q1: a.q1 + b.q1,
    q3: a.q3 + b.q3,
  });
  const portable = plus(
    milliseconds(results, 'postQuantum', name, operation),
    milliseconds(results, 'postQuantum', 'ECDSA, noble', operation),
  );
  const portableTimes = plus(
    ratioOf(cell(name), cell(NATIVE_ECDSA)),
    ratioOf(cell('ECDSA, noble'), cell(NATIVE_ECDSA)),
  );
  const hasPortable = cell(name) !== undefined && cell('ECDSA, noble') !== undefined;
  const native = nativeOf(results, name, operation);
  const ecdsa = nativeOf(results, 'ecdsap256', operation);
  const one = spread([1]);
  const both = native !== undefined && ecdsa !== undefined;
  return [
    `${composite} (model)`,
    ...(hasPortable ? [withSpread(portable), withSpread(portableTimes)] : [absent, '']),
    both ? withSpread(plus(native.ms, ecdsa.ms)) : absent,
    both ? withSpread(plus(native.times, one)) : absent,
    ...published(composite, operation),
  ];
}

function published(name: string, operation: Operation): [string, string] {
  const figures = PUBLISHED[name];
  const unit = PUBLISHED['ECDSA P-256'];
  if (figures === undefined || unit === undefined) return ['', ''];
  return [num(figures[operation]), num(figures[operation] / unit[operation])];
}

/** `openssl speed` over the processes, and its ratio to ECDSA in the same call; undefined where it has not the algorithm. */
export function nativeOf(
  results: StudyResults,
  name: string,
  operation: Operation,
): { readonly ms: Spread; readonly times: Spread } | undefined {
  const native = name === 'ecdsap256' ? name : PQ_NATIVE[name];
  const samples = factsOf(results, 'postQuantum').native.flatMap((speed) => {
    if ('absent' in speed) return [];
    const of = (algorithm: string | undefined): number | undefined =>
      speed.times.find((time) => time.algorithm === algorithm && time.operation === operation)?.ms;
    const ms = of(native);
    const unit = of('ecdsap256');
    return ms === undefined || unit === undefined ? [] : [{ ms, times: ms / unit }];
  });
  if (samples.length === 0) return undefined;
  return { ms: spread(samples.map(({ ms }) => ms)), times: spread(samples.map(({ times: ratio }) => ratio)) };
}

/** Whole UPDATEs of four hops, all included. */
export function updatesTable(results: StudyResults): string {
  const parameter = 'UPDATE of 4 hops';
  const names = [NATIVE_ECDSA, 'FC-BGP, OpenSSL', 'ECDSA, noble', 'FC-BGP, noble', ...Object.keys(PQ_NATIVE)];
  const rows = names.flatMap((name) => {
    const ms = milliseconds(results, 'postQuantum', name, parameter);
    if (ms.count === 0) return [];
    return [[name, withSpread(ms), withSpread(times(results, 'postQuantum', name, parameter, NATIVE_ECDSA))]];
  });
  return table(
    ['four hops, octets of the attribute to verdict', 'ms (quartiles)', 'times native ECDSA'],
    rows,
  );
}

/** With what the native columns were measured, or why not. */
export function nativeNote(results: StudyResults): string {
  const { native } = factsOf(results, 'postQuantum');
  const [first] = native;
  if (first === undefined || 'absent' in first) {
    return `The native columns are absent: ${first === undefined ? 'no run' : first.absent}.`;
  }
  return (
    `Native: \`openssl speed\` of ${first.version}, ${native.length} calls, each with ECDSA in the same call; FN-DSA is in no ` +
    `OpenSSL. ECDSA by node:crypto is OpenSSL ${results.machine.openssl}.`
  );
}
