/** How a format says something of a kind of payload, or that it has no words for it. */
export type Said<T> = T | typeof UNSAID;

/** In the row of a kind: the format cannot carry it. Whoever converts is told what is left out. */
export const UNSAID = 'cannot say';

/** A kind that a format can say. */
export interface Sayable<V> {
  /** Why a payload is left out though its kind can be said; undefined when it is not. */
  leavesOut?(value: V): string | undefined;
}
