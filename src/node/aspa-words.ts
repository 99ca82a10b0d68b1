import { type AspaTable, createAspaTable } from '../aspa/index.js';
import type { AspaPayload } from '../payload/index.js';

/** The ASPAs of a table as words: customer, number of providers and providers, one ASPA behind the other. */
export function wordsOfAspas(aspa: AspaTable): Uint32Array {
  return Uint32Array.from(
    [...aspa].flatMap(({ customer, providers }) => [customer, providers.length, ...providers]),
  );
}

/** The table of the ASPAs that {@link wordsOfAspas} wrote. */
export function openAspas(words: Uint32Array, seed: number | undefined): AspaTable {
  const aspas: AspaPayload[] = [];
  for (let at = 0; at < words.length; ) {
    const end = at + 2 + (words[at + 1] as number);
    const providers = [...words.subarray(at + 2, end)];
    // An AS0 ASPA has no provider in the table, and the provider 0 outside.
    aspas.push({ customer: words[at] as number, providers: providers.length === 0 ? [0] : providers });
    at = end;
  }
  return createAspaTable(aspas, seed === undefined ? {} : { seed });
}
