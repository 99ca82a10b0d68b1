import { DecodeError } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import type { AspaPayload, PayloadSet, Vrp } from '../../payload/index.js';
import { formatVrpNotation, parseAspaNotation, parseNotedAs, parseVrpNotation } from './notation.js';

/** One planned change of payloads (docs/decisions/rpki-files.md D-payload-change). */
export type PayloadChange =
  | { readonly action: 'announce'; readonly kind: 'vrps'; readonly vrp: Vrp }
  | { readonly action: 'announce'; readonly kind: 'aspas'; readonly aspa: AspaPayload }
  | { readonly action: 'withdraw'; readonly kind: 'vrps'; readonly vrp: Vrp }
  | {
      readonly action: 'withdraw';
      readonly kind: 'aspas';
      readonly customer: Asn;
      /** What goes out of the list of the customer; undefined for the whole ASPA. */
      readonly providers: readonly Asn[] | undefined;
    };

/**
 * Reads a change of payloads in the notations of {@link parseVrpNotation} and {@link parseAspaNotation}: a VRP that comes, or
 * the ASPA that a customer has from then on. A leading `-` removes: that VRP, these providers, or with `-AS64496` alone the
 * whole ASPA (docs/decisions/rpki-files.md D-payload-change).
 *
 * @throws {DecodeError} as these two, with the part that is wrong as the field.
 */
export function parsePayloadChange(text: string): PayloadChange {
  const [sign] = /^\s*-\s*/.exec(text) ?? [];
  const notation = text.slice(sign?.length ?? 0).trim();
  if (sign !== undefined && !notation.includes('=>')) {
    const customer = parseNotedAs(notation, 'customer-asid');
    return { action: 'withdraw', kind: 'aspas', customer, providers: undefined };
  }
  const action = sign === undefined ? 'announce' : 'withdraw';
  if (/^[^=]*\//.test(notation)) return { action, kind: 'vrps', vrp: parseVrpNotation(notation) };
  const aspa = parseAspaNotation(notation);
  return sign === undefined
    ? { action: 'announce', kind: 'aspas', aspa }
    : { action: 'withdraw', kind: 'aspas', ...aspa };
}

/**
 * Carries a change out. An ASPA that comes is the whole list of its customer, as an RTR announcement is
 * (docs/decisions/aspa.md D-aspa-announce-replaces); of one whose last provider goes nothing is left.
 *
 * @throws {DecodeError} `no-such-payload` for the removal of what is not there: a plan that was made for other payloads.
 */
export function applyPayloadChange(set: PayloadSet, change: PayloadChange): void {
  if (change.action === 'announce') {
    if (change.kind === 'vrps') set.vrps.announce(change.vrp);
    else set.aspas.announce(change.aspa);
    return;
  }
  if (change.kind === 'vrps') {
    if (set.vrps.withdraw(change.vrp)) return;
    throw missing(`there is no VRP ${formatVrpNotation(change.vrp)}${otherVrps(set, change.vrp)}`);
  }
  const { customer, providers } = change;
  const held = set.aspas.get(customer);
  if (held === undefined) throw missing(`AS${customer} has no ASPA`);
  const absent = providers?.find((provider) => !held.providers.includes(provider));
  if (absent !== undefined) throw missing(`AS${absent} is not among the providers of AS${customer}`);
  const left =
    providers === undefined ? [] : held.providers.filter((provider) => !providers.includes(provider));
  if (left.length === 0) set.aspas.withdraw(customer);
  else set.aspas.announce({ ...held, providers: left });
}

function missing(message: string): DecodeError {
  return new DecodeError('no-such-payload', message);
}

/** What there is of the same prefix: most often the maxLength was forgotten. */
function otherVrps(set: PayloadSet, { prefix }: Vrp): string {
  const same = set.vrps.covering(prefix).filter((vrp) => vrp.prefix.length === prefix.length);
  return same.length === 0
    ? ''
    : `; of that prefix there are: ${same.slice(0, 5).map(formatVrpNotation).join('; ')}`;
}
