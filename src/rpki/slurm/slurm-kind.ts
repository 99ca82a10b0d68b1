import type { PayloadKind, PayloadTypes, ValueOf } from '../../payload/index.js';
import type { Said, Sayable } from '../said.js';
import type {
  AspaAssertion,
  AspaFilter,
  BgpsecAssertion,
  BgpsecFilter,
  PrefixAssertion,
  PrefixFilter,
  Slurm,
} from './slurm.js';

/** What filters and asserts the payloads of each kind; `never` where SLURM has nothing for a kind. */
export interface SlurmTypes {
  readonly vrps: { readonly filter: PrefixFilter; readonly assertion: PrefixAssertion };
  readonly routerKeys: { readonly filter: BgpsecFilter; readonly assertion: BgpsecAssertion };
  readonly aspas: { readonly filter: AspaFilter; readonly assertion: AspaAssertion };
  readonly prefixLists: { readonly filter: never; readonly assertion: never };
  readonly asras: { readonly filter: never; readonly assertion: never };
}

/** How SLURM treats the payloads `V` of one kind, by filters `F` and assertions `A`. */
export interface SlurmKind<V, F, A> extends Sayable<V> {
  /** The first version that has the two lists. */
  readonly since: 1 | 2;
  /** The names of the lists. */
  readonly filters: keyof Slurm & `${string}Filters`;
  readonly assertions: keyof Slurm & `${string}Assertions`;
  /** An item of each list. Throws `DecodeError` for any deviation (RFC 8416 §3.1). */
  readFilter(value: unknown, field: string): F;
  readAssertion(value: unknown, field: string): A;
  filterMembers(filter: F): object;
  assertionMembers(assertion: A): object;
  /** What the filters leave of a payload; undefined when nothing. `seed`: of their tables. */
  createFilter(filters: readonly F[], seed?: number): (value: V) => V | undefined;
  payloadOf(assertion: A): V;
  assertionOf(value: V): A;
  /** Refuses files whose scopes overlap (RFC 8416 §4.2). Throws `DecodeError` `slurm-overlap`. */
  refuseOverlap(files: readonly SlurmPart<F, A>[], seed?: number): void;
}

/** What a file says of one kind. */
export interface SlurmPart<F, A> {
  readonly filters: readonly F[];
  readonly assertions: readonly A[];
}

/** A row for every payload kind, in the order of the lists of a file. */
export type SlurmKinds = {
  readonly [K in PayloadKind]: Said<
    SlurmKind<ValueOf<PayloadTypes[K]>, SlurmTypes[K]['filter'], SlurmTypes[K]['assertion']>
  >;
};

/** The part of a file that is of one kind. */
export function partOf<V, F, A>(slurm: Slurm, kind: SlurmKind<V, F, A>): SlurmPart<F, A> {
  // The names of a row are those of its types.
  return {
    filters: slurm[kind.filters] as readonly unknown[] as readonly F[],
    assertions: slurm[kind.assertions] as readonly unknown[] as readonly A[],
  };
}
