import { createAspaTable } from 'pathsec/aspa';
import { createRouterKeys } from 'pathsec/bgpsec';
import type { AspaPayload, PayloadSet, RouterKey } from 'pathsec/payload';
import { createRovTable } from 'pathsec/rov';
import { vrps } from '../../lib/vrps.js';
import type { StudyConfig } from '../config.js';
import { readPayloadsFile } from '../inputs.js';
import type { Job, TaskPart } from './part.js';
import { type PayloadMemoryFacts, type PayloadTable, payloadTables } from './payload-tables.js';

/** What is measured takes at least so many octets: in a small heap the code that V8 throws away would be seen beside it. */
const LEAST = 1 << 26;

/** The table of a process: how much memory it has when it is full, what it was filled from being gone; as many of it as `LEAST` asks. */
export async function payloadMemory(
  config: StudyConfig,
  { process }: Job,
): Promise<TaskPart<PayloadMemoryFacts>> {
  const tables = payloadTables(config);
  const table = tables[process % tables.length];
  if (table === undefined) throw new Error('no tables of payloads');
  const file = config.rpki === undefined ? undefined : await readPayloadsFile(config.rpki);
  // Once with little, so that what the code itself takes is not counted.
  fill({ ...table, count: 100 }, undefined);
  const copies = Math.ceil(LEAST / fill(table, file).floor());
  const before = heapAndExternal();
  const held = fill(table, file);
  const others = Array.from({ length: copies - 1 }, () => fill(table, file));
  const octets = Math.round((heapAndExternal() - before) / (1 + others.length));
  const { name } = table;
  return {
    cells: [],
    facts: { samples: [{ process, table: name, count: held.count, octets, floor: held.floor() }] },
  };
}

function fill(
  { kind, count = 0 }: PayloadTable,
  file: Pick<PayloadSet, 'vrps' | 'aspas'> | undefined,
): { readonly count: number; readonly floor: () => number } {
  if (kind === 'vrps') {
    const table = createRovTable(count > 0 ? vrps(count) : (file?.vrps ?? []));
    return { count: table.size, floor: () => table.bytes };
  }
  if (kind === 'aspas') {
    const table = createAspaTable(count > 0 ? madeAspas(count) : (file?.aspas ?? []));
    return { count: table.size, floor: () => table.memory.bytes };
  }
  const keys = createRouterKeys(madeKeys(count));
  // Asked of the table afterwards, so that it is still there when the memory is read.
  return { count, floor: () => keys.size * (SKI + SPKI) };
}

const SKI = 20;
const SPKI = 91;

function* madeAspas(count: number): Generator<AspaPayload> {
  for (let i = 0; i < count; i++) {
    const customer = 1 + 5 * i;
    yield {
      customer,
      providers: [1 + ((7 * i) % 1_000), 2_000 + ((11 * i) % 10_000), 20_000 + ((13 * i) % 60_000)],
    };
  }
}

function* madeKeys(count: number): Generator<RouterKey> {
  for (let i = 0; i < count; i++) {
    const ski = new Uint8Array(SKI).fill(i % 251);
    const spki = new Uint8Array(SPKI).fill(i % 241);
    new DataView(ski.buffer).setUint32(0, i);
    new DataView(spki.buffer).setUint32(60, i);
    yield { asn: 1 + 5 * i, ski, spki };
  }
}

function heapAndExternal(): number {
  if (globalThis.gc === undefined) throw new Error('needs --expose-gc');
  for (let i = 0; i < 4; i++) globalThis.gc();
  const { heapUsed, external } = globalThis.process.memoryUsage();
  return heapUsed + external;
}
