import type { VectorCase } from '../../../../src/conformance/vector.js';
import { privateKey } from './send-cases.js';
import { EXPERIMENTAL, type Fields, LOCAL } from './world.js';

/** The AS to which routes go. */
export const NEXT = 64505;

/** Two suites. */
export const BOTH = [1, EXPERIMENTAL];

/** An external BGPsec peer. */
export const to = (peerAs: number, more: Fields = {}): Fields => ({
  peerAs,
  kind: 'external',
  bgpsec: true,
  ...more,
});

/** An AS_SEQUENCE. */
export const seq = (...asns: readonly number[]): Fields => ({ type: 'AS_SEQUENCE', asns: [...asns] });

/** What most cases share. */
export const shared: Fields = {
  speaker: { asn: LOCAL },
  nextHop: 'c6336401',
  keys: [privateKey(LOCAL)],
  peer: to(NEXT),
};

/** A case without the members that its group shares. */
export function strip(one: VectorCase, common: Fields): VectorCase {
  const own = Object.entries(one.input).filter(
    ([name, value]) => name === 'op' || JSON.stringify(value) !== JSON.stringify(common[name]),
  );
  return { ...one, input: Object.fromEntries(own) };
}
