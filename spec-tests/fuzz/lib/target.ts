/** One decoder, or one family of decoders, under fuzzing. */
export interface Target {
  /** Kebab-case; the word for `--target` and for regressions.json. */
  readonly name: string;
  /** Exports that this target exercises, as `room:name`; what no door exports as `room/file:name`. */
  readonly covers: readonly string[];
  /** What {@link run} proves of a decoded value, for docs/fuzzing.md. */
  readonly roundTrip: string;
  /** The decoded value has at most this many nodes and octets per octet of input, plus as many for 64 more octets. */
  readonly growth: number;
  /** Stable codes with which the decoder may refuse; `der-*` stands for all with that beginning. */
  readonly codes: readonly string[];
  /** Error classes other than DecodeError that the decoder documents. */
  readonly errors?: readonly (new (
    ...args: never[]
  ) => Error)[];
  /** Good inputs. */
  seeds(): readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
  /** Octets that mean something in the format. */
  readonly dictionary?: readonly Uint8Array[];
  /** Mutates with knowledge of the format; takes part beside the mutators for octets. */
  readonly mutate?: Mutation;
  /** Makes lengths and the like fit again, so that more inputs get behind the first check. */
  readonly repair?: (octets: Uint8Array) => Uint8Array;
  /**
   * Executions in the test run where 10,000 cost too much: of whole verifications, whose decoders are targets of their own.
   */
  readonly testRuns?: number;
  /**
   * Decodes, and proves the round trip of what decodes: throws a {@link Failure} when it does not hold. The result is
   * the decoded value, or {@link REFUSED} where a verdict says that the input is wrong.
   */
  run(octets: Uint8Array): unknown;
}

/** A change of an input; gets another good input to take parts from. */
export type Mutation = (octets: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

/** A whole number in 0..below-1. */
export type Random = (below: number) => number;

/** The result of a decoder that refuses by a value. */
export const REFUSED = Symbol('refused');

/** A property that does not hold. */
export class Failure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Failure';
  }
}

/** Fails unless `holds`. */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Failure(what);
}
