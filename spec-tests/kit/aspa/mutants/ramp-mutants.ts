import { type Kit, kit } from './kit.js';

export const rampMutants: Readonly<Record<string, Partial<Kit>>> = {
  R1: {
    bounds(answers, procedure) {
      const { minUp, minDown } = kit.bounds(answers, procedure);
      return { maxUp: minUp, minUp, maxDown: minDown, minDown };
    },
  },
  R2: {
    bounds(answers, procedure) {
      const { maxUp, maxDown } = kit.bounds(answers, procedure);
      return { maxUp, minUp: maxUp, maxDown, minDown: maxDown };
    },
  },
  R3: {
    decide(context) {
      const first = context.answers.find(({ up }) => up !== 'provider+');
      return first?.up === 'no-attestation' ? 'unknown' : kit.decide(context);
    },
  },
  R4: {
    decide({ bounds: { maxUp, minUp, maxDown, minDown }, N }) {
      if (minUp + minDown < N) return 'unknown';
      return maxUp + maxDown < N ? 'invalid' : 'valid';
    },
  },
  R5: {
    decide(context) {
      const open = context.answers.some(({ up, down }) => up === 'no-attestation' && down !== 'provider+');
      const outcome = kit.decide(context);
      return outcome === 'valid' && open ? 'unknown' : outcome;
    },
  },
  R6: {
    decide({ bounds: { maxUp, minUp, maxDown, minDown }, N }) {
      if (maxUp + maxDown < N) return 'invalid';
      return minUp + minDown <= N ? 'unknown' : 'valid';
    },
  },
  R7: { decide: (context) => kit.decide({ ...context, N: context.N - 1 }) },
  R8: {
    bounds(answers, procedure) {
      const bounds = kit.bounds(answers, procedure);
      return procedure === 'upstream' ? { ...bounds, maxDown: 1, minDown: 1 } : bounds;
    },
  },
  R9: {
    bounds(answers, procedure) {
      const { maxUp, minUp, maxDown, minDown } = kit.bounds(answers, procedure);
      return { maxUp: maxUp - 1, minUp: minUp - 1, maxDown: maxDown - 1, minDown: minDown - 1 };
    },
  },
  R10: {
    decide(context) {
      const wall = (side: 'up' | 'down'): boolean => context.answers.some((a) => a[side] === 'not-provider+');
      return context.procedure === 'downstream' && wall('up') && wall('down')
        ? 'invalid'
        : kit.decide(context);
    },
  },
  R11: {
    bounds(answers, procedure) {
      const bounds = kit.bounds(answers, procedure);
      const last = answers.findIndex(({ down }) => down === 'not-provider+');
      return last < 0 ? bounds : { ...bounds, maxDown: answers.length - last };
    },
  },
  R12: {
    decide(context) {
      const { maxUp, maxDown, minUp, minDown } = context.bounds;
      // The search for the wall on the left ends one AS short, unless one of the walls ended a ramp and needs no search.
      const searched = context.procedure === 'downstream' && maxUp !== minUp && maxDown !== minDown;
      if (maxUp + maxDown < (searched ? context.N - 1 : context.N)) return 'invalid';
      return minUp + minDown < context.N ? 'unknown' : 'valid';
    },
  },
  R13: {
    bounds(answers, procedure) {
      const bounds = kit.bounds(answers, procedure);
      const unset = (ramp: number): number => (ramp === answers.length + 1 ? 0 : ramp);
      return { ...bounds, minUp: unset(bounds.minUp), minDown: unset(bounds.minDown) };
    },
  },
  R14: {
    decide(context) {
      const { bounds, N } = context;
      const outcome = kit.decide(context);
      const apart = (N - bounds.minDown + 1 - bounds.minUp) >>> 0;
      return outcome === 'valid' && context.procedure === 'downstream' && apart > 1 ? 'unknown' : outcome;
    },
  },
  R15: {
    decide(context) {
      const [only, second] = context.path;
      if (only !== undefined && second === undefined && !context.entries.has(only)) return 'unknown';
      return kit.decide(context);
    },
  },
  R16: {
    decide: (context) =>
      context.N === 2 && context.procedure === 'downstream'
        ? kit.decide({ ...context, bounds: kit.bounds(context.answers, 'upstream') })
        : kit.decide(context),
  },
};
