/** The payloads of an audit, numbered from 0 as they come; times are seconds since 1970 UTC. */
export interface SetNumbers {
  /** The time of each number. */
  readonly times: readonly number[];
  /** The number of those of a time, a new one if they were not there. */
  of(time: number): number;
  /** The numbers by time ascending. */
  sorted(): number[];
}

/** Numbers of no payloads yet. */
export function createSetNumbers(): SetNumbers {
  const times: number[] = [];
  const numbers = new Map<number, number>(); // times of payloads, which no sender of routes chooses
  return {
    times,
    of: (time) => {
      let number = numbers.get(time);
      if (number === undefined) {
        number = times.push(time) - 1;
        numbers.set(time, number);
      }
      return number;
    },
    sorted: () =>
      times.map((_, number) => number).sort((a, b) => (times[a] as number) - (times[b] as number)),
  };
}
