import { decodeCcr, isCcr, readCcr } from 'pathsec/rpki';
import { ccrFile, OLDER, PRIVATE, states } from '../../rpki/ccr-builder.js';
import { contentOf } from '../../rpki/content.js';
import { derMutation } from '../lib/mutate-der.js';
import { must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';

const CODES = ['der-*', 'asn1-syntax', 'roa-max-length', 'ccr-*', 'version-default'];

const ccr: Target = {
  name: 'rpki-ccr',
  covers: ['rpki:decodeCcr', 'rpki:readCcr'],
  roundTrip:
    'none yet: a state gives its entries as often as it is asked, and payloads are those of intact states',
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
    if (decoded.findings.some(({ severity }) => severity === 'error')) return lists;
    const read = readCcr(octets);
    must(read.problems.count >= decoded.findings.length, 'a finding that is not told');
    return [lists, contentOf(read)];
  },
};

export const RPKI_CCR: readonly Target[] = [ccr];
