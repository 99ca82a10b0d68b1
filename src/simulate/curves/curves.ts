import type { Asn } from '../../inet/index.js';
import type { Topology } from '../topology.js';
import { createGround, type Ground } from './ground.js';
import { type AdoptionOrder, type AttackName, type CurveSettings, checkSettings } from './settings.js';
import { type Summary, summarize } from './statistics.js';
import { CELLS, CURVE_GROUPS, CURVE_OUTCOMES, type CurveGroup, type CurveOutcome, shareOf } from './tally.js';
import { runTrial, trialSize } from './trial.js';

/** A study that can be run trial by trial, in any order and in any number of places. */
export interface CurveStudy {
  readonly settings: CurveSettings;
  /**
   * What a trial counts, ASes by what became of their traffic, packed: for {@link curveRows}. It depends on topology, settings
   * and number of the trial alone.
   *
   * @param trial a whole number, 0 or more.
   * @throws {RangeError} where nobody can leak as an attack wants it.
   */
  run(trial: number): Int32Array;
}

/** A point of a curve: a mean over trials, in per cent of the ASes of the group. */
export interface CurveRow extends Summary {
  readonly attack: AttackName;
  readonly mechanism: string;
  readonly order: AdoptionOrder;
  /** Per cent of all ASes that adopt. */
  readonly adopt: number;
  readonly group: CurveGroup;
  readonly outcome: CurveOutcome;
}

/**
 * A study of what mechanisms are worth: attackers, victims and adopters are drawn by the seed and the number of a trial, the
 * same for all mechanisms and shares, so that differences between them are no matter of chance.
 *
 * @param clique tier 1.
 * @throws {RangeError} for settings that cannot be, and for a topology of fewer than three ASes.
 */
export function createCurveStudy(
  topology: Topology,
  clique: readonly Asn[],
  settings: CurveSettings,
): CurveStudy {
  checkSettings(settings);
  const ground: Ground = createGround(topology, clique);
  const size = trialSize(settings);
  return {
    settings,
    run: (trial) => {
      const counts = new Int32Array(size);
      runTrial(ground, settings, trial, counts);
      return counts;
    },
  };
}

/**
 * The points of all curves, of trials in their order. A group is left out of a trial in which it has no ASes, or in which the
 * ASes never agree on routes, and of the rows where that is always so; `diverted` is told of leaks and replays alone.
 *
 * @param trials what `run` gave, in order of the trials: the same trials give the same rows.
 */
export function* curveRows(settings: CurveSettings, trials: readonly Int32Array[]): Generator<CurveRow> {
  const { adopt, attacks, mechanisms, order } = settings;
  let offset = 0;
  for (const attack of attacks) {
    for (const { name: mechanism } of mechanisms) {
      for (const share of adopt) {
        for (const group of CURVE_GROUPS) {
          for (const outcome of CURVE_OUTCOMES) {
            if (outcome === 'diverted' && !/^(?:leak[1-5]|replay)$/.test(attack)) continue;
            const values = trials
              .map((cells) => shareOf(cells, offset, group, outcome))
              .filter((value) => value !== undefined);
            if (values.length === 0) continue;
            const summary = summarize(Float64Array.from(values));
            yield { attack, mechanism, order, adopt: share, group, outcome, ...summary };
          }
        }
        offset += CELLS;
      }
    }
  }
}

/** The columns of a row as CSV. */
export const CURVE_COLUMNS = [
  'attack',
  'mechanism',
  'order',
  'adopt',
  'group',
  'outcome',
  'trials',
  'mean',
  'low',
  'high',
  'q05',
  'q25',
  'q50',
  'q75',
  'q95',
] as const satisfies readonly (keyof CurveRow)[];

/** Rows as lines of CSV (RFC 4180), a head before them; shares with four decimals. */
export function* curveCsv(rows: Iterable<CurveRow>): Generator<string> {
  yield CURVE_COLUMNS.join(',');
  for (const row of rows) {
    yield CURVE_COLUMNS.map((column) => {
      const value = row[column];
      const isCount = column === 'trials' || column === 'adopt';
      return typeof value === 'number' && !isCount ? value.toFixed(4) : String(value);
    }).join(',');
  }
}
