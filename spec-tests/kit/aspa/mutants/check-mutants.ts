import type { NeighborRole } from 'pathsec/aspa';
import { type Kit, kit } from './kit.js';

const SWAPPED: Readonly<Record<NeighborRole, NeighborRole>> = {
  provider: 'customer',
  customer: 'provider',
  rs: 'rs-client',
  'rs-client': 'rs',
  peer: 'peer',
  complex: 'complex',
};

export const checkMutants: Readonly<Record<string, Partial<Kit>>> = {
  C1: { emptyPath: 'valid' },
  C2: { emptyPath: 'unknown' },
  C3: { emptyTable: 'unknown' },
  C4: { neighborOk: () => true },
  C5: { neighborOk: ({ asPath, neighborAs }) => asPath.at(-1)?.asns.at(-1) === neighborAs },
  C6: { hasSet: (asPath) => asPath[0]?.type !== 2 },
  C7: { hasSet: (asPath) => asPath.at(-1)?.type !== 2 },
  C8: { hasSet: () => false },
  C9: { hasSet: (asPath) => asPath.some(({ type, asns }) => type !== 2 && asns.length > 1) },
  C10: { hasSet: (asPath) => asPath.some(({ type }) => type === 1 || type === 4) },
  C11: {
    neighborOk: (question, procedure) =>
      question.asPath.flatMap(({ asns }) => asns).length === 1 || kit.neighborOk(question, procedure),
  },
  C12: { decide: (context) => (context.entries.size === 0 ? 'unknown' : kit.decide(context)) },
};

/** Programs that hardly look at what they are asked. */
export const answerMutants: Readonly<Record<string, Partial<Kit>>> = {
  A1: { constant: 'valid' },
  A2: { constant: 'invalid' },
  A3: { constant: 'unknown' },
  A4: {
    decide(context) {
      const outcome = kit.decide(context);
      return outcome === 'valid' ? 'unknown' : outcome;
    },
  },
};

export const neighborMutants: Readonly<Record<string, Partial<Kit>>> = {
  N1: { procedure: (role) => kit.procedure(SWAPPED[role]) },
  N2: { neighborOk: ({ asPath, neighborAs }) => asPath[0]?.asns[0] === neighborAs },
  N3: {
    neighborOk: (question, procedure) =>
      question.neighborRole === 'rs-client' || kit.neighborOk(question, procedure),
  },
  N4: {
    neighborOk: (question, procedure) => procedure === 'upstream' || kit.neighborOk(question, procedure),
  },
  N5: {
    neighborOk: (question, procedure) => procedure === 'downstream' || kit.neighborOk(question, procedure),
  },
  N6: { procedure: (role) => (role === 'rs' ? 'downstream' : kit.procedure(role)) },
  N7: { procedure: (role) => (role === 'peer' ? 'downstream' : kit.procedure(role)) },
  N8: {
    prepare: (asns, { neighborRole, neighborAs }) =>
      neighborRole === 'rs' && asns.at(-1) === neighborAs ? asns.slice(0, -1) : asns,
  },
};
