import { SIGNATURE_SIZES } from 'pathsec/apvas';
import type { Band, Protection, UpdateOctets } from 'pathsec/cost';
import { milliseconds, parametersOf } from '../report/analysis.js';
import { nativeOf } from '../report/post-quantum-sections.js';
import type { StudyResults } from '../results.js';
import type { TaskName } from '../tasks/names.js';
import { NATIVE_ECDSA } from '../tasks/post-quantum-facts.js';
import { memoryOf } from './memory.js';

const WHOLE_UPDATE = 'UPDATE of 4 hops';
const BGPSEC = perHopOctets(71);
const FC_BGP: UpdateOctets = { fixed: 52, perHop: 4 + 36 + 71 };
const SHORT_AGGREGATE: UpdateOctets = { fixed: 54 + 48, perHop: 26 };
const LONG_AGGREGATE: UpdateOctets = { fixed: 54 + 96, perHop: 26 };
/** As the tasks of the study call it; the draft's table has no hash in the name. */
const TASK_NAME: Readonly<Record<string, string>> = { 'SLH-DSA-128s': 'SLH-DSA-SHA2-128s' };
/** Larger batches wait too long to be a router's. */
const LARGEST_BATCH = 64;

function perHopOctets(signature: number): UpdateOctets {
  return { fixed: 52, perHop: 28 + signature };
}

/** Everything that the router's view compares, with what this run measured of it; a cost that it lacks is absent. */
export function protectionsOf(results: StudyResults, policyTable?: string): Protection[] {
  const memory = memoryOf(results);
  const perHop = { signatures: 'one per hop', octets: BGPSEC } as const;
  const bgpsec = { ...perHop, family: 'bgpsec', scheme: 'BGPsec', ...memory.signed('ECDSA', 65) } as const;
  const every = { verified: 'every route' } as const;
  const longAggregate = {
    ...every,
    family: 'aggregate',
    signatures: 'one',
    octets: LONG_AGGREGATE,
  } as const;
  const aggregate = {
    ...longAggregate,
    octets: SHORT_AGGREGATE,
    ...memory.signed('PLAIN, CHAIN: transit'),
  } as const;
  const payloads = { ...every, family: 'payloads', engine: 'pathsec', signatures: 'none' } as const;
  const native = updateCost(results, NATIVE_ECDSA);
  const noble = byLengthCost(results, 'S1');
  const modes = ['every route', 'best paths', 'unseen segments'] as const;
  return [
    {
      ...payloads,
      scheme: 'origin validation',
      ...memory.table('VRPs'),
      ...policyCost(results, 'ROV', policyTable),
    },
    {
      ...payloads,
      scheme: 'ASPA',
      ...memory.table('ASPAs, full deployment'),
      ...policyCost(results, 'ASPA', policyTable),
    },
    ...modes.map((verified) => ({ ...bgpsec, engine: 'OpenSSL', verified, ...native })),
    ...modes.map((verified) => ({ ...bgpsec, engine: 'noble', verified, ...noble })),
    { ...bgpsec, ...every, engine: 'noble, key tables', ...byLengthCost(results, 'S1p') },
    ...(['OpenSSL', 'noble'] as const).map((engine) => ({
      ...bgpsec,
      ...every,
      family: 'fc-bgp' as const,
      scheme: 'FC-BGP',
      engine,
      octets: FC_BGP,
      ...(engine === 'noble' ? byLengthCost(results, 'FC-BGP') : updateCost(results, 'FC-BGP, OpenSSL')),
    })),
    { ...aggregate, scheme: 'PLAIN', engine: 'noble', ...byLengthCost(results, 'S2 cached') },
    { ...aggregate, engine: 'noble', ...batchCost(results, 'PLAIN', 'S2g 128 bits') },
    {
      ...longAggregate,
      scheme: 'PLAIN, 96-octet signatures',
      engine: 'blst',
      ...costAt(results, 'native', 'PLAIN with 96-octet signatures, blst', 4, 4),
    },
    { ...aggregate, scheme: 'CHAIN', engine: 'noble', ...byLengthCost(results, 'S3 cached') },
    { ...aggregate, engine: 'noble', ...batchCost(results, 'CHAIN', 'S3 aggregate') },
    ...Object.entries(SIGNATURE_SIZES).flatMap(([name, { meanSignatureOctets, publicKeyOctets }]) => {
      const own = {
        ...perHop,
        ...every,
        family: 'post-quantum' as const,
        ...memory.signed(TASK_NAME[name] ?? name, publicKeyOctets),
        scheme: `BGPsec with ${name}`,
        octets: perHopOctets(meanSignatureOctets),
      };
      return [
        { ...own, engine: 'OpenSSL', ...sumOfParts(name, (part) => speedCost(results, part)) },
        { ...own, engine: 'noble', ...sumOfParts(name, (part) => portableCost(results, part)) },
      ];
    }),
  ];
}

