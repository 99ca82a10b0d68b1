import { DecodeError } from 'pathsec/bytes';
import { outcomesOf, readScenario, ribs, simulate } from 'pathsec/simulate';
import { jsonMutation } from '../lib/mutate-text.js';
import { must, type Target } from '../lib/target.js';
import { octetsOf, textOf } from './text.js';

const SCENARIOS = [
  {
    links: [
      [1, 2, -1],
      [2, 3, 0],
      [3, 4, -1],
      [4, 1, 0],
    ],
    ases: [5],
    clique: [1],
    policies: { 1: ['aspa', 'otc'], 2: ['bgpsec2'], 3: ['rovpp1'] },
    roas: [['192.0.2.0/24', 24, 4]],
    aspas: { 4: [3] },
    asras: { 4: [3] },
    pathEnd: { 4: [3, 9] },
    silent: [1],
    bgpsecRouters: [4],
    seeds: [
      { asn: 4, prefix: '192.0.2.0/24', prepend: 2 },
      { asn: 2, prefix: '192.0.2.0/25', path: [2, 4], to: ['peer', 1], pathTo: { peer: [2] }, signed: false },
    ],
    leaks: [{ asn: 3, prefix: '192.0.2.0/24', from: ['customer'], to: ['peer'], reoriginate: true }],
    attackers: [2],
    victims: [4],
    target: '192.0.2.0/25',
  },
  { links: [[1, 2, -1]], seeds: [{ asn: 1, prefix: '2001:db8::/32' }], target: '2001:db8::1' },
];

const scenario: Target = {
  name: 'simulate-scenario',
  covers: ['simulate:readScenario'],
  roundTrip: 'none: what is read is simulated, and every AS has an outcome',
  growth: 60,
  codes: [
    'address-syntax',
    'as-unknown',
    'asn-range',
    'asn-syntax',
    'json-syntax',
    'link-contradiction',
    'link-self',
    'no-stable-state',
    'prefix-host-bits',
    'prefix-length',
    'prefix-syntax',
    'request-member',
    'seed-twice',
    'unknown-member',
  ],
  seeds: () => octetsOf(...SCENARIOS.map((one) => JSON.stringify(one))),
  mutate: jsonMutation(['aspa', 'rov', 'customer', 'peer', 'provider', '192.0.2.0/24', '1', '2', '-1']),
  run(octets) {
    const read = readScenario(parsed(textOf(octets)));
    const simulation = simulate(read);
    const outcomes = outcomesOf(simulation);
    must(outcomes.length === simulation.topology.asns.length, 'an AS without an outcome');
    return [read, outcomes, [...ribs(simulation)].length];
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DecodeError('json-syntax', 'not JSON', {});
  }
}

export const SIMULATE: readonly Target[] = [scenario];
