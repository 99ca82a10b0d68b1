import { type Mutant, SOMEWHERE } from '../../mutant.js';
import { type Kit, kit } from './kit.js';

export const rampMutants: readonly Mutant<Kit>[] = [
  {
    id: 'aspa-R1',
    text: 'ends the maximum ramps at the first hop without attestation',
    parts: {
      bounds(answers, procedure) {
        const { minUp, minDown } = kit.bounds(answers, procedure);
        return { maxUp: minUp, minUp, maxDown: minDown, minDown };
      },
    },
  },
  {
    id: 'aspa-R2',
    text: 'never answers unknown: valid where that is right',
    parts: {
      bounds(answers, procedure) {
        const { maxUp, maxDown } = kit.bounds(answers, procedure);
        return { maxUp, minUp: maxUp, maxDown, minDown: maxDown };
      },
    },
  },
  {
    id: 'aspa-R3',
    text: 'lets a missing attestation near the origin hide a proven violation',
    seenIn: SOMEWHERE,
    parts: {
      decide(context) {
        const first = context.answers.find(({ up }) => up !== 'provider+');
        return first?.up === 'no-attestation' ? 'unknown' : kit.decide(context);
      },
    },
  },
  {
    id: 'aspa-R4',
    text: 'compares the minimum ramps before the maximum ramps',
    parts: {
      decide({ bounds: { maxUp, minUp, maxDown, minDown }, N }) {
        if (minUp + minDown < N) return 'unknown';
        return maxUp + maxDown < N ? 'invalid' : 'valid';
      },
    },
  },
  {
    id: 'aspa-R5',
    text: 'answers unknown for any hop without attestation, also at the apex',
    seenIn: 'revisions -06 to -08 of the draft',
    parts: {
      decide(context) {
        const open = context.answers.some(({ up, down }) => up === 'no-attestation' && down !== 'provider+');
        const outcome = kit.decide(context);
        return outcome === 'valid' && open ? 'unknown' : outcome;
      },
    },
  },
  {
    id: 'aspa-R6',
    text: 'wants the ramps to overlap at the apex, allowing no hop between them',
    parts: {
      decide({ bounds: { maxUp, minUp, maxDown, minDown }, N }) {
        if (maxUp + maxDown < N) return 'invalid';
        return minUp + minDown <= N ? 'unknown' : 'valid';
      },
    },
  },
  {
    id: 'aspa-R7',
    text: 'allows two hops between the ramps',
    parts: { decide: (context) => kit.decide({ ...context, N: context.N - 1 }) },
  },
  {
    id: 'aspa-R8',
    text: 'grants the free hop at the apex upstream as well',
    parts: {
      bounds(answers, procedure) {
        const bounds = kit.bounds(answers, procedure);
        return procedure === 'upstream' ? { ...bounds, maxDown: 1, minDown: 1 } : bounds;
      },
    },
  },
  {
    id: 'aspa-R9',
    text: 'counts ramps in hops instead of ASes',
    parts: {
      bounds(answers, procedure) {
        const { maxUp, minUp, maxDown, minDown } = kit.bounds(answers, procedure);
        return { maxUp: maxUp - 1, minUp: minUp - 1, maxDown: maxDown - 1, minDown: minDown - 1 };
      },
    },
  },
  {
    id: 'aspa-R10',
    text: 'takes any two walls for a leak, wherever they stand',
    parts: {
      decide(context) {
        const wall = (side: 'up' | 'down'): boolean =>
          context.answers.some((a) => a[side] === 'not-provider+');
        return context.procedure === 'downstream' && wall('up') && wall('down')
          ? 'invalid'
          : kit.decide(context);
      },
    },
  },
  {
    id: 'aspa-R11',
    text: 'ends the down-ramp at its last wall instead of the first',
    parts: {
      bounds(answers, procedure) {
        const bounds = kit.bounds(answers, procedure);
        const last = answers.findIndex(({ down }) => down === 'not-provider+');
        return last < 0 ? bounds : { ...bounds, maxDown: answers.length - last };
      },
    },
  },
  {
    id: 'aspa-R12',
    text: 'overlooks a leak around a single AS downstream where neither wall ends a ramp',
    seenIn: SOMEWHERE,
    parts: {
      decide(context) {
        const { maxUp, maxDown, minUp, minDown } = context.bounds;
        // The search for the wall on the left ends one AS short, unless one of the walls ended a ramp and needs no search.
        const searched = context.procedure === 'downstream' && maxUp !== minUp && maxDown !== minDown;
        if (maxUp + maxDown < (searched ? context.N - 1 : context.N)) return 'invalid';
        return minUp + minDown < context.N ? 'unknown' : 'valid';
      },
    },
  },
  {
    id: 'aspa-R13',
    text: 'has no apex where a ramp covers the whole path',
    seenIn: SOMEWHERE,
    parts: {
      bounds(answers, procedure) {
        const bounds = kit.bounds(answers, procedure);
        const unset = (ramp: number): number => (ramp === answers.length + 1 ? 0 : ramp);
        return { ...bounds, minUp: unset(bounds.minUp), minDown: unset(bounds.minDown) };
      },
    },
  },
  {
    id: 'aspa-R14',
    text: 'computes the distance of the apexes unsigned, so that overlapping ramps are far apart',
    seenIn: SOMEWHERE,
    parts: {
      decide(context) {
        const { bounds, N } = context;
        const outcome = kit.decide(context);
        const apart = (N - bounds.minDown + 1 - bounds.minUp) >>> 0;
        return outcome === 'valid' && context.procedure === 'downstream' && apart > 1 ? 'unknown' : outcome;
      },
    },
  },
  {
    id: 'aspa-R15',
    text: 'answers unknown for a path of one AS without ASPA',
    parts: {
      decide(context) {
        const [only, second] = context.path;
        if (only !== undefined && second === undefined && !context.entries.has(only)) return 'unknown';
        return kit.decide(context);
      },
    },
  },
  {
    id: 'aspa-R16',
    text: 'evaluates the hop of a downstream path of two ASes',
    seenIn: SOMEWHERE,
    parts: {
      decide: (context) =>
        context.N === 2 && context.procedure === 'downstream'
          ? kit.decide({ ...context, bounds: kit.bounds(context.answers, 'upstream') })
          : kit.decide(context),
    },
  },
];
