import { integer, listOf, Members, must, only, readValue, TAG } from './der.js';
import type { Parts } from './parts.js';
import { readAsn } from './resources.js';

export interface Content {
  readonly customer: number;
  readonly providers: readonly number[];
}

/** An ASProviderAttestation (aspa-profile §3). */
export function readContent(parts: Parts, octets: Buffer): Content {
  const members = new Members(readValue(octets, parts), 'ASProviderAttestation');
  const tagged = members.maybe(0xa0);
  const version = tagged && integer(only(tagged, 'version'), 'version');
  const customer = readAsn(members.take(TAG.integer));
  const providers = listOf(members.take(), 'providers').map(readAsn);
  members.end();
  must(parts.version(version), 'aspa-profile §3.1: version 1');
  must(customer > 0, 'aspa-profile §3.2: a positive customer');
  must(parts.someProvider(providers), 'aspa-profile §3: SIZE (1..MAX)');
  must(parts.ascending(providers), 'aspa-profile §3.3: in ascending order, each once');
  must(parts.as0Alone(providers), 'aspa-profile §3.3: AS 0 alone');
  must(parts.withoutCustomer(providers, customer), 'aspa-profile §3.3: not the customer');
  return { customer, providers };
}
