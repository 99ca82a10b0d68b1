import { AFI_IPV4, AFI_IPV6 } from '../../inet/index.js';
import type { AspaPayload } from '../../payload/index.js';
import type { Collector } from '../collector.js';
import { readAspa } from './aspa-record.js';
import type { JsonScanner } from './json-scanner.js';
import { readRecords, skipValue } from './records.js';
import type { Steps } from './steps.js';

/** An ASPA with the place it stands at. */
export interface HeldAspa {
  readonly aspa: AspaPayload;
  readonly list: string;
  readonly index: number;
}

/**
 * Reads `provider_authorizations`, the dialect of rpki-client up to 8.4 and StayRTR 0.5: one list of ASPAs per address
 * family, from the time when ASPAs were limited to one. What is read goes to `held`.
 */
export function* readAuthorizations(
  scanner: JsonScanner,
  collector: Pick<Collector, 'problems' | 'skip'>,
  held: HeldAspa[],
): Steps<void> {
  const member = 'provider_authorizations';
  if (!scanner.atObject()) {
    yield* scanner.value();
    collector.problems.report('list-syntax', 'not an object of two lists', member);
    return;
  }
  yield* scanner.members((name) => {
    if (name !== 'ipv4' && name !== 'ipv6') {
      return skipValue(scanner);
    }
    const list = `${member}.${name}`;
    const afi = name === 'ipv4' ? AFI_IPV4 : AFI_IPV6;
    return readRecords(scanner, collector, list, (record, index) => {
      held.push({ aspa: readAspa(record, afi), list, index });
    });
  });
}
