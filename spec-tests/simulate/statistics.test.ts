import { describe, expect, it } from 'vitest';
import { studentQuantile, summarize } from '../../src/simulate/curves/statistics.js';

describe('a sample in a few numbers', () => {
  it('has mean, interval and quantiles', () => {
    const summary = summarize(Float64Array.of(4, 1, 3, 2, 5));
    expect(summary).toMatchObject({ trials: 5, mean: 3, q25: 2, q50: 3, q75: 4 });
    // sd = sqrt(2.5), t(4) = 2.776445
    expect(summary.high - 3).toBeCloseTo((2.776445 * Math.sqrt(2.5)) / Math.sqrt(5), 5);
    expect([summary.q05, summary.q95]).toEqual([1.2, 4.8]);
    expect(summarize(Float64Array.of(7))).toMatchObject({ trials: 1, mean: 7, low: 7, high: 7, q05: 7 });
    expect(() => summarize(new Float64Array())).toThrow(RangeError);
  });

  // Quantiles of Student's t at 0.975, as every table has them.
  it.each([
    [1, 12.7062],
    [2, 4.3027],
    [4, 2.7764],
    [5, 2.5706],
    [6, 2.4469],
    [10, 2.2281],
    [29, 2.0452],
    [100, 1.984],
    [999, 1.9623],
  ])('knows t with %i degrees of freedom', (degrees, t) => {
    expect(Math.abs(studentQuantile(degrees) - t)).toBeLessThan(0.001);
  });
});
