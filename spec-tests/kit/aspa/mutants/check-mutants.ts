import type { NeighborRole } from 'pathsec/aspa';
import { type Mutant, SOMEWHERE } from '../../mutant.js';
import { type Kit, kit } from './kit.js';

const SWAPPED: Readonly<Record<NeighborRole, NeighborRole>> = {
  provider: 'customer',
  customer: 'provider',
  rs: 'rs-client',
  'rs-client': 'rs',
  peer: 'peer',
  complex: 'complex',
};

export const checkMutants: readonly Mutant<Kit>[] = [
  {
    id: 'aspa-C1',
    text: 'answers valid for a path without AS',
    seenIn: SOMEWHERE,
    parts: { emptyPath: 'valid' },
  },
  { id: 'aspa-C2', text: 'answers unknown for a path without AS', parts: { emptyPath: 'unknown' } },
  {
    id: 'aspa-C3',
    text: 'answers unknown for everything while its table is empty',
    seenIn: `${SOMEWHERE}, by design`,
    parts: { emptyTable: 'unknown' },
  },
  {
    id: 'aspa-C4',
    text: 'does not compare the most recently added AS with the neighbour',
    seenIn: SOMEWHERE,
    parts: { neighborOk: () => true },
  },
  {
    id: 'aspa-C5',
    text: 'compares the neighbour with the origin AS',
    parts: { neighborOk: ({ asPath, neighborAs }) => asPath.at(-1)?.asns.at(-1) === neighborAs },
  },
  {
    id: 'aspa-C6',
    text: 'looks for an AS_SET in the leftmost segment only',
    parts: { hasSet: (asPath) => asPath[0]?.type !== 2 },
  },
  {
    id: 'aspa-C7',
    text: 'looks for an AS_SET in the rightmost segment only',
    parts: { hasSet: (asPath) => asPath.at(-1)?.type !== 2 },
  },
  { id: 'aspa-C8', text: 'flattens an AS_SET into the path', parts: { hasSet: () => false } },
  {
    id: 'aspa-C9',
    text: 'takes an AS_SET of one member for an AS_SEQUENCE',
    parts: { hasSet: (asPath) => asPath.some(({ type, asns }) => type !== 2 && asns.length > 1) },
  },
  {
    id: 'aspa-C10',
    text: 'takes an AS_CONFED_SEQUENCE for an AS_SEQUENCE',
    seenIn: SOMEWHERE,
    parts: { hasSet: (asPath) => asPath.some(({ type }) => type === 1 || type === 4) },
  },
  {
    id: 'aspa-C11',
    text: 'accepts a path of one AS before it compares the neighbour',
    seenIn: SOMEWHERE,
    parts: {
      neighborOk: (question, procedure) =>
        question.asPath.flatMap(({ asns }) => asns).length === 1 || kit.neighborOk(question, procedure),
    },
  },
  {
    id: 'aspa-C12',
    text: 'answers unknown for every path that it evaluates while its table is empty',
    parts: { decide: (context) => (context.entries.size === 0 ? 'unknown' : kit.decide(context)) },
  },
];

/** Programs that hardly look at what they are asked. */
export const answerMutants: readonly Mutant<Kit>[] = [
  { id: 'aspa-A1', text: 'answers valid to everything', parts: { constant: 'valid' } },
  { id: 'aspa-A2', text: 'answers invalid to everything', parts: { constant: 'invalid' } },
  { id: 'aspa-A3', text: 'answers unknown to everything', parts: { constant: 'unknown' } },
  {
    id: 'aspa-A4',
    text: 'never answers valid: unknown where that is right',
    parts: {
      decide(context) {
        const outcome = kit.decide(context);
        return outcome === 'valid' ? 'unknown' : outcome;
      },
    },
  },
];

export const neighborMutants: readonly Mutant<Kit>[] = [
  {
    id: 'aspa-N1',
    text: 'takes its own role for that of the neighbour',
    parts: { procedure: (role) => kit.procedure(SWAPPED[role]) },
  },
  {
    id: 'aspa-N2',
    text: 'makes no exception for routes from a route server when it compares the neighbour',
    parts: { neighborOk: ({ asPath, neighborAs }) => asPath[0]?.asns[0] === neighborAs },
  },
  {
    id: 'aspa-N3',
    text: 'skips the neighbour check when the neighbour is its RS-client',
    parts: {
      neighborOk: (question, procedure) =>
        question.neighborRole === 'rs-client' || kit.neighborOk(question, procedure),
    },
  },
  {
    id: 'aspa-N4',
    text: 'skips the neighbour check for every upstream path',
    parts: {
      neighborOk: (question, procedure) => procedure === 'upstream' || kit.neighborOk(question, procedure),
    },
  },
  {
    id: 'aspa-N5',
    text: 'skips the neighbour check for downstream paths',
    parts: {
      neighborOk: (question, procedure) => procedure === 'downstream' || kit.neighborOk(question, procedure),
    },
  },
  {
    id: 'aspa-N6',
    text: 'verifies routes from a route server downstream',
    seenIn: 'revision -06 of the draft',
    parts: { procedure: (role) => (role === 'rs' ? 'downstream' : kit.procedure(role)) },
  },
  {
    id: 'aspa-N7',
    text: 'verifies routes from a peer downstream',
    parts: { procedure: (role) => (role === 'peer' ? 'downstream' : kit.procedure(role)) },
  },
  {
    id: 'aspa-N8',
    text: 'removes the AS of the route server from the path',
    seenIn: 'revisions -10 and -11 of the draft',
    parts: {
      prepare: (asns, { neighborRole, neighborAs }) =>
        neighborRole === 'rs' && asns.at(-1) === neighborAs ? asns.slice(0, -1) : asns,
    },
  },
];
