import { type AspaTable, createAspaTable } from '../../aspa/index.js';
import { createRovTable, type RovTable } from '../../rov/index.js';
import type { PayloadContents, PayloadTimeline } from '../timeline.js';
import { requireSameContents } from './conditions.js';
import type { JudgedSet } from './judged-file.js';

interface Gathered {
  readonly contents: PayloadContents;
  readonly aspa: AspaTable;
  readonly rov: RovTable;
}

/** Payloads of many times as partial reports have them: those alone that the report needs. */
export interface GatheredTimeline extends PayloadTimeline {
  /** @throws {DecodeError} `partial-conditions` where those of this time are others than before. */
  add(set: JudgedSet): void;
}

/** A {@link GatheredTimeline} of no payloads yet. */
export function createGatheredTimeline(seed: number): GatheredTimeline {
  const sets = new Map<number, Gathered>();
  const of = (time: number): Gathered => {
    const found = sets.get(time);
    if (found === undefined) throw new RangeError(`no payloads of the time ${time}`);
    return found;
  };
  return {
    add: ({ time, contents, aspas, vrps }) => {
      const known = sets.get(time);
      if (known !== undefined) requireSameContents(time, known.contents, contents);
      const { aspa, rov } = known ?? {
        aspa: createAspaTable([], { seed }),
        rov: createRovTable([], { seed }),
      };
      sets.set(time, { contents, aspa, rov });
      for (const one of aspas) aspa.announce(one);
      rov.unite(vrps);
    },
    setOf: (time) => {
      of(time);
      return time;
    },
    rov: (set) => of(set).rov,
    aspa: (set) => of(set).aspa,
    contents: (set) => of(set).contents,
  };
}
