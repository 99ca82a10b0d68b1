import { DecodeError, toHex } from 'pathsec/bytes';
import { Failure, REFUSED, type Target } from './target.js';
import { sizeOf } from './value.js';

/** What one execution came to; `problem` is what is wrong with the product. */
export interface Outcome {
  readonly kind: 'decoded' | 'refused' | 'failed';
  readonly problem?: string;
}

const DECODED: Outcome = { kind: 'decoded' };
const REFUSAL: Outcome = { kind: 'refused' };

/** Runs the target on one input. A promise only where the target itself is asynchronous. */
export function judge(target: Target, octets: Uint8Array): Outcome | Promise<Outcome> {
  const kept = octets.slice();
  let result: unknown;
  try {
    result = target.run(octets);
  } catch (error) {
    return untouched(ofError(target, error), kept, octets);
  }
  if (!(result instanceof Promise)) return untouched(ofValue(target, result, octets), kept, octets);
  return result.then(
    (value: unknown) => untouched(ofValue(target, value, octets), kept, octets),
    (error: unknown) => untouched(ofError(target, error), kept, octets),
  );
}

function untouched(outcome: Outcome, before: Uint8Array, after: Uint8Array): Outcome {
  if (Buffer.compare(before, after) === 0) return outcome;
  return { kind: 'failed', problem: `the input was written to: ${toHex(before).slice(0, 80)}` };
}

function ofValue({ growth }: Target, value: unknown, { length }: Uint8Array): Outcome {
  if (value === REFUSED) return REFUSAL;
  const limit = growth * (length + 64);
  const size = sizeOf(value, limit);
  if (size <= limit) return DECODED;
  return { kind: 'failed', problem: `a value of more than ${limit} nodes and octets from ${length} octets` };
}

function ofError({ codes, errors = [] }: Target, error: unknown): Outcome {
  if (error instanceof Failure) return { kind: 'failed', problem: error.message };
  if (errors.some((one) => error instanceof one)) return REFUSAL;
  if (!(error instanceof DecodeError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      kind: 'failed',
      problem: `not a documented error: ${text.split('\n').slice(0, 6).join(' <- ')}`,
    };
  }
  const known = codes.some((one) =>
    one.endsWith('*') ? error.code.startsWith(one.slice(0, -1)) : one === error.code,
  );
  if (known) return REFUSAL;
  return { kind: 'failed', problem: `not a documented code: ${error.code} (${error.message})` };
}
