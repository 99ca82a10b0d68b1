import { DecodeError } from '../../bytes/index.js';
import type { AspaPayload, RouterKey, Vrp } from '../../payload/index.js';
import { COLLECTED, Collector } from '../collector.js';
import type { PayloadFile, ReadOptions } from '../payload-file.js';
import type { Ccr } from './ccr.js';
import { readCcrStates } from './decode-ccr.js';

/**
 * Reads the validated payloads of a file in Canonical Cache Representation: VRPs, ASPAs, router keys. They have no expiry
 * (docs/decisions/rpki-files.md D-ccr-no-expiry). What `decodeCcr` warns of is a problem of the file, the payloads are used all the same.
 *
 * @throws {DecodeError} as {@link decodeCcr}, and `ccr-hash` when the hash of any state is wrong: reading stops then (ccr
 * §5.1); in strict mode for the first problem.
 */
export function readCcr(octets: Uint8Array, options: ReadOptions = {}): PayloadFile {
  const collector = new Collector(COLLECTED, options);
  const { findings, states, producedAt } = readCcrStates(octets, takersOf(collector));
  requireIntactCcr({ findings });
  for (const { code, message } of findings) collector.problems.report(code, message, 'ccr');
  collector.made = producedAt;
  return {
    ...collector.finish('ccr'),
    beside: [
      ...counted(states.manifests?.count, 'manifest'),
      ...counted(states.trustAnchors?.count, 'trust anchor'),
    ],
  };
}

/**
 * Refuses a CCR one of whose states has a wrong hash, after which nothing of it may be used (ccr §5.1).
 *
 * @throws {DecodeError} `ccr-hash`.
 */
export function requireIntactCcr({ findings }: Pick<Ccr, 'findings'>): void {
  const broken = findings.find(({ severity }) => severity === 'error');
  if (broken) throw new DecodeError('ccr-hash', broken.message, { field: 'ccr' });
}

function counted(count = 0, what: string) {
  return count === 0 ? [] : [{ count, what: count === 1 ? what : `${what}s` }];
}

function takersOf(collector: Collector) {
  const counts = { vrps: 0, aspas: 0, routerKeys: 0 };
  return {
    vrps: (vrp: Vrp) => collector.add('vrps', vrp, 'vrps', counts.vrps++),
    aspas: (aspa: AspaPayload) => {
      const index = counts.aspas++;
      if (aspa.customer !== 0) return collector.add('aspas', aspa, 'aspas', index);
      return collector.problems.report('aspa-customer-zero', 'AS 0 is no customer', 'aspas', index);
    },
    routerKeys: (key: RouterKey) => {
      const index = counts.routerKeys++;
      if (key.asn !== 0) return collector.add('routerKeys', key, 'routerKeys', index);
      return collector.problems.report('router-key-asn-zero', 'AS 0 has no routers', 'routerKeys', index);
    },
  };
}
