import { createAspaTable, type Ramps, verifyAsPath } from 'pathsec/aspa';
import { describe, expect, it } from 'vitest';
import { aspas, path } from '../aspa/notation.js';
import { requirement } from '../kit/citation.js';

const UNATTESTED = '-';
/** The path of most tests, N = 5: A(1) is AS1, A(5) the neighbour AS5. */
const FIVE = '5 4 3 2 1';

/** The four bounds as the downstream procedure computes them. */
function bounds(aspaText: string, pathText = FIVE): Ramps {
  const { ramps } = verifyAsPath(createAspaTable(aspas(aspaText)), {
    asPath: path(pathText),
    procedure: 'downstream',
  });
  if (!ramps) throw new Error(`${pathText} halts before the ramps`);
  return ramps;
}

describe('draft-28 §5.4: max_up_ramp', () => {
  it('is the smallest I where authorized(A(I), A(I+1)) is Not Provider+', () => {
    requirement('aspa-28:5.4:max-up-ramp');
    expect(bounds('2:{9} 3:{9} 4:{9}').maxUpRamp).toBe(2);
    expect(bounds('1:{2} 3:{0} 4:{9}').maxUpRamp).toBe(3);
    expect(bounds('1:{9}').maxUpRamp).toBe(1);
  });

  it('does not end at No Attestation, nor at a pair that only the other direction denies', () => {
    requirement('!aspa-28:5.4:max-up-ramp');
    expect(bounds('1:{2} 4:{0}').maxUpRamp).toBe(4);
    expect(bounds('1:{2} 2:{3} 3:{4} 5:{0}').maxUpRamp).toBe(5);
  });

  it('is N where there is no such I', () => {
    requirement('aspa-28:5.4:max-up-ramp-none');
    expect(bounds(UNATTESTED).maxUpRamp).toBe(5);
    expect(bounds('1:{2} 2:{3} 3:{4} 4:{5}').maxUpRamp).toBe(5);
    expect(bounds('1:{0}', '1').maxUpRamp).toBe(1);
  });

  it('is not N where the last hop alone is Not Provider+', () => {
    requirement('!aspa-28:5.4:max-up-ramp-none');
    expect(bounds('4:{3}').maxUpRamp).toBe(4);
    expect(bounds('1:{0}', '2 1').maxUpRamp).toBe(1);
  });
});

describe('draft-28 §5.4: min_up_ramp', () => {
  it('is the smallest I where authorized(A(I), A(I+1)) is No Attestation or Not Provider+', () => {
    requirement('aspa-28:5.4:min-up-ramp');
    expect(bounds('1:{2} 2:{3}').minUpRamp).toBe(3);
    expect(bounds('1:{2} 2:{9} 3:{4}').minUpRamp).toBe(2);
    expect(bounds(UNATTESTED).minUpRamp).toBe(1);
  });

  it('does not end at Provider+, and does not run on to a Not Provider+ behind a No Attestation', () => {
    requirement('!aspa-28:5.4:min-up-ramp');
    expect(bounds('1:{2} 2:{3} 3:{4}').minUpRamp).toBe(4);
    expect(bounds('1:{2} 4:{0}').minUpRamp).toBe(2);
  });

  it('is N where every pair is Provider+', () => {
    requirement('aspa-28:5.4:min-up-ramp-none');
    expect(bounds('1:{2} 2:{3} 3:{4} 4:{5}').minUpRamp).toBe(5);
    expect(bounds(UNATTESTED, '1').minUpRamp).toBe(1);
  });

  it('is not N where the last pair alone is not Provider+', () => {
    requirement('!aspa-28:5.4:min-up-ramp-none');
    expect(bounds('1:{2} 2:{3} 3:{4} 5:{4}').minUpRamp).toBe(4);
    expect(bounds(UNATTESTED, '2 1').minUpRamp).toBe(1);
  });
});

