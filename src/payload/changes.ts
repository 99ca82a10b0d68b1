import { sayValue } from '../inet/index.js';
import type { KindStore } from './keyed-store.js';
import {
  forKinds,
  type IdentityOf,
  type KindMap,
  type KindTable,
  kindsOf,
  PAYLOAD_KINDS,
  type PayloadTypes,
  type ValueOf,
} from './kinds.js';
import { requireSet, type SetOf, storeIn } from './payload-set.js';

/** What turns one set into another: for each kind of `M` what comes, and the identities of what goes. */
export interface DiffOf<M> {
  readonly announced: { readonly [K in keyof M]: readonly ValueOf<M[K]>[] };
  readonly withdrawn: { readonly [K in keyof M]: readonly IdentityOf<M[K]>[] };
}

/** Changes to carry out; they may be made as they are read. An identity is in one of the two at most. */
export interface ChangesOf<M> {
  readonly announced: { readonly [K in keyof M]: Iterable<ValueOf<M[K]>> };
  readonly withdrawn: { readonly [K in keyof M]: Iterable<IdentityOf<M[K]>> };
}

/** What takes changes: a set, or the live tables of verifiers; kinds that nobody wants are left out. */
export type TargetOf<M> = {
  readonly [K in keyof M]?:
    | {
        announce(value: ValueOf<M[K]>): unknown;
        withdraw(identity: IdentityOf<M[K]>): unknown;
      }
    | undefined;
};

/** The one way to compare and to change sets, whatever their kinds. */
export interface ChangeFunctions<M> {
  /** What turns `before` into `after`, by what payloads attest (notes do not count), in no particular order. */
  diff(before: SetOf<M>, after: SetOf<M>): DiffOf<M>;
  /** Carries the changes out, per kind what comes before what goes (docs/decisions/payload.md D-announce-first). */
  apply(target: TargetOf<M>, changes: ChangesOf<M>): void;
}

/** The functions on changes of the kinds that `table` lists. */
export function changesOver<M extends KindMap<M>>(table: KindTable<M>): ChangeFunctions<M> {
  const kinds = kindsOf<M>(table);
  return {
    diff: (before, after) => ({
      announced: forKinds<DiffOf<M>['announced']>(kinds, (kind) =>
        select(storeIn(after, kind), (value) => !storeIn(before, kind).holds(value)),
      ),
      withdrawn: forKinds<DiffOf<M>['withdrawn']>(kinds, (kind) => {
        const { identity } = table[kind];
        const next = storeIn(after, kind);
        return select(storeIn(before, kind), (value) => !next.has(identity(value))).map(identity);
      }),
    }),
    apply: (target, { announced, withdrawn }) => {
      for (const kind of kinds) {
        const one = target[kind];
        if (one === undefined) continue;
        for (const value of announced[kind]) one.announce(value);
        for (const identity of withdrawn[kind]) one.withdraw(identity);
      }
    },
  };
}

function select<V, I>(store: KindStore<V, I>, wanted: (value: V) => boolean): V[] {
  const found: V[] = [];
  for (const value of store) if (wanted(value)) found.push(value);
  return found;
}

/** What turns one set of payloads into another; an ASPA whose providers changed is among the announced ones only. */
export type PayloadDiff = DiffOf<PayloadTypes>;
/** Changes to carry out on payloads of all kinds. */
export type PayloadChangeLists = ChangesOf<PayloadTypes>;
/** A set of payloads, or something else that payloads of some kinds are announced to and withdrawn from. */
export type PayloadTarget = TargetOf<PayloadTypes>;

const CHANGES = changesOver<PayloadTypes>(PAYLOAD_KINDS);

/** The changes from `before` to `after`, by identity (notes such as `expires` do not count), in no particular order. */
export function diffPayloads(before: SetOf<PayloadTypes>, after: SetOf<PayloadTypes>): PayloadDiff {
  for (const set of [before, after]) requireSet(set);
  return CHANGES.diff(before, after);
}

/**
 * Applies changes in place to a set, or to whatever of it is there: per kind announcements before withdrawals, so that
 * nothing that is valid before and after is invalid in between (docs/decisions/payload.md D-announce-first).
 */
export function applyDiff(target: PayloadTarget, diff: PayloadChangeLists): void {
  requireSet(target, true);
  if (typeof diff?.announced !== 'object' || typeof diff.withdrawn !== 'object') {
    throw new TypeError(`the difference is ${sayValue(diff)}, not what diffPayloads gave`);
  }
  CHANGES.apply(target, diff);
}
