import type { StudyConfig } from '../config.js';

/** A table of payloads whose memory is measured. */
export interface PayloadTable {
  readonly name: string;
  readonly kind: 'vrps' | 'aspas' | 'routerKeys';
  /** How many; those of the file of payloads when absent. */
  readonly count?: number;
  /** Where the number comes from. */
  readonly source: string;
}

/** What one process had. */
export interface PayloadSample {
  readonly process: number;
  readonly table: string;
  readonly count: number;
  /** Heap and external memory that the table added. */
  readonly octets: number;
  /** What is in it at least: its arrays as it counts them, or the octets of the keys. */
  readonly floor: number;
}

/** One sample for each process. */
export interface PayloadMemoryFacts {
  readonly samples: readonly PayloadSample[];
}

const OF_TODAY = 'as an rpki-client of 2026 wrote them';
const EVERY_AS = 'assumed: one for every AS that announces routes';

const TABLES: readonly PayloadTable[] = [
  { name: 'VRPs', kind: 'vrps', count: 1_005_140, source: OF_TODAY },
  { name: 'ASPAs', kind: 'aspas', count: 3_400, source: OF_TODAY },
  { name: 'ASPAs, full deployment', kind: 'aspas', count: 80_000, source: `${EVERY_AS}, three providers` },
  { name: 'router keys, full deployment', kind: 'routerKeys', count: 80_000, source: EVERY_AS },
];

/** The tables of a run: those of a full table of today and tomorrow, and those of the file of payloads. */
export function payloadTables({ mode, rpki }: Pick<StudyConfig, 'mode' | 'rpki'>): PayloadTable[] {
  const tables = mode === 'smoke' ? TABLES.map((table) => ({ ...table, count: 1_000 })) : TABLES;
  if (rpki === undefined) return [...tables];
  const source = 'the file of payloads';
  return [
    ...tables,
    { name: 'VRPs of the file', kind: 'vrps', source },
    { name: 'ASPAs of the file', kind: 'aspas', source },
  ];
}
