import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openInput, readRoutes } from 'pathsec/node';
import { type PayloadFile, readPayloadPieces } from 'pathsec/rpki';
import { InputError } from './usage.js';

/** A table of routes: a file under a name, or a synthetic one. */
export interface TableSource {
  readonly name: string;
  /** Absent: synthetic. */
  readonly file?: string;
}

/** What was counted in an input before anything was measured. */
export interface CountedInput {
  readonly name: string;
  readonly routes: number;
  readonly withdrawals: number;
  /** Records that could not be read as they should. */
  readonly faults: number;
}

/** The same of a file of payloads. */
export interface CountedPayloads {
  readonly vrps: number;
  readonly aspas: number;
  readonly routerKeys: number;
}

/** The name of the table with the lengths of a full feed and no file behind it. */
export const SYNTHETIC = 'synthetic, shape of a full feed';

const FOLDER = 'data/mrt/bgpdump/test_data';
const REAL: Readonly<Record<string, string>> = {
  'full transfer, 2015': `${FOLDER}/updates.et-header.2015.gz`,
  'table of 36 peers, 2002': `${FOLDER}/bview.20020722.2337.gz`,
  'updates of 14 peers, 2007': `${FOLDER}/updates.20071015.1505.gz`,
};
const SAMPLE = fileURLToPath(new URL('../../src/sample/rib.mrt.gz', import.meta.url));

/** The names of the tables that are always looked for. */
export const STANDARD: readonly string[] = [...Object.keys(REAL), 'embedded sample', SYNTHETIC];

/** The tables of a run: those that were asked for, the real ones of a folder beside the checkout, the sample, a synthetic one. */
export function tableSources(asked: Readonly<Record<string, string>>, shared: string): TableSource[] {
  const real = Object.entries(REAL).map(([name, path]) => ({ name, file: `${shared}/${path}` }));
  const sources = [
    ...Object.entries(asked).map(([name, file]) => ({ name, file })),
    ...real.filter(({ file }) => existsSync(file)),
    { name: 'embedded sample', file: SAMPLE },
    { name: SYNTHETIC },
  ];
  const twice = sources.find(({ name }, i) => sources.findIndex((other) => other.name === name) !== i);
  if (twice) throw new InputError(`two tables have the name "${twice.name}"`);
  return sources;
}

/** Opens and counts every table; the first without routes ends the run before anything is measured. */
export async function countTables(sources: readonly TableSource[]): Promise<CountedInput[]> {
  const counted: CountedInput[] = [];
  for (const { name, file } of sources) if (file !== undefined) counted.push(await countTable(name, file));
  return counted;
}

async function countTable(name: string, file: string): Promise<CountedInput> {
  const place = `table "${name}", ${file}`;
  requireFile(file, place);
  const [input] = await fromSystem(place, () => readRoutes([file], () => {}, { reuse: true }));
  if (input === undefined) throw new InputError(`${place}: nothing was read`);
  const { routes, withdrawals, records, problems } = input.summary;
  if (routes === 0) {
    const [first] = problems.first;
    const fault =
      first === undefined
        ? `${records} records, no fault in them`
        : `first fault: ${first.message} (${first.code}, record ${first.number}, octet ${first.offset})`;
    throw new InputError(`${place}: no routes; ${fault}`);
  }
  return { name, routes, withdrawals, faults: problems.count };
}

/** Reads a file of payloads. */
export async function readPayloadsFile(file: string): Promise<PayloadFile> {
  const place = `payloads, ${file}`;
  requireFile(file, place);
  return fromSystem(place, () => readPayloadPieces(textOf(openInput(file))));
}

async function* textOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** Opens and counts the file of payloads. */
export async function countPayloads(file: string): Promise<CountedPayloads> {
  const { vrps, aspas, routerKeys } = await readPayloadsFile(file);
  const counted = { vrps: vrps.size, aspas: aspas.size, routerKeys: routerKeys.size };
  if (counted.vrps + counted.aspas === 0) {
    throw new InputError(`payloads, ${file}: neither VRPs nor ASPAs in it`);
  }
  return counted;
}

/** Every process of a run reads its inputs again, which pipes do not allow; and devices may never end. */
export function requireFile(file: string, place: string): void {
  if (!existsSync(file)) throw new InputError(`${place}: there is no such file`);
  if (!statSync(file).isFile()) throw new InputError(`${place}: not a regular file`);
}

async function fromSystem<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) throw new InputError(`${place}: ${error.message}`);
    throw error;
  }
}
