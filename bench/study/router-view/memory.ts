import type { MemoryCost, Protection } from 'pathsec/cost';
import type { StudyResults } from '../results.js';
import { quantile } from '../statistics.js';
import { memoryRowsOf } from '../tasks/memory-cells.js';

type WithMemory = Pick<Protection, 'memory'>;

const KEYS = 'router keys, full deployment';
/** Of a P-256 key as a point, which the measured table has. */
const P256_OCTETS = 65;

/** What a run measured of memory; nothing of what it left out. */
export function memoryOf(results: StudyResults): {
  /** Signatures in packed stores, of the largest table that was measured; `keyOctets` of a public key, where each AS has one. */
  readonly signed: (scheme: string, keyOctets?: number) => WithMemory;
  /** A table of payloads alone. */
  readonly table: (name: string) => WithMemory;
} {
  const samples = results.tasks.memory?.facts.samples ?? [];
  const rows = memoryRowsOf({ samples });
  const tables = results.tasks.payloadMemory?.facts.samples ?? [];
  const octetsOf = (name: string): number | undefined => {
    const own = tables.filter(({ table }) => table === name);
    return own.length === 0
      ? undefined
      : quantile(
          own.map(({ octets }) => octets),
          0.5,
        );
  };
  const keys = (keyOctets: number): number => {
    const count = tables.find(({ table }) => table === KEYS)?.count ?? 0;
    return (octetsOf(KEYS) ?? 0) + count * (keyOctets - P256_OCTETS);
  };
  const signed = (scheme: string, keyOctets?: number): WithMemory => {
    const own = rows.filter((row) => row.scheme === scheme).sort((a, b) => b.routes - a.routes)[0];
    const hops = samples.find((one) => one.scheme === scheme && one.routes === own?.routes)?.meanHops;
    if (own === undefined || hops === undefined) return {};
    const memory: MemoryCost = {
      perRoute: own.measured.median,
      hops,
      tables: keyOctets === undefined ? 0 : keys(keyOctets),
    };
    return { memory };
  };
  const table = (name: string): WithMemory => {
    const octets = octetsOf(name);
    return octets === undefined ? {} : { memory: { perRoute: 0, hops: 1, tables: octets } };
  };
  return { signed, table };
}
