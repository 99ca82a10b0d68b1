import { equalOctets } from 'pathsec/bytes';
import { ALL_KINDS, createPayloadSet, packPayloads, sortedPayloads, unpackPayloads } from 'pathsec/payload';
import { frozenSet } from '../../payload/snapshot-sample.js';
import { must, type Target } from '../lib/target.js';

const snapshot: Target = {
  name: 'payload-snapshot',
  covers: ['payload:unpackPayloads', 'payload:packPayloads'],
  roundTrip: 'octets',
  growth: 16,
  codes: ['truncated', 'trailing-octets', 'snapshot-*'],
  seeds: () => {
    const whole = frozenSet();
    const { vrps, aspas } = sortedPayloads(whole);
    return [whole, createPayloadSet(), createPayloadSet({ vrps }), createPayloadSet({ aspas })].map(
      packPayloads,
    );
  },
  run(octets) {
    const set = unpackPayloads(octets);
    must(equalOctets(packPayloads(set), octets), 'other octets after packing');
    const sorted = sortedPayloads(set);
    // The name of a trust anchor stands in the octets once, and is one text for all that name it.
    return ALL_KINDS.map((kind) => [...sorted[kind]].map((value) => ({ ...value, ta: value.ta?.length })));
  },
};

/** The form in which sets of payloads are kept. */
export const PAYLOAD_SNAPSHOT: readonly Target[] = [snapshot];
