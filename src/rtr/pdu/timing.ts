/** The three intervals of End of Data, in seconds (8210bis §6). */
export interface Timing {
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
}

/** The recommended defaults of 8210bis §6; version 0 sessions, which carry none, always use them. */
export const DEFAULT_TIMING: Timing = { refresh: 3600, retry: 600, expire: 7200 };

const clamp = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max);

/**
 * The intervals a router uses when a cache sends `timing`: each moved into its allowed range, and expire kept above
 * refresh and retry (§6). The text does not say what a router does with a value out of range: docs/decisions/rtr.md
 * D-rtr-timing-clamp.
 */
export function usableTiming(timing: Timing): Timing {
  const refresh = clamp(timing.refresh, 1, 86_400);
  const retry = clamp(timing.retry, 1, 7_200);
  const expire = Math.max(clamp(timing.expire, 600, 172_800), refresh + 1, retry + 1);
  return { refresh, retry, expire };
}

/** Whether a cache may send `timing`: every interval in its range, expire above the others (§6). */
export function isAllowedTiming(timing: Timing): boolean {
  const usable = usableTiming(timing);
  return (
    usable.refresh === timing.refresh && usable.retry === timing.retry && usable.expire === timing.expire
  );
}
