import fc from 'fast-check';
import { createMutator } from './mutate.js';
import { randomOf } from './random.js';
import { smaller } from './shrink.js';
import type { Target } from './target.js';

/** Mutated good inputs as an arbitrary of fast-check, which replays and shrinks them. */
class MutatedInputs extends fc.Arbitrary<Uint8Array> {
  readonly #make: (seed: number) => Uint8Array;

  constructor(make: (seed: number) => Uint8Array) {
    super();
    this.#make = make;
  }

  override generate(random: fc.Random): fc.Value<Uint8Array> {
    return new fc.Value(this.#make(random.nextInt()), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Uint8Array {
    return value instanceof Uint8Array;
  }

  override shrink(value: Uint8Array): fc.Stream<fc.Value<Uint8Array>> {
    return fc.stream(smaller(value)).map((octets) => new fc.Value(octets, undefined));
  }
}

/** Inputs for a target: byte strings, and four times as often mutations of its good inputs. */
export async function inputsFor(target: Target): Promise<fc.Arbitrary<Uint8Array>> {
  const mutator = createMutator(await target.seeds(), target);
  return fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 96 }) },
    { weight: 4, arbitrary: new MutatedInputs((seed) => mutator(randomOf(seed, 0))) },
  );
}
