import { type KindStore, kindsOf, type SetOf, storeIn, type ValueOf } from '../../payload/index.js';
import { type Said, type Sayable, UNSAID } from '../said.js';

/** How a configuration language says the payloads of one kind. */
export interface TextKind<V> extends Sayable<V> {
  /** The lines, their ends included, in the order of the store. */
  lines(store: KindStore<V, never>): Iterable<string>;
}

/** A row for every kind of `M`, in the order of the text. */
export type TextKinds<M> = { readonly [K in keyof M]: Said<TextKind<ValueOf<M[K]>>> };

/** The text of the payloads that the language can say, line by line. */
export function* textPieces<M>(kinds: TextKinds<M>, payloads: SetOf<M>): IterableIterator<string> {
  for (const kind of kindsOf<M>(kinds)) {
    const said = kinds[kind];
    if (said !== UNSAID) yield* said.lines(storeIn(payloads, kind));
  }
}
