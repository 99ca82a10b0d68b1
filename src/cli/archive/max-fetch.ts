import { parseWhole } from './server-option.js';

/** The declaration of `--max-fetch`, in GiB. */
export const MAX_FETCH_OPTION = [
  '--max-fetch <gib>',
  'GiB of the largest file that is fetched from an address',
  parseWhole({ least: 1, most: 1 << 20 }),
  16,
] as const;

/** GiB in octets. */
export function octetsOf(gib: number): number {
  return gib * 2 ** 30;
}
