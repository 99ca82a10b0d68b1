import { DecodeError } from '../bytes/index.js';
import {
  type AspaPayload,
  type AsraPayload,
  type KindLoader,
  type KindMap,
  type KindTable,
  kindsOf,
  PAYLOAD_KINDS,
  type PayloadTypes,
  type SetOf,
  setsOver,
  storeIn,
  type ValueOf,
} from '../payload/index.js';
import type { FileFacts, PayloadDialect, ReadOptions } from './payload-file.js';
import { createProblemLog, type ProblemLog } from './problem.js';

/** What is odd about a payload that is taken all the same. */
type Warnings<M> = {
  readonly [K in keyof M]?: (
    value: ValueOf<M[K]>,
  ) => { readonly code: string; readonly message: string } | undefined;
};

/** What the readers put their payloads into. */
export interface CollectedKinds<M> {
  readonly table: KindTable<M>;
  readonly warnings: Warnings<M>;
}

/** The kinds of payload, with a warning of an AS among its own providers or neighbours (aspa-profile §3.3). */
export const COLLECTED: CollectedKinds<PayloadTypes> = {
  table: PAYLOAD_KINDS,
  warnings: {
    aspas: ({ customer, providers }: AspaPayload) =>
      providers.includes(customer)
        ? { code: 'aspa-own-provider', message: `AS ${customer} is among its own providers` }
        : undefined,
    asras: ({ asn, neighbors }: AsraPayload) =>
      neighbors.includes(asn)
        ? { code: 'asra-own-neighbor', message: `AS ${asn} is among its own neighbours` }
        : undefined,
  },
};

/** Where readers of all dialects put what they read. */
export class Collector<M extends KindMap<M> = PayloadTypes> {
  readonly problems: ProblemLog;
  readonly #kinds: CollectedKinds<M>;
  readonly #now: number;
  /** Of the kinds whose payloads join: united at the end, at once. */
  readonly #joining = new Map<keyof M, unknown[]>();
  /** Of the kinds that are made at the end of what came. */
  readonly #loaders = new Map<keyof M, KindLoader<unknown, unknown>>();
  readonly #payloads: SetOf<M>;
  #expired = 0;
  /** When the file was made, where it says so. */
  made: number | undefined;

  constructor(
    kinds: CollectedKinds<M>,
    { strict = false, now = Number.NEGATIVE_INFINITY, seed }: ReadOptions,
  ) {
    const { table } = kinds;
    this.#kinds = kinds;
    this.#payloads = setsOver(table).create({}, { seed });
    this.problems = createProblemLog(strict);
    this.#now = now;
    for (const kind of kindsOf<M>(table)) {
      const { joins, createLoader } = table[kind];
      if (joins) this.#joining.set(kind, []);
      else if (createLoader) this.#loaders.set(kind, createLoader({ seed }) as KindLoader<unknown, unknown>);
    }
  }

  /** Takes a payload that stands in `list`, or leaves it out when it has expired. */
  add<K extends keyof M & string>(kind: K, value: ValueOf<M[K]>, list: string, index?: number): void {
    const { expires } = value as { readonly expires?: number };
    if (expires !== undefined && expires < this.#now) {
      this.#expired++;
      return;
    }
    const warning = this.#kinds.warnings[kind]?.(value);
    if (warning) this.problems.report(warning.code, warning.message, list, index);
    const loader = this.#loaders.get(kind);
    if (loader) {
      loader.add(value);
      return;
    }
    const joining = this.#joining.get(kind);
    if (joining) joining.push(value);
    else storeIn(this.#payloads, kind).announce(value);
  }

  /** Reports what made a record unusable; other errors than of the input are thrown on. */
  skip(error: unknown, list: string, index?: number): void {
    if (!(error instanceof DecodeError)) throw error;
    this.problems.report(error.code, error.message, list, index);
  }

  finish(dialect: PayloadDialect): SetOf<M> & FileFacts {
    for (const [kind, values] of this.#joining) {
      storeIn(this.#payloads, kind).unite(values as ValueOf<M[keyof M]>[]);
    }
    const loaded = Object.fromEntries([...this.#loaders].map(([kind, loader]) => [kind, loader.finish()]));
    const { problems, made } = this;
    const facts = { dialect, problems, expired: this.#expired };
    return { ...this.#payloads, ...loaded, ...facts, ...(made === undefined ? {} : { made }) };
  }
}