describe('draft-28 §5.4: max_down_ramp', () => {
  it('is N - J + 1 for the largest J where authorized(A(J), A(J-1)) is Not Provider+', () => {
    requirement('aspa-28:5.4:max-down-ramp');
    expect(bounds('4:{9} 3:{9} 2:{9}').maxDownRamp).toBe(2);
    expect(bounds('5:{4} 3:{0} 2:{9}').maxDownRamp).toBe(3);
    expect(bounds('5:{9}').maxDownRamp).toBe(1);
  });

  it('does not end at No Attestation, nor at a pair that only the other direction denies', () => {
    requirement('!aspa-28:5.4:max-down-ramp');
    expect(bounds('5:{4} 2:{0}').maxDownRamp).toBe(4);
    expect(bounds('5:{4} 4:{3} 3:{2} 1:{0}').maxDownRamp).toBe(5);
  });

  it('is N where there is no such J', () => {
    requirement('aspa-28:5.4:max-down-ramp-none');
    expect(bounds(UNATTESTED).maxDownRamp).toBe(5);
    expect(bounds('5:{4} 4:{3} 3:{2} 2:{1}').maxDownRamp).toBe(5);
    expect(bounds('1:{0}', '1').maxDownRamp).toBe(1);
  });

  it('is not N where the pair at the origin alone is Not Provider+', () => {
    requirement('!aspa-28:5.4:max-down-ramp-none');
    expect(bounds('2:{3}').maxDownRamp).toBe(4);
    expect(bounds('2:{0}', '2 1').maxDownRamp).toBe(1);
  });
});

describe('draft-28 §5.4: min_down_ramp', () => {
  it('is N - J + 1 for the largest J where authorized(A(J), A(J-1)) is No Attestation or Not Provider+', () => {
    requirement('aspa-28:5.4:min-down-ramp');
    expect(bounds('5:{4} 4:{3}').minDownRamp).toBe(3);
    expect(bounds('5:{4} 4:{9} 3:{2}').minDownRamp).toBe(2);
    expect(bounds(UNATTESTED).minDownRamp).toBe(1);
  });

  it('does not end at Provider+, and does not run on to a Not Provider+ behind a No Attestation', () => {
    requirement('!aspa-28:5.4:min-down-ramp');
    expect(bounds('5:{4} 4:{3} 3:{2}').minDownRamp).toBe(4);
    expect(bounds('5:{4} 2:{0}').minDownRamp).toBe(2);
  });

  it('is N where every pair is Provider+', () => {
    requirement('aspa-28:5.4:min-down-ramp-none');
    expect(bounds('5:{4} 4:{3} 3:{2} 2:{1}').minDownRamp).toBe(5);
    expect(bounds(UNATTESTED, '1').minDownRamp).toBe(1);
  });

  it('is not N where the pair at the origin alone is not Provider+', () => {
    requirement('!aspa-28:5.4:min-down-ramp-none');
    expect(bounds('5:{4} 4:{3} 3:{2} 1:{2}').minDownRamp).toBe(4);
    expect(bounds(UNATTESTED, '2 1').minDownRamp).toBe(1);
  });
});

describe('draft-28 §5.4: the sums', () => {
  const outcome = (aspaText: string, pathText = FIVE): string =>
    verifyAsPath(createAspaTable(aspas(aspaText)), { asPath: path(pathText), procedure: 'downstream' })
      .outcome;

  it('max_up_ramp and max_down_ramp below N are Invalid, though attestations are missing', () => {
    requirement('aspa-28:5.4:max-sum-below-n');
    expect(bounds('2:{0} 4:{0}')).toMatchObject({ maxUpRamp: 2, maxDownRamp: 2, minUpRamp: 1 });
    expect(outcome('2:{0} 4:{0}')).toBe('invalid');
  });

  it('max_up_ramp and max_down_ramp of exactly N are not Invalid', () => {
    requirement('!aspa-28:5.4:max-sum-below-n');
    expect(bounds('3:{0} 4:{0}')).toMatchObject({ maxUpRamp: 3, maxDownRamp: 2 });
    expect(outcome('3:{0} 4:{0}')).toBe('unknown');
  });

  it('min_up_ramp and min_down_ramp below N are Unknown, unless a violation is proven', () => {
    requirement('aspa-28:5.4:min-sum-below-n', '!aspa-28:5.4:else-valid');
    expect(bounds('1:{2} 5:{4}')).toMatchObject({ minUpRamp: 2, minDownRamp: 2 });
    expect(outcome('1:{2} 5:{4}')).toBe('unknown');
    expect(outcome('1:{2} 5:{4} 2:{0} 4:{0}')).toBe('invalid');
  });

  it('min_up_ramp and min_down_ramp of exactly N are Valid', () => {
    requirement('!aspa-28:5.4:min-sum-below-n', 'aspa-28:5.4:else-valid');
    expect(bounds('1:{2} 2:{3} 5:{4}')).toMatchObject({ minUpRamp: 3, minDownRamp: 2 });
    expect(outcome('1:{2} 2:{3} 5:{4}')).toBe('valid');
  });
});