type WithCost = Pick<Protection, 'cost'>;

/** A cost measured at one length. */
function costAt(
  results: StudyResults,
  task: TaskName,
  scheme: string,
  parameter: number | string,
  hops: number,
): WithCost {
  const { median, q1, q3, count } = milliseconds(results, task, scheme, parameter);
  return count === 0 ? {} : { cost: { byHops: [{ hops, ms: { median, q1, q3 } }] } };
}

function byLengthCost(results: StudyResults, scheme: string): WithCost {
  const byHops = parametersOf(results, 'byLength').flatMap((length) =>
    typeof length === 'number'
      ? (costAt(results, 'byLength', scheme, length, length).cost?.byHops ?? [])
      : [],
  );
  return byHops.length === 0 ? {} : { cost: { byHops: byHops.sort((a, b) => a.hops - b.hops) } };
}

function updateCost(results: StudyResults, scheme: string): WithCost {
  return costAt(results, 'postQuantum', scheme, WHOLE_UPDATE, 4);
}

/** The largest batch that was measured; named with its size. */
function batchCost(results: StudyResults, name: string, scheme: string): WithCost & { scheme: string } {
  const sizes = parametersOf(results, 'batches').filter(
    (n): n is number =>
      typeof n === 'number' && n <= LARGEST_BATCH && milliseconds(results, 'batches', scheme, n).count > 0,
  );
  const size = Math.max(...sizes);
  if (sizes.length === 0) return { scheme: `${name}, batches` };
  return { scheme: `${name}, batches of ${size}`, ...costAt(results, 'batches', scheme, size, 4) };
}

/** Origin validation or ASPA over a table of the run, the one with most routes unless another is named. */
function policyCost(results: StudyResults, scheme: string, table?: string): WithCost {
  const rows = results.tasks.tables?.facts.rows ?? [];
  const largest = rows.reduce<(typeof rows)[number] | undefined>(
    (most, row) => (most === undefined || row.routes > most.routes ? row : most),
    undefined,
  );
  const { cost } = costAt(results, 'tables', scheme, table ?? largest?.name ?? '', 1);
  const [point] = cost?.byHops ?? [];
  // The same for all lengths.
  return point === undefined ? {} : { cost: { byHops: [point, { ...point, hops: 2 }] } };
}

function portableCost(results: StudyResults, name: string): WithCost {
  const scheme = TASK_NAME[name] ?? (name === 'P-256' ? 'ECDSA, noble' : name);
  const update = updateCost(results, scheme);
  return update.cost ? update : costAt(results, 'postQuantum', scheme, 'verify', 1);
}

/** `openssl speed` gives the ratio to ECDSA, a verification of ECDSA in the rounds the rest. */
function speedCost(results: StudyResults, name: string): WithCost {
  if (results.tasks.postQuantum === undefined) return {};
  const unit = milliseconds(results, 'postQuantum', NATIVE_ECDSA, 'verify').median;
  const times =
    name === 'P-256'
      ? { median: 1, q1: 1, q3: 1 }
      : nativeOf(results, TASK_NAME[name] ?? name, 'verify')?.times;
  if (times === undefined || !Number.isFinite(unit)) return {};
  const ms: Band = { median: times.median * unit, q1: times.q1 * unit, q3: times.q3 * unit };
  return { cost: { byHops: [{ hops: 1, ms }] } };
}

/** A composite is verified by both of its algorithms: the sum, absent where one is not measured at the same length. */
function sumOfParts(name: string, costOf: (part: string) => WithCost): WithCost {
  const points = name.split(' + ').map((part) => costOf(part).cost?.byHops[0]);
  const [first] = points;
  if (first === undefined) return {};
  const known = points.flatMap((point) => (point?.hops === first.hops ? [point] : []));
  if (known.length < points.length) return {};
  const sum = (of: keyof Band): number => known.reduce((total, { ms }) => total + ms[of], 0);
  return {
    cost: { byHops: [{ hops: first.hops, ms: { median: sum('median'), q1: sum('q1'), q3: sum('q3') } }] },
  };
}
