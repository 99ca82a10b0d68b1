import { type AspaPayload, DEFAULT_MAX_PROVIDERS, type OverLimit } from '../../payload/index.js';
import type { PayloadChanges } from '../../rtr/index.js';
import type { Io } from './io.js';

/** What becomes of a customer with too many providers, in words: the same wherever payloads are used. */
export function overLimitText({ customer, providers }: OverLimit): string {
  return `AS${customer} has ${providers} providers, more than ${DEFAULT_MAX_PROVIDERS}: none of its ASPAs counts (over-limit)`;
}

/** Notes each customer on stderr (aspa-profile §5.5; docs/decisions/payload.md D-aspa-provider-limit). */
export async function noteOverLimit(customers: readonly OverLimit[], io: Io): Promise<void> {
  for (const one of customers) await io.stderr.write(`pathsec: ${overLimitText(one)}\n`);
}

/** Changes of caches that were taken in without a limit, as they are within it; `overLimit` came with these changes. */
export function limitChanges(changes: PayloadChanges): {
  readonly changes: PayloadChanges;
  readonly overLimit: readonly OverLimit[];
} {
  const within = (aspa: AspaPayload | undefined): AspaPayload | undefined =>
    aspa && aspa.providers.length <= DEFAULT_MAX_PROVIDERS ? aspa : undefined;
  const aspas = changes.aspas
    .map(({ customer, before, after }) => ({ customer, before: within(before), after: within(after) }))
    .filter(({ before, after }) => before || after);
  const overLimit = changes.aspas.flatMap(({ customer, after }) =>
    after && !within(after) ? [{ customer, providers: after.providers.length }] : [],
  );
  return { changes: { ...changes, aspas }, overLimit };
}
