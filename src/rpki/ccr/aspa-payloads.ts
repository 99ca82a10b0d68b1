import { type Asn, MAX_ASN } from '../../inet/index.js';
import type { AspaPayload } from '../../payload/index.js';
import { type DerCursor, TAG } from '../der/der-cursor.js';
import type { Remark } from './remarks.js';

const SECTION = 'ccr §3.4.3';

/** The members of a SEQUENCE OF ASPAPayloadSet. */
export function* readAspaPayloads(cursor: DerCursor, remark: Remark): Generator<AspaPayload> {
  let previous = -1;
  while (cursor.more) {
    const outer = cursor.enter(TAG.sequence);
    const customer = cursor.number(0, MAX_ASN);
    if (customer <= previous)
      remark(
        'ccr-order',
        SECTION,
        () => `the set of AS${customer} does not come after that of AS${previous}`,
      );
    previous = customer;
    const providers = readProviders(cursor, customer, remark);
    cursor.leave(outer);
    yield { customer, providers };
  }
}

/** SEQUENCE (SIZE(1..MAX)) OF PAS: ascending, and AS 0 alone. */
function readProviders(cursor: DerCursor, customer: Asn, remark: Remark): Asn[] {
  const outer = cursor.enter(TAG.sequence);
  const providers: Asn[] = [];
  do {
    const provider = cursor.number(0, MAX_ASN);
    if (providers.length > 0 && provider <= (providers.at(-1) as Asn))
      remark('ccr-order', SECTION, () => `the providers of AS${customer} do not ascend`);
    providers.push(provider);
  } while (cursor.more);
  cursor.leave(outer);
  if (providers.length > 1 && providers.includes(0))
    remark('aspa-as0', SECTION, () => `AS 0 stands beside other providers of AS${customer}`);
  return providers;
}
