import type { Asn } from '../../inet/index.js';
import { type AspaPayload, createPayloadSet } from '../../payload/index.js';
import { applyPayloadChange, parsePayloadChange, writeSlurm } from '../../rpki/payloads.js';
import { type Entries, type EntryProblem, tried } from './entries.js';

/** Payloads of a file with changes made to them, one after the other; a change that cannot be made is told. */
export function changedEntries(
  entries: Entries,
  changes: readonly string[],
): Entries & { readonly problems: readonly EntryProblem[] } {
  const set = createPayloadSet({ aspas: entries.aspas, vrps: entries.vrps });
  const problems: EntryProblem[] = [];
  for (const line of changes) {
    const outcome = tried(() => applyPayloadChange(set, parsePayloadChange(line)));
    if ('problem' in outcome) problems.push({ line, problem: outcome.problem });
  }
  return { aspas: [...set.aspas.sorted()], vrps: [...set.vrps.sorted()], problems };
}

/** Changes of ASPAs of ASes that are not on the path cannot be made to what is here, and change nothing. */
export function relevantTo(changes: readonly string[], asns: readonly Asn[]): string[] {
  const path = new Set(asns.map(String));
  return changes.filter((line) => {
    const [, customer] = /^-? ?AS([0-9]+)\b/i.exec(line) ?? [];
    return customer === undefined || path.has(customer);
  });
}

/**
 * The changes as local exceptions (RFC 8416): an ASPA that comes is the whole list of its customer, so what it had is filtered;
 * of one that loses providers these are.
 */
export function slurmOfChanges(changes: readonly string[]): string {
  const read = changes.flatMap((line) => {
    const outcome = tried(() => parsePayloadChange(line));
    return 'value' in outcome ? [outcome.value] : [];
  });
  const aspas = read.flatMap((change) =>
    change.action === 'announce' && change.kind === 'aspas' ? [change.aspa] : [],
  );
  // The last one of a customer counts.
  const last = new Map<number, AspaPayload>(aspas.map((aspa) => [aspa.customer, aspa]));
  return writeSlurm({
    prefixFilters: [],
    bgpsecFilters: [],
    bgpsecAssertions: [],
    aspaFilters: [
      ...[...last.keys()].map((customer) => ({ customer })),
      ...read.flatMap((change) =>
        change.action === 'withdraw' && change.kind === 'aspas'
          ? [{ customer: change.customer, ...(change.providers && { providers: change.providers }) }]
          : [],
      ),
    ],
    aspaAssertions: [...last.values()].map(({ customer, providers }) => ({ customer, providers })),
    prefixAssertions: read.flatMap((change) =>
      change.action === 'announce' && change.kind === 'vrps' ? [change.vrp] : [],
    ),
  });
}
