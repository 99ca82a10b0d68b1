import { stat } from 'node:fs/promises';
import {
  ALL_KINDS,
  createPayloadSet,
  filterPayloads,
  forKinds,
  type PayloadSet,
} from '../../payload/index.js';
import { formatTime } from './time-option.js';

/** A new set without the payloads that have expired at `now`; one that expires just then is current. */
export function unexpired(set: PayloadSet, now: number, seed: number): PayloadSet {
  const current = <V>(value: V): V | undefined =>
    ((value as { readonly expires?: number }).expires ?? now) >= now ? value : undefined;
  return createPayloadSet(
    filterPayloads(
      set,
      forKinds(ALL_KINDS, () => current),
    ),
    { seed },
  );
}

/** When the first of the payloads expires; infinity when none does. */
export function firstExpiry(set: PayloadSet): number {
  let first = Number.POSITIVE_INFINITY;
  for (const kind of ALL_KINDS) {
    for (const { expires } of set[kind]) if (expires !== undefined && expires < first) first = expires;
  }
  return first;
}

/**
 * How old a payload file is, in words: by the time of making that it states, else by the change of the file; undefined where
 * neither is known, as for stdin.
 */
export async function ageOf(
  file: string,
  made: number | undefined,
  now: number,
): Promise<string | undefined> {
  if (made !== undefined) return `made ${formatTime(made)}, ${agoText(now - made)}`;
  const changed = await changeOf(file);
  return changed === undefined ? undefined : `last changed ${formatTime(changed)}, ${agoText(now - changed)}`;
}

async function changeOf(file: string): Promise<number | undefined> {
  if (file === '-') return undefined;
  try {
    const found = await stat(file);
    return found.isFile() ? Math.floor(found.mtimeMs / 1000) : undefined;
  } catch {
    return undefined; // it has been read, and is gone
  }
}

const UNITS = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
] as const;

/** `3 hours ago`: whole units, two of them at least. */
export function agoText(seconds: number): string {
  const [unit, size] = UNITS.find(([, one]) => Math.abs(seconds) >= 2 * one) ?? ['seconds', 1];
  const count = Math.floor(Math.abs(seconds) / size);
  return seconds < 0 ? `${count} ${unit} ahead of the clock` : `${count} ${unit} ago`;
}
