import fc from 'fast-check';
import {
  createAspaTable,
  explainOutcome,
  explainStep,
  formatExplanation,
  layoutRamps,
  type RampLayout,
  type VerificationContext,
  verifyAsPath,
} from 'pathsec/aspa';
import { pictureSvg, rampPicture } from 'pathsec/draw';
import { describe, expect, it } from 'vitest';
import { aspas, path } from './notation.js';

const provider = { neighborAs: 6, neighborRole: 'provider' } as const;
const customer = { neighborAs: 6, neighborRole: 'customer' } as const;

function laidOut(aspaText: string, pathText: string, context: VerificationContext): RampLayout {
  const table = createAspaTable(aspas(aspaText));
  const layout = layoutRamps(verifyAsPath(table, { asPath: path(pathText), ...context }));
  if (layout === null) throw new Error(`${pathText} has no ramps`);
  return layout;
}

/** The marks of hops, the origin's first: the up mark, the down mark, the part. */
const marks = ({ hops }: RampLayout): string[] =>
  hops.map(({ down, part, up }) => `${said(up)} ${said(down)} ${part}`);
const said = ({ fog, part }: RampLayout['hops'][number]['up']): string => part + (fog ? '?' : '');

describe('layoutRamps', () => {
  it('keeps both hops that decide, also where one lies outside the other ramp (draft-28 §5.4)', () => {
    // 64510 64505 64777 64501 64499 64496 of a leak, with small numbers
    const layout = laidOut('1:{2} 2:{9} 5:{9} 6:{5}', '6 5 4 3 3 3 2 1', provider);
    expect(layout).toMatchObject({ outcome: 'invalid', shown: 'longest', upTop: 2, downTop: 5, height: 1 });
    expect(marks(layout)).toEqual([
      'certain beyond in-up-ramp',
      'wall beyond ends-up-ramp',
      'beyond beyond between-ramps',
      'beyond wall ends-down-ramp',
      'beyond certain in-down-ramp',
    ]);
    expect(layout.ases.map(({ level }) => level)).toEqual([0, 1, 0, 0, 1, 0]);
    expect(layout.ases.map(({ times }) => times)).toEqual([1, 1, 1, 3, 1, 1]);
    expect(layout.ruler.atMost).toEqual({ up: 2, down: 2, uncovered: 2, overlap: 0 });
  });

  it('tells what is certain from what is possible, and where nobody attests', () => {
    const layout = laidOut('1:{2} 6:{5}', '6 5 4 3 2 1', provider);
    expect(layout).toMatchObject({ outcome: 'unknown', shown: 'shortest' });
    expect(marks(layout)).toEqual([
      'certain possible in-up-ramp',
      'possible? possible ends-up-ramp',
      'possible possible between-ramps',
      'possible possible? ends-down-ramp',
      'possible certain in-down-ramp',
    ]);
    expect(layout.ruler).toEqual({
      atMost: { up: 6, down: 6, uncovered: 0, overlap: 6 },
      atLeast: { up: 2, down: 2, uncovered: 2, overlap: 0 },
    });
  });

  it('does not use the downward marks of the upstream procedure', () => {
    const layout = laidOut('1:{2} 2:{0}', '6 2 1', customer);
    expect(marks(layout)).toEqual(['certain unused in-up-ramp', 'wall unused ends-up-ramp']);
    expect(layout.ruler.atMost).toEqual({ up: 2, down: 0, uncovered: 1, overlap: 0 });
  });

  it('marks an overlap on both ramps, and the level hop of ramps that just meet', () => {
    const overlap = laidOut('1:{2} 2:{3} 3:{2} 6:{3}', '6 3 2 1', provider);
    expect(marks(overlap)).toEqual([
      'certain wall in-up-ramp',
      'certain certain in-both-ramps',
      'wall certain in-down-ramp',
    ]);
    expect(marks(laidOut('1:{2} 6:{3}', '6 3 2 1', provider))[1]).toBe('possible? possible? level');
  });

  it('is null where the procedure halted before, and refuses what is no evidence', () => {
    const table = createAspaTable([]);
    expect(layoutRamps(verifyAsPath(table, { asPath: path('{1}'), ...provider }))).toBeNull();
    expect(() => layoutRamps({} as never)).toThrow(TypeError);
    expect(() => explainStep({} as never)).toThrow(TypeError);
    expect(() => explainOutcome(undefined as never)).toThrow(TypeError);
  });
});

