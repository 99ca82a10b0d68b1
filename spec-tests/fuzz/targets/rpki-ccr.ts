import { equalOctets } from 'pathsec/bytes';
import { type Ccr, decodeCcr, encodeCcr, isCcr, readCcr } from 'pathsec/rpki';
import { ccrFile, OLDER, PRIVATE, states } from '../../rpki/ccr-builder.js';
import { contentOf } from '../../rpki/content.js';
import { derMutation } from '../lib/mutate-der.js';
import { must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';

const CODES = ['der-*', 'asn1-syntax', 'roa-max-length', 'ccr-*', 'version-default'];

const ccr: Target = {
  name: 'rpki-ccr',
  covers: ['rpki:decodeCcr', 'rpki:readCcr'],
  roundTrip: 'octets: what decodes without a finding is what its content is encoded to',
  growth: 64,
  codes: CODES,
  seeds: () => [
    ccrFile(),
    ccrFile(OLDER),
    ccrFile({ ...OLDER, type: PRIVATE }),
    ...states().map((state) => ccrFile({ states: [state] })),
  ],
  mutate: derMutation,
  run(octets) {
    const decoded = decodeCcr(octets);
    must(isCcr(octets), 'decodes, and does not begin like a CCR');
    const lists = Object.values(decoded.states).map((state) => [...state]);
    must(
      sameValue(
        lists,
        Object.values(decoded.states).map((state) => [...state]),
      ),
      'other entries the second time',
    );
    for (const { count, intact } of Object.values(decoded.states))
      must(intact === (count !== undefined), 'counted');
    if (decoded.findings.length === 0 && isPlain(decoded))
      must(equalOctets(encodeCcr(decoded.producedAt, decoded.states), octets), 'other octets after encoding');
    if (decoded.findings.some(({ severity }) => severity === 'error')) return lists;
    const read = readCcr(octets);
    must(read.problems.count >= decoded.findings.length, 'a finding that is not told');
    return [lists, contentOf(read)];
  },
};

/** Whether nothing is in it that a set of payloads puts right: AS 0 as a customer or of a key, a customer among its providers. */
function isPlain({ states: { aspas, routerKeys } }: Ccr): boolean {
  const plain = [...(aspas ?? [])].every(
    ({ customer, providers }) => customer !== 0 && !providers.includes(customer),
  );
  return plain && [...(routerKeys ?? [])].every(({ asn }) => asn !== 0);
}

export const RPKI_CCR: readonly Target[] = [ccr];
