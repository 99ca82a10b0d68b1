import type { Prefix } from '../inet/index.js';
import type { Routing } from './routing.js';

/** A route that drops traffic, in the place of one that was refused. */
export interface Blackhole {
  /** The row that the neighbour sends. */
  readonly row: number;
  /** Index of the neighbour. */
  readonly sender: number;
  readonly relation: number;
}

/** The routes of one prefix. */
export interface PrefixRoutes {
  readonly prefix: Prefix;
  /** The storage, which the functions of this room read; `routeOf` says what is in it. */
  readonly routing: Routing;
  /** Routes that drop traffic, by index of the AS; see the policy `rovpp1`. */
  readonly blackholes: ReadonlyMap<number, Blackhole>;
}