describe('explainStep', () => {
  it.each([
    [
      '1:{2} 2:{9} 5:{9} 6:{5}',
      '6 5 4 3 2 1',
      provider,
      'ramps-apart',
      'the two ramps do not meet: 2 + 2 = 4, and the path has 6 ASes',
    ],
    ['1:{2} 6:{2}', '6 2 1', provider, 'ramps-meet', 'the two ramps meet at AS2'],
    ['1:{2} 6:{3}', '6 3 2 1', provider, 'ramps-meet', 'the two ramps meet between AS3 and AS2'],
    ['1:{2} 2:{3} 3:{2} 6:{3}', '6 3 2 1', provider, 'ramps-meet', 'the two ramps overlap from AS3 to AS2'],
    ['1:{2} 2:{6}', '6 2 1', provider, 'ramps-meet', 'the up-ramp covers the whole path'],
    ['6:{2} 2:{1}', '6 2 1', provider, 'ramps-meet', 'the down-ramp covers the whole path'],
    ['1:{6} 6:{1}', '6 1', provider, 'ramps-meet', 'either ramp covers the whole path'],
    [
      '1:{2} 2:{6}',
      '6 2 1',
      customer,
      'climbs-all-the-way',
      'every hop from the origin to the neighbour is attested',
    ],
    ['-', '6', customer, 'climbs-all-the-way', 'the path is one AS, and has no hop to attest'],
    ['1:{2} 2:{0}', '6 2 1', customer, 'climb-ends', 'the up-ramp ends at AS2: 2 of 3 ASes'],
    ['1:{2}', '6 2 1', customer, 'attestation-missing', 'it could be valid: AS2 has no ASPA'],
    ['-', '6 2 1', provider, 'attestation-missing', 'it could be valid: AS1 and AS6 have no ASPA'],
    ['-', '6 {2,1}', provider, 'as-set', 'the AS_PATH has an AS_SET'],
    ['-', '5 1', provider, 'neighbor-as-mismatch', 'the most recently added AS is not the neighbour AS AS6'],
  ] as const)('%s over %s', (aspaText, pathText, context, code, text) => {
    const table = createAspaTable(aspas(aspaText));
    const evidence = verifyAsPath(table, { asPath: path(pathText), ...context });
    expect(explainOutcome(evidence)).toEqual({ code, text });
    expect(explainStep(evidence)).toContainEqual({ code, text });
    expect(formatExplanation(evidence)).toContain(text);
  });
});

/** A path and ASPAs about it, so that all outcomes come up. */
const arbitraryCase = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 9 }).chain((asns) =>
  fc.record({
    asns: fc.constant(asns),
    providers: fc.array(fc.option(fc.subarray([1, 2, 3, 4, 5, 6, 7]), { nil: undefined }), {
      minLength: 7,
      maxLength: 7,
    }),
    neighborRole: fc.constantFrom('provider' as const, 'customer' as const),
  }),
);

it('1,000 random paths: layout, sentences, terminal and picture say the same of one evidence', () => {
  let drawn = 0;
  fc.assert(
    fc.property(arbitraryCase, ({ asns, neighborRole, providers }) => {
      const table = createAspaTable(
        providers.flatMap((list, i) =>
          list === undefined
            ? []
            : [
                {
                  customer: i + 1,
                  providers: list.filter((one) => one !== i + 1).concat(list.length ? [] : [0]),
                },
              ],
        ),
      );
      const asPath = [{ type: 2 as const, asns }];
      const evidence = verifyAsPath(table, { asPath, neighborAs: asns[0], neighborRole });
      const layout = layoutRamps(evidence);
      if (layout === null || evidence.ramps === null || evidence.n === null) throw new Error('no ramps');
      drawn++;
      const { n, ramps } = evidence;
      // A second reading: what stands certain or possible on a hop is told by the lengths of the ramps alone.
      for (const { down, index, up } of layout.hops) {
        expect(up.part === 'certain').toBe(index < ramps.minUpRamp);
        expect(up.part === 'wall').toBe(index === ramps.maxUpRamp);
        expect(down.part === 'certain').toBe(n - index < ramps.minDownRamp);
        expect(down.part === 'wall').toBe(index === n - ramps.maxDownRamp && ramps.maxDownRamp > 0);
      }
      const walls = layout.hops.filter(({ part }) => part === 'ends-up-ramp' || part === 'ends-down-ramp');
      if (evidence.outcome === 'invalid') expect(walls).toHaveLength(neighborRole === 'customer' ? 1 : 2);
      expect(layout.ases.reduce((sum, { times }) => sum + times, 0)).toBe(asns.length);
      const { atLeast, atMost } = layout.ruler;
      for (const { down, overlap, uncovered, up } of [atLeast, atMost]) {
        expect(up + down + uncovered - overlap).toBe(n);
      }
      // Terminal and picture hold what the layout and the sentences say, and the picture keeps every end of a ramp.
      const text = formatExplanation(evidence).replaceAll(/\s+/g, ' ');
      for (const sentence of explainStep(evidence)) expect(text).toContain(sentence.text);
      const ends = layout.hops
        .flatMap(({ down, up }) => [up, down])
        .filter(({ fog, part }) => evidence.outcome !== 'valid' && (fog || part === 'wall')).length;
      for (const form of ['wide', 'tall'] as const) {
        const picture = rampPicture(layout, { form });
        const words = picture.shapes.flatMap((shape) => shape.text ?? []);
        expect(words.filter((word) => word === '✕' || word === '?')).toHaveLength(ends);
        expect(words.filter((word) => /^\d+$/.test(word))).toHaveLength(n);
        expect(pictureSvg(picture)).toContain(`aria-label="${picture.title}. ${layout.outcome}, ${n} AS`);
      }
      expect(structuredClone(layout)).toEqual(layout);
    }),
    { numRuns: 1000 },
  );
  expect(drawn).toBeGreaterThanOrEqual(1000);
});
