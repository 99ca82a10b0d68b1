const DAY = 86_400;
/** Days of which seconds are noted: eleven years; 11 kilobytes each. */
const MAX_DAYS = 4_096;

/** The seconds at which something was, a bit each. */
export interface SecondsSeen extends Iterable<number> {
  /** False, and not noted, where it would be the seconds of more than 4,096 days. */
  add(second: number): boolean;
  /** The first second of each day, ascending. */
  firstOfDays(): number[];
}

/** No seconds. */
export function createSecondsSeen(): SecondsSeen {
  const days = new Map<number, Uint8Array>();
  const sorted = (): number[] => [...days.keys()].sort((a, b) => a - b);
  function* secondsOf(day: number): Generator<number> {
    for (const [at, bits] of (days.get(day) ?? []).entries()) {
      if (bits === 0) continue;
      for (let bit = 0; bit < 8; bit++) if ((bits >> bit) & 1) yield day * DAY + at * 8 + bit;
    }
  }
  return {
    add: (second) => {
      const day = Math.floor(second / DAY);
      let bits = days.get(day);
      if (bits === undefined) {
        if (days.size === MAX_DAYS) return false;
        bits = new Uint8Array(DAY / 8);
        days.set(day, bits);
      }
      const at = second - day * DAY;
      bits[at >> 3] = (bits[at >> 3] as number) | (1 << (at & 7));
      return true;
    },
    firstOfDays: () => sorted().flatMap((day) => [...take(secondsOf(day))]),
    *[Symbol.iterator]() {
      for (const day of sorted()) yield* secondsOf(day);
    },
  };
}

function* take(seconds: Iterable<number>): Generator<number> {
  for (const second of seconds) {
    yield second;
    return;
  }
}
